import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  isTrackedEnvelope,
  TRPCError,
  type AnyTRPCRouter,
} from '@trpc/server';
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { callChannel, pushChannel, stopChannel } from '../../shared/ipc-protocol.ts';
import type { IpcCall, IpcPush, IpcPushEnvelope, IpcReply } from '../../shared/ipc-protocol.ts';
import { toLogFormat, type Logger } from '../observe/logger.ts';
import { forwardEach } from './forward-each.ts';
import { parseCall, parseStop } from './ipc-envelope.ts';
import { isTrustedSender } from './is-trusted-sender.ts';
import { createLiveCalls } from './live-calls.ts';

export interface TrpcServerOptions {
  ipc: Pick<IpcMain, 'handle' | 'removeHandler' | 'on' | 'removeListener'>;
  router: AnyTRPCRouter;
  createContext: () => unknown;
  log: Logger;
}

export interface TrpcServer {
  /** How many calls and subscriptions of pages are under way. */
  liveCalls(): number;
  stop(): void;
}

/** The server half of the window's tRPC transport: checks who calls and what, calls, and answers with data. */
export function serveTrpc({ ipc, router, createContext, log }: TrpcServerOptions): TrpcServer {
  const config = router._def._config;
  const { input: inputTransformer, output: outputTransformer } = config.transformer;
  const live = createLiveCalls();

  function serializeError(cause: unknown, call: Pick<IpcCall, 'type' | 'path'> | null, ctx?: unknown): unknown {
    const error = getTRPCErrorFromUnknown(cause);
    // Everything with another code is an answer; this one is a bug.
    if (error.code === 'INTERNAL_SERVER_ERROR') {
      log.error('A call of the window failed.', { path: call?.path, cause: toLogFormat(error.cause ?? error) });
    }
    const type = call?.type ?? 'unknown';
    return outputTransformer.serialize(
      getTRPCErrorShape({ config, error, type, path: call?.path, input: undefined, ctx }),
    );
  }

  function refuse(code: 'FORBIDDEN' | 'BAD_REQUEST', message: string): IpcReply {
    log.warn('A message of a page was refused.', { reason: message });
    return { ok: false, error: serializeError(new TRPCError({ code, message }), null) };
  }

  function push({ sender }: IpcMainInvokeEvent, { document, id }: IpcCall, message: IpcPush): void {
    if (!sender.isDestroyed()) sender.send(pushChannel, { document, id, message } satisfies IpcPushEnvelope);
  }

  async function answer(event: IpcMainInvokeEvent, call: IpcCall, signal: AbortSignal): Promise<IpcReply> {
    const close = (): void => live.close(event.sender, call.document, call.id);
    let ctx: unknown;
    try {
      ctx = createContext();
      const result: unknown = await callTRPCProcedure({
        router,
        path: call.path,
        type: call.type,
        ctx,
        getRawInput: async () => deserializeInput(inputTransformer, call.input),
        signal,
        batchIndex: 0,
      });
      if (call.type !== 'subscription') {
        close();
        return { ok: true, data: outputTransformer.serialize(result) };
      }
      if (!isAsyncIterable(result)) throw new Error('A subscription did not give an async iterable.');
      void forwardEach(result, signal, {
        data: (value) => push(event, call, toPush(value)),
        done: () => push(event, call, { kind: 'done' }),
        error: (cause) => push(event, call, { kind: 'error', error: serializeError(cause, call, ctx) }),
      }).finally(close);
      return { ok: true, data: undefined };
    } catch (cause) {
      close();
      // After a stop nobody listens, and what the procedure throws then is not a failure.
      const thrown = signal.aborted ? new TRPCError({ code: 'CLIENT_CLOSED_REQUEST', cause }) : cause;
      return { ok: false, error: serializeError(thrown, call, ctx) };
    }
  }

  function toPush(value: unknown): IpcPush {
    if (!isTrackedEnvelope(value)) return { kind: 'data', data: outputTransformer.serialize(value) };
    const [id, data] = value;
    return { kind: 'data', data: outputTransformer.serialize({ id, data }), eventId: id };
  }

  async function onCall(event: IpcMainInvokeEvent, message: unknown): Promise<IpcReply> {
    if (!isTrustedSender(event.senderFrame)) return refuse('FORBIDDEN', 'This page may not call the app.');
    const call = parseCall(message);
    if (!call) return refuse('BAD_REQUEST', 'The message is not a call.');
    const controller = live.open(event.sender, call.document, call.id);
    if (!controller) return refuse('BAD_REQUEST', 'A call with this id is under way.');
    return answer(event, call, controller.signal);
  }

  function onStop(event: IpcMainEvent, message: unknown): void {
    if (!isTrustedSender(event.senderFrame)) return;
    const target = parseStop(message);
    if (target) live.stop(event.sender, target.document, target.id);
  }

  ipc.handle(callChannel, onCall);
  ipc.on(stopChannel, onStop);
  return {
    liveCalls: live.count,
    stop() {
      ipc.removeHandler(callChannel);
      ipc.removeListener(stopChannel, onStop);
      live.stopAll();
    },
  };
}

function deserializeInput(transformer: { deserialize(value: unknown): unknown }, input: unknown): unknown {
  try {
    return transformer.deserialize(input);
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', message: 'The input cannot be read.', cause });
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
