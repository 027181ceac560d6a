import type { QueryClause } from '../../../shared/search-views.ts';
import type { Format } from '../../lib/format.ts';

const dayMs = 86_400_000;

function isMidnight(date: Date): boolean {
  return date.getHours() === 0 && date.getMinutes() === 0;
}

/**
 * A time that was understood, in as few words as it takes: whole days by their names, parts of a day with the hours.
 * `now` is in milliseconds since 1970. Null when the clause is none of time.
 */
export function timeLabel(clause: QueryClause, format: Format, now: number): string | null {
  const { since, until } = clause;
  if (since === undefined && until === undefined) return null;
  if (since === undefined) return `< ${moment(until ?? '', format, now)}`;
  if (until === undefined) return `≥ ${moment(since, format, now)}`;
  const from = new Date(since);
  const to = new Date(until);
  const lastMoment = new Date(to.getTime() - 1).toISOString();
  const firstDay = format.day(since, now);
  const lastDay = format.day(lastMoment, now);
  if (isMidnight(from) && isMidnight(to)) return firstDay === lastDay ? firstDay : `${firstDay} – ${lastDay}`;
  if (firstDay === lastDay && to.getTime() - from.getTime() < dayMs) {
    return `${firstDay} ${format.time(since)}–${isMidnight(to) ? '24:00' : format.time(until)}`;
  }
  return `${moment(since, format, now)} – ${moment(until, format, now)}`;
}

function moment(iso: string, format: Format, now: number): string {
  const day = format.day(iso, now);
  return isMidnight(new Date(iso)) ? day : `${day} ${format.time(iso)}`;
}
