import { Cron } from 'croner';

/** When a schedule comes next after a time; null when it never does. Throws `CronError`. */
export function nextRun(cron: string, after: number): number | null {
  return parse(cron).nextRun(new Date(after))?.getTime() ?? null;
}

/**
 * Whether a run was due since the last one. However many were missed while the machine slept or the app was closed, they are
 * made up for by one.
 */
export function isDue(cron: string, since: number, now: number): boolean {
  const next = nextRun(cron, since);
  return next !== null && next <= now;
}

/** Null when it can be used, else a sentence that says what is wrong with it. */
export function faultInCron(cron: string, now: number): string | null {
  try {
    return nextRun(cron, now) === null ? `"${cron}" names a date that never comes.` : null;
  } catch (error) {
    return error instanceof CronError ? error.message : String(error);
  }
}

export class CronError extends Error {
  constructor(cron: string, reason: string) {
    super(
      `"${cron}" is no schedule: ${reason} It takes five fields: minute, hour, day of the month, month, day of the week; ` +
        '"30 3 * * *" is every night at half past three.',
    );
    this.name = 'CronError';
  }
}

function parse(cron: string): Cron {
  const fields = cron.trim().split(/\s+/u);
  if (fields.length !== 5) throw new CronError(cron, `it has ${fields.length} fields.`);
  try {
    return new Cron(fields.join(' '), { paused: true, mode: '5-part' });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /u, '').replace(/[.:]*$/u, '.') : '';
    throw new CronError(cron, reason);
  }
}
