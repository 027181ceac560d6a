/** Days of the civil calendar, counted from 1970-01-01, and the instants at which they begin in one time zone. */
export interface ZonedCalendar {
  now: number;
  /** The day that `now` falls on. */
  today: number;
  /** The instant of a wall clock; where the clock jumps over it, the same distance after the jump; of two, the first. */
  at(day: number, minutes?: number): number;
  /** The wall clock of an instant: its day and the milliseconds since midnight as the clock shows them. */
  wall(instant: number): { day: number; milliseconds: number };
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / dayMs;
}

/** Month from 1. */
export function dateOf(day: number): { year: number; month: number; day: number } {
  const date = new Date(day * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Monday is 0. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Whether there is such a day, so that no 31 February becomes a day of March. */
export function isDate(year: number, month: number, day: number): boolean {
  const date = dateOf(dayNumber(year, month, day));
  return date.month === month && date.day === day;
}

/** The first day of the month that lies `months` after the one with this day. */
export function firstOfMonth(day: number, months = 0): number {
  const { year, month } = dateOf(day);
  return dayNumber(year, month + months, 1);
}

function createFormat(timeZone: string): Intl.DateTimeFormat {
  const options = {
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
}

/** Making one costs half a millisecond, which is more than reading a query. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format = formats.get(timeZone) ?? createFormat(timeZone);
  if (formats.size === 0 || formats.has(timeZone)) formats.set(timeZone, format);
  return format;
}

/** The calendar of a time zone by its IANA name; one that is not known counts as UTC. */
export function createCalendar({ now, timeZone }: { now: number; timeZone: string }): ZonedCalendar {
  const format = formatOf(timeZone);

  /** The wall clock read as if it were UTC, in whole seconds. */
  function wallMs(instant: number): number {
    const found: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) found[type] = Number(value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }

  function offsetAt(instant: number): number {
    return wallMs(instant) - Math.floor(instant / 1000) * 1000;
  }

  function at(day: number, minutes = 0): number {
    const wanted = day * dayMs + minutes * minuteMs;
    // No zone changes its clock twice within two days.
    const before = wanted - offsetAt(wanted - dayMs);
    const after = wanted - offsetAt(wanted + dayMs);
    const [first, second] = before < after ? [before, after] : [after, before];
    if (wallMs(first) === wanted) return first;
    return wallMs(second) === wanted ? second : before;
  }

  function wall(instant: number) {
    const local = instant + offsetAt(instant);
    const day = Math.floor(local / dayMs);
    return { day, milliseconds: local - day * dayMs };
  }

  return { now, today: wall(now).day, at, wall };
}
