import { Refusal } from './refusal.ts';
import type { AckError } from './thread-messages.ts';

/** What SQLite says of the disk or the system, which may say something else later; with the ends that some of them have. */
const passing = /^SQLITE_(?:FULL|IOERR|CANTOPEN|READONLY|NOMEM|BUSY|LOCKED)(?:_|$)/;

/** How an operation that threw is told to its caller, and whether it has to be looked into. */
export function operationFailure(error: unknown): { error: AckError; isFault: boolean } {
  if (error instanceof Refusal) return { error: { code: error.code, message: error.message }, isFault: false };
  const code = sqliteCode(error);
  if (!passing.test(code)) {
    const message = 'It could not be done; the status page says what went wrong.';
    return { error: { code: 'NOT_DONE', message }, isFault: true };
  }
  const advice = isFull(code)
    ? 'The disk is full: free some space, and try again.'
    : 'It could not be stored; try again.';
  return { error: { code: 'NOT_STORED', message: `${advice} (${code})` }, isFault: true };
}

/** How a task that threw is told to its caller: what is lost, and what to do. */
export function taskFailure(error: unknown): AckError {
  const code = sqliteCode(error);
  const advice = isFull(code)
    ? 'The disk is full: free some space; Claude Code goes on, and the transcript is read again later.'
    : 'The event could not be stored; it is read again from the transcript when the turn ends.';
  return { code: 'NOT_STORED', message: code ? `${advice} (${code})` : advice };
}

function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function isFull(code: string): boolean {
  return code.startsWith('SQLITE_FULL');
}
