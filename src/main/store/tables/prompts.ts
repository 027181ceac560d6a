import type { WritableDb } from '../database.ts';
import { newId } from '../ids.ts';

export interface PromptRecord {
  sessionPk: number;
  eventPk: number;
  promptId: string | null;
  text: string;
  occurredAt: number;
}

export interface MessageRecord extends PromptRecord {
  agentId: string | null;
  role: 'assistant' | 'summary';
  isFinal: boolean;
}

/** Prompts and messages, one row for each event that made them; a second report of the event updates its row. */
export function createSpeechWriter(db: WritableDb) {
  const prompt = db.prepare(`
    INSERT INTO prompts (id, session_pk, event_pk, prompt_id, text, occurred_at)
    VALUES (@id, @sessionPk, @eventPk, @promptId, @text, @occurredAt)
    ON CONFLICT (event_pk) DO UPDATE SET text = excluded.text, occurred_at = excluded.occurred_at`);
  const message = db.prepare(`
    INSERT INTO messages (id, session_pk, event_pk, prompt_id, agent_id, role, is_final, text, occurred_at)
    VALUES (@id, @sessionPk, @eventPk, @promptId, @agentId, @role, @isFinal, @text, @occurredAt)
    ON CONFLICT (event_pk) DO UPDATE SET
      is_final = MAX(is_final, excluded.is_final), text = excluded.text, occurred_at = excluded.occurred_at`);
  const movePrompt = db.prepare<[number, number]>('UPDATE prompts SET occurred_at = ? WHERE event_pk = ?');
  const moveMessage = db.prepare<[number, number]>('UPDATE messages SET occurred_at = ? WHERE event_pk = ?');
  return {
    move(eventPk: number, occurredAt: number): void {
      movePrompt.run(occurredAt, eventPk);
      moveMessage.run(occurredAt, eventPk);
    },
    putPrompt: (record: PromptRecord) => void prompt.run({ ...record, id: newId(record.occurredAt) }),
    /** The id that it has when there was none of this event before. */
    putMessage(record: MessageRecord): string {
      const id = newId(record.occurredAt);
      message.run({ ...record, id, isFinal: record.isFinal ? 1 : 0 });
      return id;
    },
  };
}
