import type { ContextService } from '../api/services.ts';
import type { Mark } from '../../shared/context-views.ts';
import type { Embedding } from './embedding-service.ts';
import type { Reader } from './reader-pool.ts';
import { withPage } from './with-page.ts';
import type { WriterClient } from './writer-client.ts';

export interface ContextServiceParts {
  reader: Reader;
  writer: WriterClient;
  embedding: Pick<Embedding, 'queryVector'>;
}

/** The contract's operations on context: reads in the reader thread, choices and marks through the writer. */
export function createContextService({ reader, writer, embedding }: ContextServiceParts): ContextService {
  async function mark(target: 'observation' | 'session', id: string, wanted: Mark | null): Promise<boolean> {
    const known = await reader.call(target === 'session' ? 'getSession' : 'getObservation', id);
    if (known === null) return false;
    await writer.submit({ kind: 'mark', target, id, mark: wanted, at: Date.now() });
    return true;
  }

  return {
    async preview(request) {
      const vector = request.kind === 'prompt' ? await embedding.queryVector(request.prompt ?? '') : 'off';
      return reader.call('previewContext', { ...request, vector });
    },
    injections: (request) => withPage(reader.call('listInjections', request)),
    choice: (scope) => reader.call('contextChoice', scope),
    async choose(scope, change) {
      const place = await reader.call('contextScope', scope);
      if (place === null) return null;
      await writer.submit({ kind: 'context-choice', scope: place, change, at: Date.now() });
      return reader.call('contextChoice', scope);
    },
    markObservation: (id, wanted) => mark('observation', id, wanted),
    markSession: (id, wanted) => mark('session', id, wanted),
  };
}
