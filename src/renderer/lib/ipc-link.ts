import { TRPCClientError, type Operation, type OperationResultObserver, type TRPCLink } from '@trpc/client';
import type { AnyTRPCRouter, TRPCDataTransformer } from '@trpc/server';
import { observable } from '@trpc/server/observable';
import type { Bridge, IpcPush, IpcReply } from '../../shared/ipc-protocol.ts';

export interface IpcLinkOptions {
  bridge: Bridge;
  /** The one that the router was made with. */
  transformer: TRPCDataTransformer;
  /** How long a subscription waits before it is taken up again after a failure of the server. */
  retryMs?: number | undefined;
}

type PushListeners = Map<number, (message: IpcPush) => void>;
type Observer<Router extends AnyTRPCRouter> = OperationResultObserver<Router, unknown>;

const defaultRetryMs = 1000;

/** After these tRPC's own subscription links connect again; after all others the subscription has failed. */
const retryableCodes: ReadonlySet<unknown> = new Set([
  'INTERNAL_SERVER_ERROR',
  'BAD_GATEWAY',
  'SERVICE_UNAVAILABLE',
  'GATEWAY_TIMEOUT',
]);

// One counter for all links: two clients in one window share the bridge.
let lastCallId = 0;

/**
 * The terminating link of the window: queries, mutations and subscriptions over `window.bridge`.
 * To the client it behaves as `httpBatchLink` and `httpSubscriptionLink` do, tracked ids and reconnection included.
 */
export function ipcLink<Router extends AnyTRPCRouter>(options: IpcLinkOptions): TRPCLink<Router> {
  const listeners: PushListeners = new Map();
  options.bridge.onPush((id, message) => listeners.get(id)?.(message));
  return () =>
    ({ op }) =>
      observable((observer) =>
        op.type === 'subscription' ? subscribe(options, listeners, op, observer) : callOnce(options, op, observer),
      );
}

function callOnce<Router extends AnyTRPCRouter>(options: IpcLinkOptions, op: Operation, observer: Observer<Router>) {
  const { bridge, transformer } = options;
  const id = ++lastCallId;
  let open = true;

  const stop = (): void => {
    if (!open) return;
    open = false;
    bridge.stop(id);
  };
  // The client's promise settles only if the link says so; nothing else watches the signal.
  const abort = (): void => {
    if (!open) return;
    stop();
    observer.error(TRPCClientError.from(new DOMException('The call was aborted.', 'AbortError')));
  };
  if (op.signal?.aborted) {
    open = false;
    observer.error(TRPCClientError.from(new DOMException('The call was aborted.', 'AbortError')));
    return stop;
  }
  op.signal?.addEventListener('abort', abort, { once: true });

  const settle = (act: () => void): void => {
    op.signal?.removeEventListener('abort', abort);
    if (!open) return;
    open = false;
    act();
  };
  send(options, op, id, op.input)
    .then((reply): unknown => {
      if (!reply.ok) throw clientError(transformer, reply.error);
      return transformer.deserialize(reply.data);
    })
    .then(
      (data) =>
        settle(() => {
          observer.next({ result: { type: 'data', data } });
          observer.complete();
        }),
      (cause: unknown) => settle(() => observer.error(asClientError(cause))),
    );
  return stop;
}

function subscribe<Router extends AnyTRPCRouter>(
  options: IpcLinkOptions,
  listeners: PushListeners,
  op: Operation,
  observer: Observer<Router>,
) {
  const { bridge, transformer, retryMs = defaultRetryMs } = options;
  let id = 0;
  let open = true;
  let lastEventId: string | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const close = (): void => {
    open = false;
    clearTimeout(retry);
    listeners.delete(id);
    op.signal?.removeEventListener('abort', end);
  };
  const stop = (): void => {
    if (!open) return;
    close();
    bridge.stop(id);
  };
  const end = (): void => {
    if (!open) return;
    stop();
    observer.next({ result: { type: 'stopped' } });
    observer.next({ result: { type: 'state', state: 'idle', error: null } });
    observer.complete();
  };
  const fail = (error: TRPCClientError<Router>): void => {
    listeners.delete(id);
    if (!retryableCodes.has(error.data?.code)) {
      close();
      observer.error(error);
      return;
    }
    observer.next({ result: { type: 'state', state: 'connecting', error } });
    retry = setTimeout(start, retryMs);
  };

  function start(): void {
    const current = ++lastCallId;
    id = current;
    let started = false;
    const announce = (): void => {
      if (started) return;
      started = true;
      observer.next({ result: { type: 'started' } });
      observer.next({ result: { type: 'state', state: 'pending', error: null } });
    };
    listeners.set(current, (message) => {
      try {
        receive(message);
      } catch (cause) {
        stop();
        observer.error(asClientError(cause));
      }
    });
    const receive = (message: IpcPush): void => {
      if (message.kind === 'error') return fail(clientError(transformer, message.error));
      if (message.kind === 'done') return end();
      announce();
      const data: unknown = transformer.deserialize(message.data);
      if (message.eventId === undefined) return observer.next({ result: { type: 'data', data } });
      lastEventId = message.eventId;
      return observer.next({ result: { type: 'data', id: message.eventId, data } });
    };
    send(options, op, current, withLastEventId(op.input, lastEventId)).then(
      (reply) => {
        if (!open || id !== current) return;
        if (reply.ok) announce();
        else fail(clientError(transformer, reply.error));
      },
      (cause: unknown) => {
        if (!open || id !== current) return;
        close();
        observer.error(asClientError(cause));
      },
    );
  }

  observer.next({ result: { type: 'state', state: 'connecting', error: null } });
  if (op.signal?.aborted) {
    end();
    return stop;
  }
  op.signal?.addEventListener('abort', end, { once: true });
  start();
  return stop;
}

async function send(options: IpcLinkOptions, op: Operation, id: number, input: unknown): Promise<IpcReply> {
  const { bridge, transformer } = options;
  return await bridge.call({ id, type: op.type, path: op.path, input: transformer.serialize(input) });
}

/** tRPC's rule for taking a subscription up again: the id of the last event travels as `lastEventId`. */
function withLastEventId(input: unknown, lastEventId: string | undefined): unknown {
  if (lastEventId === undefined) return input;
  if (input === undefined || input === null) return { lastEventId };
  return typeof input === 'object' ? { ...input, lastEventId } : input;
}

function clientError<Router extends AnyTRPCRouter>(
  transformer: TRPCDataTransformer,
  serialized: unknown,
): TRPCClientError<Router> {
  const error: unknown = transformer.deserialize(serialized);
  return TRPCClientError.from({ error });
}

/** A client's error stays what it is; anything else is a failure of the way itself. */
function asClientError<Router extends AnyTRPCRouter>(cause: unknown): TRPCClientError<Router> {
  return TRPCClientError.from(cause instanceof Error ? cause : new Error(String(cause)));
}
