import { z } from 'zod';
import type { IpcCall, IpcStop } from '../../shared/ipc-protocol.ts';

const callId = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const documentId = z.uuid();

/** The one untyped thing that crosses from the page; what a procedure takes is checked by the procedure. */
const ipcCall = z.strictObject({
  id: callId,
  document: documentId,
  type: z.enum(['query', 'mutation', 'subscription']),
  path: z.string().min(1).max(200),
  input: z.unknown(),
});

const ipcStop = z.strictObject({ document: documentId, id: callId });

/** Null when the message is not a call. */
export function parseCall(message: unknown): IpcCall | null {
  const parsed = ipcCall.safeParse(message);
  return parsed.success ? { ...parsed.data, input: parsed.data.input } : null;
}

/** Null when the message is not a stop. */
export function parseStop(message: unknown): IpcStop | null {
  const parsed = ipcStop.safeParse(message);
  return parsed.success ? parsed.data : null;
}
