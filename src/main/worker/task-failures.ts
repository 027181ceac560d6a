import { Refusal } from './refusal.ts';
import type { AckError } from './thread-messages.ts';

/** How an operation that threw is told to its caller, and whether it is a bug of ours. */
export function operationFailure(error: unknown): { error: AckError; isBug: boolean } {
  if (error instanceof Refusal) return { error: { code: error.code, message: error.message }, isBug: false };
  const message = 'It could not be done; the status page says what went wrong.';
  return { error: { code: 'NOT_STORED', message }, isBug: true };
}

/** How a task that threw is told to its caller: what is lost, and what to do. */
export function taskFailure(error: unknown): AckError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const advice = code.startsWith('SQLITE_FULL')
    ? 'The disk is full: free some space; Claude Code goes on, and the transcript is read again later.'
    : 'The event could not be stored; it is read again from the transcript when the turn ends.';
  return { code: 'NOT_STORED', message: code ? `${advice} (${code})` : advice };
}
