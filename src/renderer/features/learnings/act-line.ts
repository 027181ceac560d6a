/** Something that a person does, shown before it is known to have worked. */
export interface Act {
  /** Shows it at once; gives the way back to exactly what was there. */
  show(): () => void;
  /** Does it; the batches that undo it, oldest first. */
  send(): Promise<readonly string[]>;
}

export interface ActLineOptions {
  /** Takes one batch back. */
  undoBatch(batchId: string): Promise<unknown>;
  /** What was asked for did not happen; the screen shows again what was there before. */
  onError(error: unknown, during: 'act' | 'undo'): void;
  /** Nothing is on its way any more. */
  onIdle(): void;
}

/** One act that was done, and its way back. */
export interface Step {
  undo(): void;
}

export interface ActLine {
  /** Shows and sends; resolves with the step once it is done, and with null when it failed. */
  run(act: Act): Promise<Step | null>;
  /** Takes the last act back that was not taken back yet; false when there is none. */
  undoLast(): boolean;
  /** How many can be taken back. */
  depth(): number;
  isBusy(): boolean;
  subscribe(listener: () => void): () => void;
}

interface Entry extends Step {
  act: Act;
  hide(): void;
  /** Null when the act failed. */
  batches: Promise<readonly string[] | null>;
}

/**
 * Sends acts one after another, in the order in which they were made, and keeps how to take each of them back, any
 * number of steps. An act that fails leaves the line; an undo that fails shows the act again.
 */
export function createActLine({ undoBatch, onError, onIdle }: ActLineOptions): ActLine {
  const entries: Entry[] = [];
  const listeners = new Set<() => void>();
  let tail: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  function changed(): void {
    for (const listener of listeners) listener();
  }

  /** After everything that was asked for before. */
  function queue<T>(work: () => Promise<T>): Promise<T> {
    waiting += 1;
    const result = tail.then(work).finally(() => {
      waiting -= 1;
      if (waiting === 0) onIdle();
      changed();
    });
    tail = result.catch(() => undefined);
    return result;
  }

  function leave(entry: Entry): boolean {
    const index = entries.indexOf(entry);
    if (index >= 0) entries.splice(index, 1);
    changed();
    return index >= 0;
  }

  async function send(entry: Entry): Promise<readonly string[] | null> {
    try {
      return await entry.act.send();
    } catch (error) {
      // One that was taken back meanwhile is hidden already.
      if (leave(entry)) entry.hide();
      onError(error, 'act');
      return null;
    }
  }

  async function takeBack(entry: Entry): Promise<void> {
    const batches = await entry.batches;
    if (batches === null) return;
    try {
      for (const batch of batches.toReversed()) await undoBatch(batch);
    } catch (error) {
      entry.act.show();
      onError(error, 'undo');
    }
  }

  function undo(entry: Entry): void {
    if (!leave(entry)) return;
    entry.hide();
    void queue(() => takeBack(entry));
  }

  return {
    async run(act) {
      const hide = act.show();
      const sent = Promise.withResolvers<readonly string[] | null>();
      const entry: Entry = { act, hide, batches: sent.promise, undo: () => undo(entry) };
      entries.push(entry);
      changed();
      const batches = await queue(async () => {
        const done = await send(entry);
        sent.resolve(done);
        return done;
      });
      return batches === null ? null : entry;
    },
    undoLast() {
      const entry = entries.at(-1);
      if (entry) undo(entry);
      return entry !== undefined;
    },
    depth: () => entries.length,
    isBusy: () => waiting > 0,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
