import type { HookAnswer, HookService } from '../http/hook-route.ts';
import { createContextAnswers, type ContextTimeouts } from './context-answers.ts';
import type { Embedding } from './embedding-service.ts';
import type { ErrorLog } from './error-log.ts';
import type { Permissions } from './permissions/permission-service.ts';
import type { Reader } from './reader-pool.ts';
import type { Reconciler } from './reconcile.ts';
import type { HookAck } from './thread-messages.ts';
import type { WriterClient } from './writer-client.ts';

/** A body that is larger is parsed in the intake thread, so that neither this loop nor the writer waits for it. */
const largeBodyBytes = 256 * 1024;

export interface HookServiceParts {
  writer: WriterClient;
  reader: Reader;
  embedding: Pick<Embedding, 'queryVector'>;
  timeouts: ContextTimeouts;
  intake: Reader;
  reconciler: Pick<Reconciler, 'soon'>;
  errors: ErrorLog;
  permissions: Pick<Permissions, 'answer' | 'ended'>;
}

/** What happens with a hook between the port and the writer: durable first, then the answer that its event may carry. */
export function createHookService({
  writer,
  reader,
  intake,
  reconciler,
  errors,
  embedding,
  timeouts,
  permissions,
}: HookServiceParts): HookService {
  const answers = createContextAnswers({ reader, writer, embedding }, timeouts);
  async function store(chunks: Uint8Array[], sizeBytes: number, receivedAt: number): Promise<HookAck | null> {
    if (sizeBytes <= largeBodyBytes) {
      const body = Buffer.concat(chunks, sizeBytes).toString('utf8');
      return writer.submit({ kind: 'hook', body, sizeBytes, receivedAt });
    }
    // Moved, not copied: joining fifty megabytes here would hold up every other hook.
    const owned = chunks.map((chunk) => (ownsItsMemory(chunk) ? chunk : Uint8Array.from(chunk)));
    const memory = owned.map((chunk) => chunk.buffer).filter((buffer) => buffer instanceof ArrayBuffer);
    return writer.submit({
      kind: 'parsed-hook',
      ...(await intake.move(memory, 'parseHook', { chunks: owned, receivedAt })),
    });
  }

  function answerOf(ack: HookAck): Promise<HookAnswer | null> {
    if (ack.wanted.length === 0 && ack.fileHistory === null) return Promise.resolve(null);
    return answers.answer(ack).catch((error: unknown) => {
      // What was captured stays captured; the session goes on without its memory.
      errors.add('CONTEXT_FAILED', error instanceof Error ? error.message : String(error));
      return null;
    });
  }

  return {
    async capture(chunks, sizeBytes, receivedAt, whenGone) {
      const ack = await store(chunks, sizeBytes, receivedAt).catch((error: unknown) => {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL_ERROR';
        if (!code.startsWith('INVALID_')) errors.add(code, error instanceof Error ? error.message : String(error));
        throw error;
      });
      if (ack === null) return null;
      if (ack.transcriptPath !== null) reconciler.soon(ack.transcriptPath);
      if (ack.endedPermissions.length > 0) permissions.ended(ack.endedPermissions);
      return ack.permission === null ? answerOf(ack) : permissions.answer(ack.permission, whenGone);
    },
  };
}

/** False for a slice of a buffer that others use too. */
function ownsItsMemory(chunk: Uint8Array): boolean {
  return chunk.byteLength === chunk.buffer.byteLength;
}
