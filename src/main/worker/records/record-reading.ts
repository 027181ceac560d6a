import type { ReadableDb } from '../../store/database.ts';
import { createDeletionReader, type DeletionQuery } from '../../store/tables/deletions.ts';
import { createObservationList, type ObservationListQuery } from '../../store/tables/observation-list.ts';
import { createSpeechReader, type MessageQuery, type PromptQuery } from '../../store/tables/speech-reader.ts';

/** Lists over all sessions, in the reader threads. */
export function createRecordReading(db: ReadableDb) {
  const speech = createSpeechReader(db);
  const listObservations = createObservationList(db);
  const deletions = createDeletionReader(db);
  return {
    listDeletions: (query: DeletionQuery) => deletions.list(query),
    listPrompts: (query: PromptQuery) => speech.prompts(query),
    getPrompt: (id: string) => speech.prompt(id),
    listMessages: (query: MessageQuery) => speech.messages(query),
    getMessage: (id: string) => speech.message(id),
    listObservations: (query: ObservationListQuery) => listObservations(query),
  };
}
