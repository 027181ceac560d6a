import type { SecretStore } from '../../embed/secret-store.ts';
import type { Signals } from '../../api/event-feed.ts';
import type { Embedding } from '../embedding-service.ts';
import type { Reader } from '../reader-pool.ts';
import type { Settings } from '../settings/settings.ts';
import type { WorkerOptions } from '../worker.ts';
import type { WriterClient } from '../writer-client.ts';

/** What everything that understands stands on. */
export interface UnderstandingParts {
  options: WorkerOptions;
  settings: Pick<Settings, 'value'>;
  /** Lists and pages. */
  reader: Reader;
  /** What takes long: extraction, comparison, packing. */
  intake: Reader;
  /** Starts one more reader thread, for what would hold up the others. */
  openReader(): Reader;
  writer: WriterClient;
  embedding: Embedding;
  secrets: SecretStore;
  /** What goes on, for whoever listens. */
  signals: Signals;
  env: Readonly<Record<string, string | undefined>>;
  /** A bug; the status page shows it. */
  onFault(error: unknown): void;
}
