/** As much of Electron's `WebContents` as the bookkeeping of calls needs. */
export interface CallSender {
  readonly id: number;
  once(event: 'destroyed', listener: () => void): unknown;
  on(
    event: 'did-start-navigation',
    listener: (details: { isMainFrame: boolean; isSameDocument: boolean }) => void,
  ): unknown;
  on(event: 'did-navigate' | 'render-process-gone', listener: () => void): unknown;
}

export interface LiveCalls {
  /** Null when the document already has a call with this id. */
  open(sender: CallSender, document: string, id: number): AbortController | null;
  close(sender: CallSender, document: string, id: number): void;
  stop(sender: CallSender, document: string, id: number): void;
  stopAll(): void;
  /** How many calls are under way. */
  count(): number;
}

type Calls = Map<number, AbortController>;

interface SenderState {
  /** Usually one; two for the moment in which a page replaces another. */
  documents: Map<string, Calls>;
  current: string | null;
  /** The document that was shown when the navigation began; it goes when the navigation is committed. */
  leaving: string | null;
}

/**
 * Knows every call that a page has under way, and aborts those of a document that is gone.
 * Only a committed navigation counts: one that turns into a download leaves the page and its subscriptions alive.
 */
export function createLiveCalls(): LiveCalls {
  const senders = new Map<number, SenderState>();

  function abortDocument(state: SenderState, document: string | null): void {
    if (document === null) return;
    const calls = state.documents.get(document);
    state.documents.delete(document);
    for (const controller of calls?.values() ?? []) controller.abort();
  }

  function abortSender(state: SenderState): void {
    for (const document of state.documents.keys()) abortDocument(state, document);
  }

  function watch(sender: CallSender): SenderState {
    const state: SenderState = { documents: new Map(), current: null, leaving: null };
    senders.set(sender.id, state);
    sender.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) state.leaving = state.current;
    });
    sender.on('did-navigate', () => {
      abortDocument(state, state.leaving);
      state.leaving = null;
    });
    sender.on('render-process-gone', () => abortSender(state));
    sender.once('destroyed', () => {
      abortSender(state);
      senders.delete(sender.id);
    });
    return state;
  }

  return {
    open(sender, document, id) {
      const state = senders.get(sender.id) ?? watch(sender);
      for (const older of state.documents.keys()) if (older !== document) abortDocument(state, older);
      state.current = document;
      const calls = state.documents.get(document) ?? new Map<number, AbortController>();
      state.documents.set(document, calls);
      if (calls.has(id)) return null;
      const controller = new AbortController();
      calls.set(id, controller);
      return controller;
    },
    close(sender, document, id) {
      senders.get(sender.id)?.documents.get(document)?.delete(id);
    },
    stop(sender, document, id) {
      senders.get(sender.id)?.documents.get(document)?.get(id)?.abort();
    },
    stopAll() {
      for (const state of senders.values()) abortSender(state);
    },
    count: () =>
      [...senders.values()]
        .flatMap((state) => [...state.documents.values()])
        .reduce((sum, calls) => sum + calls.size, 0),
  };
}
