import type { RecordService } from '../../api/record-services.ts';
import type { Reader } from '../reader-pool.ts';
import { asCallersError } from '../settings/callers-error.ts';
import type { Settings } from '../settings/settings.ts';
import { withPage } from '../with-page.ts';
import type { WriterClient } from '../writer-client.ts';
import { deleteSession, restoreSession } from './delete-session.ts';
import { scrubWithLog } from './scrub.ts';

export interface RecordServiceParts {
  reader: Pick<Reader, 'call'>;
  writer: Pick<WriterClient, 'call' | 'care'>;
  settings: Pick<Settings, 'value'>;
}

const dayMs = 24 * 60 * 60 * 1000;

/** The contract's operations on what was recorded. */
export function createRecordService({ reader, writer, settings }: RecordServiceParts): RecordService {
  const session = (id: string) => reader.call('getSession', id);
  const observation = (id: string) => reader.call('getObservation', id);

  /** Whoever asks for the same once more waits for it. */
  const restoring = new Map<string, Promise<boolean>>();

  /** It was there a moment ago. */
  async function there<T>(found: Promise<T | null>): Promise<T> {
    const value = await found;
    if (value === null) throw new Error('What was just written is not there.');
    return value;
  }

  return {
    async createSession(given) {
      const id = await asCallersError(writer.call('recordsAddSession', { session: given, at: Date.now() }));
      return there(session(id));
    },
    async updateSession(id, change) {
      const isThere = await asCallersError(writer.call('recordsChangeSession', { id, change, at: Date.now() }));
      return isThere ? session(id) : null;
    },
    deleteSession: (id) => deleteSession(writer, id),
    async restoreSession(id) {
      const running = restoring.get(id) ?? restoreSession(writer, id).finally(() => restoring.delete(id));
      restoring.set(id, running);
      return (await running) ? session(id) : null;
    },
    async eraseSession(id) {
      await deleteSession(writer, id);
      const isErased = await writer.call('recordsErase', { kind: 'session', id, at: Date.now() });
      if (isErased) await scrubWithLog(writer);
      return isErased;
    },
    listDeletions(request) {
      const keptMs = settings.value('records.deleted_kept_days') * dayMs;
      return withPage(reader.call('listDeletions', { ...request, keptMs }));
    },
    listPrompts: (request) => withPage(reader.call('listPrompts', request)),
    getPrompt: (id) => reader.call('getPrompt', id),
    listMessages: (request) => withPage(reader.call('listMessages', request)),
    getMessage: (id) => reader.call('getMessage', id),
    listObservations: (request) => withPage(reader.call('listObservations', request)),
    async createObservation(given) {
      const id = await asCallersError(writer.call('recordsAddObservation', { observation: given, at: Date.now() }));
      return there(observation(id));
    },
    async updateObservation(id, change) {
      const isThere = await asCallersError(writer.call('recordsCorrect', { id, change, at: Date.now() }));
      return isThere ? observation(id) : null;
    },
    deleteObservation: (id) => writer.call('recordsDeleteObservation', { id, at: Date.now() }),
    async restoreObservation(id) {
      const isBack = await asCallersError(writer.call('recordsRestoreObservation', { id, at: Date.now() }));
      return isBack ? observation(id) : null;
    },
    async eraseObservation(id) {
      const isErased = await writer.call('recordsErase', { kind: 'observation', id, at: Date.now() });
      if (isErased) await scrubWithLog(writer);
      return isErased;
    },
  };
}
