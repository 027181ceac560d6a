import type { HookService } from '../http/hook-route.ts';
import type { ErrorLog } from './error-log.ts';
import type { Reader } from './reader-pool.ts';
import type { Reconciler } from './reconcile.ts';
import type { HookAck } from './thread-messages.ts';
import type { WriterClient } from './writer-client.ts';

/** A body that is larger is parsed in the intake thread, so that neither this loop nor the writer waits for it. */
const largeBodyBytes = 256 * 1024;
/** Context that is not ready by then is left out: an agent never waits for its memory. */
const contextTimeoutMs = 1_000;

export interface HookServiceParts {
  writer: WriterClient;
  reader: Reader;
  intake: Reader;
  reconciler: Reconciler;
  errors: ErrorLog;
}

/** What happens with a hook between the port and the writer: durable first, then the answer that its event may carry. */
export function createHookService({ writer, reader, intake, reconciler, errors }: HookServiceParts): HookService {
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

  async function contextAnswer(ack: HookAck): Promise<object | null> {
    if (ack.contextFor === null) return null;
    const context = await withTimeout(reader.call('sessionContext', ack.contextFor), contextTimeoutMs);
    if (context === null) return null;
    // Given only now: what came too late or failed is tried again at the next prompt.
    const { sessionId } = ack.contextFor;
    void writer.submit({ kind: 'context-given', sessionId, at: Date.now() }).catch(() => {});
    if (context.text === '') return null;
    return { hookSpecificOutput: { hookEventName: ack.name, additionalContext: context.text } };
  }

  return {
    async capture(chunks, sizeBytes, receivedAt) {
      const ack = await store(chunks, sizeBytes, receivedAt).catch((error: unknown) => {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL_ERROR';
        if (!code.startsWith('INVALID_')) errors.add(code, error instanceof Error ? error.message : String(error));
        throw error;
      });
      if (ack === null) return null;
      if (ack.transcriptPath !== null) reconciler.soon(ack.transcriptPath);
      return contextAnswer(ack).catch((error: unknown) => {
        // What was captured stays captured; the session goes on without its memory.
        errors.add('CONTEXT_FAILED', error instanceof Error ? error.message : String(error));
        return null;
      });
    },
  };
}

/** False for a slice of a buffer that others use too. */
function ownsItsMemory(chunk: Uint8Array): boolean {
  return chunk.byteLength === chunk.buffer.byteLength;
}

async function withTimeout<T>(promise: Promise<T>, timeoutMs: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
