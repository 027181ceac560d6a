import type { MessageView, PromptView } from '../../../shared/record-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';
import { isoTime } from '../times.ts';
import { createListing } from './listing.ts';

export interface PromptQuery {
  session_id?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export interface MessageQuery extends PromptQuery {
  /** The program whose session it is. */
  agent?: string | undefined;
}

interface PromptRow {
  pk: number;
  id: string;
  session_id: string;
  prompt_id: string | null;
  text: string;
  occurred_at: number;
}

interface MessageRow extends Omit<PromptRow, 'prompt_id'> {
  project_id: string;
  project_name: string;
  agent: string;
  agent_id: string | null;
  role: string;
  is_final: number;
}

const promptColumns = 't.pk, t.id, s.id AS session_id, t.prompt_id, t.text, t.occurred_at';
/** CROSS: begun with the few projects, or with the sessions, all rows would have to be sorted for each page. */
const promptFrom = 'FROM prompts t CROSS JOIN sessions s ON s.pk = t.session_pk';
const messageColumns = `t.pk, t.id, s.id AS session_id, p.id AS project_id, p.name AS project_name, s.agent, t.agent_id,
  t.role, t.is_final, t.text, t.occurred_at`;
const messageFrom =
  'FROM messages t CROSS JOIN sessions s ON s.pk = t.session_pk CROSS JOIN projects p ON p.pk = s.project_pk';
const session = 't.session_pk = (SELECT pk FROM sessions WHERE id = @session)';
/** The plus keeps the planner from reading the messages of one session after the other. */
const agent = '+t.session_pk IN (SELECT pk FROM sessions WHERE agent = @agent)';

/** What was said; of one session the oldest first, of all the newest. */
export function createSpeechReader(db: ReadableDb) {
  const onePrompt = db.prepare<[string], PromptRow>(`SELECT ${promptColumns} ${promptFrom} WHERE t.id = ?`);
  const oneMessage = db.prepare<[string], MessageRow>(`SELECT ${messageColumns} ${messageFrom} WHERE t.id = ?`);
  const prompts = createListing<PromptRow, PromptView>(db, {
    columns: promptColumns,
    from: promptFrom,
    table: 'prompts',
    conditions: { session },
    toView: toPrompt,
  });
  const messages = createListing<MessageRow, MessageView>(db, {
    columns: messageColumns,
    from: messageFrom,
    table: 'messages',
    conditions: { session, agent },
    toView: toMessage,
  });

  return {
    prompt(id: string): PromptView | null {
      const row = onePrompt.get(id);
      return row === undefined ? null : toPrompt(row);
    },
    message(id: string): MessageView | null {
      const row = oneMessage.get(id);
      return row === undefined ? null : toMessage(row);
    },
    prompts: ({ session_id: id, cursor, limit }: PromptQuery): Page<PromptView> =>
      prompts({ values: { session: id }, isOldestFirst: id !== undefined, cursor, limit }),
    messages: ({ session_id: id, agent: name, cursor, limit }: MessageQuery): Page<MessageView> =>
      messages({ values: { session: id, agent: name }, isOldestFirst: id !== undefined, cursor, limit }),
  };
}

function toPrompt(row: PromptRow): PromptView {
  return {
    id: row.id,
    session_id: row.session_id,
    prompt_id: row.prompt_id,
    text: row.text,
    occurred_at: isoTime(row.occurred_at),
  };
}

function toMessage(row: MessageRow): MessageView {
  return {
    id: row.id,
    session_id: row.session_id,
    project: { id: row.project_id, name: row.project_name },
    agent: row.agent,
    agent_id: row.agent_id,
    role: row.role === 'summary' ? 'summary' : 'assistant',
    is_final: row.is_final === 1,
    text: row.text,
    occurred_at: isoTime(row.occurred_at),
  };
}
