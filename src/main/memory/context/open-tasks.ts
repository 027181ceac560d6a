import { fields, number, records } from '../observe-fields.ts';
import { plainText } from '../excerpts.ts';
import type { PlanRow } from './rows.ts';

export interface OpenTasks {
  /** The observation that says so. */
  id: string;
  done: number;
  open: string[];
}

/** What the session's todo list or task list has left open; null without a list, or when all is done. `rows` has the newest first. */
export function openTasks(rows: readonly PlanRow[]): OpenTasks | null {
  const [newest] = rows;
  if (newest === undefined) return null;
  const todos = newest.tool === 'TodoWrite' ? records(fields(parse(newest.input))['todos']) : tasksOf(rows);
  const open = todos.filter((todo) => !/^(?:completed|deleted|cancelled)$/.test(plainText(todo['status'])));
  const names = open.map((todo) => plainText(todo['content']) || plainText(todo['subject'])).filter(Boolean);
  return names.length === 0 ? null : { id: newest.id, done: todos.length - open.length, open: names };
}

/** Tasks are made by one call each and changed by others, by id; the id is in the answer to the first. */
function tasksOf(rows: readonly PlanRow[]): Record<string, unknown>[] {
  const tasks = new Map<string, Record<string, unknown>>();
  for (const row of rows.toReversed()) {
    const input = fields(parse(row.input));
    if (row.tool === 'TaskCreate') {
      const id = idOf(fields(fields(parse(row.result))['task'])['id']) || String(tasks.size + 1);
      tasks.set(id, { subject: input['subject'], status: 'pending' });
    } else if (row.tool === 'TaskUpdate') {
      const id = idOf(input['taskId']);
      const known = tasks.get(id);
      if (known === undefined) continue;
      tasks.set(id, {
        subject: input['subject'] ?? known['subject'],
        status: input['status'] ?? known['status'],
      });
    }
  }
  return [...tasks.values()];
}

function idOf(value: unknown): string {
  return plainText(value) || String(number(value) ?? '');
}

/** What the ledger has elided may be a text that is no JSON. */
function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
