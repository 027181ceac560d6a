import type { StatsBucket } from '../../../shared/stats-views.ts';

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];

/** All offsets that are in force anywhere are multiples of a quarter of an hour, so no slot of that length lies in two hours of a day. */
export const slotMs = 15 * minuteMs;

/** Wall clocks of one place; every time is in milliseconds since 1970. */
export interface TimeZone {
  /** Monday is 0. */
  weekdayAndHour(at: number): [weekday: number, hour: number];
  /** When the bucket began that the time lies in. */
  start(bucket: StatsBucket, at: number): number;
  /** When the one after it begins. */
  next(bucket: StatsBucket, start: number): number;
  /** ISO 8601 with the offset of that time, `Z` where there is none. */
  iso(at: number): string;
}

/** The clocks of a place by its IANA name. Throws `RangeError` for one that nobody knows. */
export function timeZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const offsetsOfDays = new Map<number, number | null>();

  function measure(at: number): number {
    const minute = Math.floor(at / minuteMs) * minuteMs;
    const parts = Object.fromEntries(format.formatToParts(minute).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute: minutes = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minutes) - minute;
  }

  /** Asking the clock is dear; on most days it is the same at both ends. */
  function offset(at: number): number {
    const day = Math.floor(at / dayMs);
    let known = offsetsOfDays.get(day);
    if (known === undefined) {
      const first = measure(day * dayMs);
      known = first === measure((day + 1) * dayMs) ? first : null;
      offsetsOfDays.set(day, known);
    }
    return known ?? measure(at);
  }

  const wall = (at: number): number => at + offset(at);

  /** When the clock shows that; where it leaps over it, when it has leapt. */
  function instant(shown: number): number {
    const guess = shown - offset(shown);
    const found = shown - offset(guess);
    return wall(found) >= shown ? found : guess;
  }

  function startOfWall(bucket: Exclude<StatsBucket, 'hour'>, shown: number): number {
    const day = Math.floor(shown / dayMs) * dayMs;
    const date = new Date(day);
    if (bucket === 'week') return day - ((date.getUTCDay() + 6) % 7) * dayMs;
    return bucket === 'month' ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) : day;
  }

  function start(bucket: StatsBucket, at: number): number {
    // By the offset of that very time: the hour that a clock shows twice is two hours.
    if (bucket === 'hour') return Math.floor(wall(at) / hourMs) * hourMs - offset(at);
    return instant(startOfWall(bucket, wall(at)));
  }

  return {
    weekdayAndHour(at) {
      const shown = new Date(wall(at));
      return [(shown.getUTCDay() + 6) % 7, shown.getUTCHours()];
    },
    start,
    next(bucket, from) {
      if (bucket === 'hour') return from + hourMs;
      const shown = startOfWall(bucket, wall(from));
      const date = new Date(shown);
      if (bucket === 'month') return instant(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
      return instant(shown + (bucket === 'week' ? 7 : 1) * dayMs);
    },
    iso(at) {
      const minutes = Math.round(offset(at) / minuteMs);
      if (minutes === 0) return new Date(at).toISOString();
      const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
      const two = (value: number) => String(value).padStart(2, '0');
      return `${new Date(wall(at)).toISOString().slice(0, -1)}${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
    },
  };
}
