import { dateOf, dayNumber, firstOfMonth, weekdayOf } from './zoned-calendar.ts';
import type { ZonedCalendar } from './zoned-calendar.ts';

/** A stretch of time, [start, end); without an end it goes on. */
export interface TimeSpan {
  start: number;
  end: number | null;
  /** The instant that was named, where a stretch around it is meant: "2 hours ago". */
  point?: number;
}

export type TimeUnit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMinutes = 24 * 60;

/** Hours of a day's part, [from, to); beyond 24 it is the next day's. */
export const dayParts = {
  early: [0, 6],
  morning: [5, 12],
  noon: [11, 14],
  afternoon: [12, 18],
  evening: [18, 24],
  night: [18, 30],
} as const;
export type DayPart = keyof typeof dayParts;

export function daysFrom(calendar: ZonedCalendar, day: number, count: number): TimeSpan {
  return { start: calendar.at(day), end: calendar.at(day + count) };
}

export function partOfDay(calendar: ZonedCalendar, day: number, part: DayPart): TimeSpan {
  const [from, to] = dayParts[part];
  const at = (hours: number) => calendar.at(day + Math.floor(hours / 24), (hours % 24) * 60);
  return { start: at(from), end: at(to) };
}

/** From a clock time on, for an hour, or for a minute when minutes were named. */
export function clockTime(calendar: ZonedCalendar, day: number, minutes: number, exact: boolean): TimeSpan {
  const start = calendar.at(day, minutes);
  return { start, end: start + (exact ? minuteMs : hourMs), point: start };
}

/** The whole week, Monday to Sunday, `weeks` before this one. */
export function weekBefore(calendar: ZonedCalendar, weeks: number): TimeSpan {
  return daysFrom(calendar, mondayOf(calendar.today) - 7 * weeks, 7);
}

export function mondayOf(day: number): number {
  return day - weekdayOf(day);
}

export function monthBefore(calendar: ZonedCalendar, months: number): TimeSpan {
  const first = firstOfMonth(calendar.today, -months);
  return { start: calendar.at(first), end: calendar.at(firstOfMonth(first, 1)) };
}

export function wholeMonth(calendar: ZonedCalendar, year: number, month: number): TimeSpan {
  return { start: calendar.at(dayNumber(year, month, 1)), end: calendar.at(dayNumber(year, month + 1, 1)) };
}

export function wholeYear(calendar: ZonedCalendar, year: number): TimeSpan {
  return { start: calendar.at(dayNumber(year, 1, 1)), end: calendar.at(dayNumber(year + 1, 1, 1)) };
}

export function yearBefore(calendar: ZonedCalendar, years: number): TimeSpan {
  return wholeYear(calendar, dateOf(calendar.today).year - years);
}

/** The last weekday (Monday is 0) up to today, or before today. */
export function latestWeekday(calendar: ZonedCalendar, weekday: number, before: 'today' | 'until today'): number {
  const back = (weekdayOf(calendar.today) - weekday + 7) % 7;
  return calendar.today - (back === 0 && before === 'today' ? 7 : back);
}

/** The year in which this month was last, as nothing is remembered of the future. */
export function latestYear(calendar: ZonedCalendar, month: number, day = 1): number {
  const { year } = dateOf(calendar.today);
  return dayNumber(year, month, day) > calendar.today ? year - 1 : year;
}

/** Same wall clock so many units ago; hours and minutes by the clock that never jumps. */
export function instantBefore(calendar: ZonedCalendar, count: number, unit: TimeUnit): number {
  if (unit === 'minute') return calendar.now - count * minuteMs;
  if (unit === 'hour') return calendar.now - count * hourMs;
  const { day, milliseconds } = calendar.wall(calendar.now);
  const target = dayBefore(day, count, unit);
  return calendar.at(target, Math.floor(milliseconds / minuteMs)) + (milliseconds % minuteMs);
}

function dayBefore(day: number, count: number, unit: TimeUnit): number {
  if (unit === 'day') return day - Math.round(count);
  if (unit === 'week') return day - Math.round(7 * count);
  const months = Math.floor(unit === 'year' ? 12 * count : count);
  const first = firstOfMonth(day, -months);
  const last = firstOfMonth(first, 1) - 1;
  // Half a month is fifteen days.
  return Math.min(last, first + dateOf(day).day - 1) - Math.round((unit === 'month' ? count - months : 0) * 30);
}

/** "The last 3 days": from then on. */
export function spanUntilNow(calendar: ZonedCalendar, count: number, unit: TimeUnit): TimeSpan {
  return { start: instantBefore(calendar, count, unit), end: null };
}

/** "3 days ago": the day, week, month or year that was then; of hours and minutes a stretch around the instant. */
export function spanAgo(calendar: ZonedCalendar, count: number, unit: TimeUnit): TimeSpan {
  const point = instantBefore(calendar, count, unit);
  if (unit === 'minute' || unit === 'hour' || !Number.isInteger(count)) {
    const around = aroundMs(count, unit);
    return { start: point - around, end: point + around, point };
  }
  if (unit === 'day') return daysFrom(calendar, calendar.today - count, 1);
  if (unit === 'week') return weekBefore(calendar, count);
  return unit === 'month' ? monthBefore(calendar, count) : yearBefore(calendar, count);
}

function aroundMs(count: number, unit: TimeUnit): number {
  if (unit === 'minute') return Math.max(5, count / 4) * minuteMs;
  if (unit === 'hour') return Math.max(0.5, count / 4) * hourMs;
  return (unit === 'year' ? 30 : unit === 'month' ? 5 : 1) * dayMinutes * minuteMs;
}

/** "A few days ago": from six to two of them. */
export function spanFewAgo(calendar: ZonedCalendar, unit: TimeUnit): TimeSpan {
  const oldest = spanAgo(calendar, 6, unit);
  const newest = spanAgo(calendar, 2, unit);
  return { start: oldest.start, end: newest.end };
}

/** The span in local time, for people to read: `2026-11-16 – 2026-11-22`, both included; with hours where they count. */
export function spanText(calendar: ZonedCalendar, since: number | undefined, until: number | undefined): string {
  const isMidnight = (instant: number) => calendar.at(calendar.wall(instant).day) === instant;
  const byDays = [since, until].every((instant) => instant === undefined || isMidnight(instant));
  const from = since === undefined ? '' : localText(calendar, since, byDays);
  if (until === undefined) return `${from} –`;
  const to = byDays ? localText(calendar, until - 1, true) : localText(calendar, until, false);
  return from === to ? from : `${from} – ${to}`.trimStart();
}

function localText(calendar: ZonedCalendar, instant: number, onlyDay: boolean): string {
  const { day, milliseconds } = calendar.wall(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = dateOf(day);
  const text = `${date.year}-${two(date.month)}-${two(date.day)}`;
  if (onlyDay) return text;
  const minutes = Math.floor(milliseconds / minuteMs);
  return `${text} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
