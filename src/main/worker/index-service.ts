import type { IndexService } from '../api/services.ts';
import type { Embedding } from './embedding-service.ts';
import type { Reader } from './reader-pool.ts';
import type { WriterClient } from './writer-client.ts';

/** Rows that are indexed again in one commit; more of them would keep hooks waiting for longer. */
const mendedAtOnce = 200;

export interface IndexServiceParts {
  /** Starts a reader thread: a check walks whole tables, and nothing else should wait for it. */
  openReader(): Reader;
  writer: WriterClient;
  embedding: Pick<Embedding, 'lookAgain'>;
}

/** Checks the indexes against the rows, and makes anew what is wrong. */
export function createIndexService({ openReader, writer, embedding }: IndexServiceParts): IndexService {
  async function withReader<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    const reader = openReader();
    try {
      return await work(reader);
    } finally {
      await reader.close();
    }
  }

  return {
    check: () => withReader(async (reader) => (await reader.call('checkIndexes')).report),
    mend: () =>
      withReader(async (reader) => {
        const { report, faulty } = await reader.call('checkIndexes');
        if (faulty.length === 0 && (report.vectors?.waiting ?? 0) === 0) return report;
        // Also without a faulty row: one that waits may have lost its vector, and nobody would look at it again.
        for (let first = 0, isLast = false; !isLast; first += mendedAtOnce) {
          const pks = faulty.slice(first, first + mendedAtOnce);
          isLast = first + mendedAtOnce >= faulty.length;
          await writer.submit({ kind: 'mend-index', pks, isLast });
        }
        await embedding.lookAgain();
        return (await reader.call('checkIndexes')).report;
      }),
  };
}
