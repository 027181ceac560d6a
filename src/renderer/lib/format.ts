import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface Format {
  /** '3 min ago'; `now` in milliseconds since 1970. */
  relative(iso: string, now: number): string;
  /** Time of day with minutes. */
  time(iso: string): string;
  /** Date and time with seconds, for tooltips and details. */
  dateTime(iso: string): string;
  /** Day and time with minutes, for times to come as well. */
  shortDateTime(iso: string): string;
  /** 'Yesterday', 'Today', 'Tomorrow' or the date; `now` in milliseconds since 1970. */
  day(iso: string, now: number): string;
  number(value: number): string;
  bytes(value: number): string;
  /** Milliseconds as the largest sensible unit. */
  duration(milliseconds: number): string;
  percent(value: number): string;
  /** US dollars; cents, and down to a hundredth of a cent below ten cents. */
  money(usd: number): string;
  /** A large number in short: 1.2M, 12万. */
  compact(value: number): string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** `useNow` goes by whole minutes, and a worker's clock may run ahead of ours. */
const clockSlack = 2 * minute;
const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

function startOfDay(time: number): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function relativeParts(elapsed: number): [number, Intl.RelativeTimeFormatUnit] {
  if (elapsed < hour) return [Math.floor(elapsed / minute), 'minute'];
  if (elapsed < day) return [Math.floor(elapsed / hour), 'hour'];
  if (elapsed < 30 * day) return [Math.floor(elapsed / day), 'day'];
  if (elapsed < 365 * day) return [Math.floor(elapsed / (30 * day)), 'month'];
  return [Math.floor(elapsed / (365 * day)), 'year'];
}

/** All numbers and times of the window in one language; making one is costly, so `useFormat` keeps it. */
export function createFormat(language: string): Format {
  const relative = new Intl.RelativeTimeFormat(language, { style: 'narrow' });
  const relativeDay = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false });
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', hour12: false });
  const shortDateTime = new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
  const date = new Intl.DateTimeFormat(language, { weekday: 'short', month: 'short', day: 'numeric' });
  const dateWithYear = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: 'numeric' });
  const number = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const dollars = { style: 'currency', currency: 'USD' } as const;
  const money = new Intl.NumberFormat(language, dollars);
  const smallMoney = new Intl.NumberFormat(language, { ...dollars, maximumFractionDigits: 4 });
  const now = relativeDay.format(0, 'second');
  const capital = (text: string): string => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
  const unit = (value: number, name: string, digits: number): string =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      // The short form of byte is 'byte' in any number.
      unitDisplay: name === 'byte' ? 'long' : 'short',
      maximumFractionDigits: digits,
    }).format(value);

  return {
    relative(iso, reference) {
      // A clock that runs ahead of ours must not give 'in 3 seconds'.
      const elapsed = Math.max(0, reference - Date.parse(iso));
      if (elapsed < minute) return now;
      const [value, name] = relativeParts(elapsed);
      return relative.format(-value, name);
    },
    time: (iso) => time.format(new Date(iso)),
    shortDateTime: (iso) => shortDateTime.format(new Date(iso)),
    dateTime: (iso) => dateTime.format(new Date(iso)),
    day(iso, reference) {
      const then = Date.parse(iso);
      const days = Math.round((startOfDay(reference) - startOfDay(then)) / day);
      // Just after midnight, `now` may still be of the day before.
      if (days < 0 && then - reference < clockSlack) return capital(relativeDay.format(0, 'day'));
      if (Math.abs(days) <= 1) return capital(relativeDay.format(-days, 'day'));
      const sameYear = new Date(then).getFullYear() === new Date(reference).getFullYear();
      return (sameYear ? date : dateWithYear).format(then);
    },
    number: (value) => number.format(value),
    bytes(value) {
      const power = Math.min(byteUnits.length - 1, value < 1 ? 0 : Math.floor(Math.log(value) / Math.log(1024)));
      return unit(value / 1024 ** power, byteUnits[power] ?? 'byte', power === 0 ? 0 : 1);
    },
    duration(milliseconds) {
      if (milliseconds < 1000) return unit(Math.round(milliseconds), 'millisecond', 0);
      if (milliseconds < minute) return unit(milliseconds / 1000, 'second', 1);
      if (milliseconds < hour) return unit(milliseconds / minute, 'minute', milliseconds < 10 * minute ? 1 : 0);
      if (milliseconds < day) return unit(milliseconds / hour, 'hour', 1);
      return unit(milliseconds / day, 'day', 1);
    },
    percent: (value) => percent.format(value),
    money: (usd) => (Math.abs(usd) < 0.1 ? smallMoney : money).format(usd),
    compact: (value) => compact.format(value),
  };
}

/** The formats of the chosen language. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => createFormat(i18n.language), [i18n.language]);
}
