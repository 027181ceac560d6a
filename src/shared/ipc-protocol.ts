/**
 * The wire between the window and the main process: tRPC calls over three fixed channels.
 * A call is answered with data, never rejected, because Electron's rejection keeps only the message.
 */

export const callChannel = 'trpc:call';
export const stopChannel = 'trpc:stop';
export const pushChannel = 'trpc:push';

export interface IpcCall {
  /** Unique within one document. */
  id: number;
  /** Minted by the preload, one for each document, so that a reloaded page never hears its predecessor's answers. */
  document: string;
  type: 'query' | 'mutation' | 'subscription';
  path: string;
  /** Serialised by the transformer that both ends share. */
  input: unknown;
}

/** Ends one call; nothing is answered. */
export type IpcStop = Pick<IpcCall, 'document' | 'id'>;

export type IpcReply = { ok: true; data: unknown } | { ok: false; error: unknown };

export type IpcPush =
  | { kind: 'data'; data: unknown; eventId?: string }
  | { kind: 'done' }
  | { kind: 'error'; error: unknown };

/** A push and the call that it belongs to. */
export interface IpcPushEnvelope extends IpcStop {
  message: IpcPush;
}

/** What the preload puts on `window.bridge`: three verbs and the platform, no generic channel. */
export interface Bridge {
  call(call: Omit<IpcCall, 'document'>): Promise<IpcReply>;
  stop(id: number): void;
  /** Returns its stop. */
  onPush(listener: (id: number, message: IpcPush) => void): () => void;
  readonly platform: string;
}
