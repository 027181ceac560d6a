import type { FacetValue } from '../../../shared/search-views.ts';
import { isDay } from '../../lib/period.ts';

export interface DayBar {
  /** YYYY-MM-DD. */
  day: string;
  count: number;
  /** 0 to 1 of the highest; the square root, so that one busy day does not flatten the others. */
  height: number;
}

const widest = 60;

function nextDay(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  // In UTC every day has 24 hours; only the calendar counts here.
  return new Date(Date.UTC(year, month - 1, date + 1)).toISOString().slice(0, 10);
}

/**
 * The days from the oldest to the newest, with the empty ones between them; when there are more than fit, those without
 * a hit are left out.
 */
export function dayBars(days: readonly FacetValue[]): DayBar[] {
  const listed = days
    .filter(({ value }) => isDay(value))
    .toSorted((left, right) => left.value.localeCompare(right.value));
  const counts = new Map(listed.map(({ value, count }) => [value, count]));
  const last = listed.at(-1)?.value;
  const names: string[] = [];
  for (let day = listed[0]?.value; day !== undefined && last !== undefined && day <= last; day = nextDay(day)) {
    names.push(day);
    if (names.length > widest) break;
  }
  const shown = names.length > widest ? listed.slice(-widest).map(({ value }) => value) : names;
  const highest = Math.max(1, ...counts.values());
  return shown.map((day) => {
    const count = counts.get(day) ?? 0;
    return { day, count, height: Math.sqrt(count / highest) };
  });
}
