import { indexTerms } from '../../search/terms.ts';
import { createConfigurationWriter } from '../../store/tables/configurations.ts';
import { createDeletedSummaries } from '../../store/tables/deleted-summaries.ts';
import {
  createDeletionReader,
  createDeletionWriter,
  type Deletion,
  type DeletionKind,
} from '../../store/tables/deletions.ts';
import { createEventLogWriter } from '../../store/tables/event-log.ts';
import { createErasedWords } from '../../store/tables/erased-words.ts';
import { createTraceForgetter } from '../../store/tables/forget-deleted.ts';
import { createSessionEdits } from '../../store/tables/session-edits.ts';
import { createDeletionOperations } from './deletion-writer.ts';
import type { RecordWriterParts } from './record-parts.ts';

/** Deletions that one step erases: a quarter of a second for a session of 200 observations, where others keep 48,000 rows. */
const erasedAtOnce = 1;
/** When something was erased last whose words may still lie in the index; null when they do not. */
const unscrubbedKey = 'records.unscrubbed_since';

/** Erases for good what was deleted: nothing brings it back, and no word of it is left in the file once `recordsScrub` has ended. */
export function createEraseOperations(parts: RecordWriterParts) {
  const { db, ledger, truncateLog } = parts;
  const found = createDeletionReader(db);
  const deletions = createDeletionWriter(db);
  const sessions = createSessionEdits(db);
  const summaries = createDeletedSummaries(db);
  const words = createErasedWords(db);
  const log = createEventLogWriter(db);
  const forgetTraces = createTraceForgetter(db);
  const configurations = createConfigurationWriter(db);
  const { recordsDeleteSession, recordsDeleteObservation } = createDeletionOperations(parts);

  /** What a person searched for may be what is now to be forgotten. */
  function forgetSearches(deletion: Deletion): void {
    let said: Set<string> | null = null;
    const wasSaid = (term: string) => {
      said ??= new Set(words.texts(deletion.pk).flatMap(indexTerms));
      return said.has(term);
    };
    words.forgetQueries((query) => indexTerms(query).some((term) => !words.isSaid(term) && wasSaid(term)));
  }

  /** The erasing that the scrub which runs takes in; a later one begins a scrub of its own. */
  let scrubbing: number | null = null;

  function erase(deletion: Deletion, at: number): void {
    configurations.putNumber(unscrubbedKey, at, at);
    forgetSearches(deletion);
    forgetTraces(deletion);
    summaries.dropReplies(deletion.projectPk);
    log.dropTitles();
    if (deletion.kind === 'observation') return deletions.remove(deletion.pk);
    ledger.withheld.erase(deletion.id, at);
    sessions.blankTranscripts(deletion.id);
    deletions.removeOfSession(deletion.id);
  }

  return {
    /** What is not deleted yet is deleted first. */
    recordsErase({ kind, id, at }: { kind: DeletionKind; id: string; at: number }): boolean {
      if (kind === 'observation') recordsDeleteObservation({ id, at });
      else while (recordsDeleteSession({ id, at }) === 'more');
      const deletion = found.find(kind, id);
      if (deletion === null) return false;
      erase(deletion, at);
      return true;
    },
    /** Erases some of what was deleted before `before`; gives how many. */
    recordsEraseExpired({ before, at }: { before: number; at: number }): number {
      const expired = found.before(before, erasedAtOnce);
      // A session takes the deletions of its observations along.
      for (const { kind, id } of expired) {
        const deletion = found.find(kind, id);
        if (deletion !== null) erase(deletion, at);
      }
      return expired.length;
    },
    /** Takes the words of deleted rows out of the index, a piece at a time. True when it is done. */
    recordsScrub({ isFirst }: { isFirst: boolean }): boolean {
      if (isFirst) scrubbing = configurations.number(unscrubbedKey);
      if (!words.scrub(isFirst)) return false;
      if (scrubbing !== null && scrubbing === configurations.number(unscrubbedKey)) {
        configurations.put(unscrubbedKey, 'null', Date.now());
      }
      truncateLog();
      return true;
    },
    /** Whether the worker ended before the words of what was erased were out of the index. */
    recordsIsScrubDue: (): boolean => configurations.number(unscrubbedKey) !== null,
  };
}
