import { dateOf, dayNumber, weekdayOf } from '../../search/query/zoned-calendar.ts';

/** Days, [from, to), counted from 1970-01-01. */
export interface Days {
  from: number;
  to: number;
}

type InYear = (year: number) => Days;

/** From the first of these days to the other one, which belongs to it: month and day each. */
const between =
  (fromMonth: number, fromDay: number, toMonth: number, toDay: number): InYear =>
  (year) => ({
    from: dayNumber(year, fromMonth, fromDay),
    to: dayNumber(toMonth < fromMonth ? year + 1 : year, toMonth, toDay) + 1,
  });
/** That day with so many before and after it. */
const around =
  (month: number, day: number, days: number): InYear =>
  (year) => ({ from: dayNumber(year, month, day) - days, to: dayNumber(year, month, day) + days + 1 });

/** The fourth Thursday of November, three days around it. */
function thanksgiving(year: number): Days {
  const first = dayNumber(year, 11, 1);
  const day = first + ((3 - weekdayOf(first) + 7) % 7) + 21;
  return { from: day - 3, to: day + 4 };
}

/** Seasons of the northern half and holidays, with the days that mcp-memory-service gives them. */
const seasons: Readonly<Record<string, InYear>> = {
  spring: between(3, 20, 6, 20),
  summer: between(6, 21, 9, 22),
  autumn: between(9, 23, 12, 20),
  winter: between(12, 21, 3, 19),
};
const named: Readonly<Record<string, InYear>> = {
  ...seasons,
  fall: between(9, 23, 12, 20),
  christmas: around(12, 25, 3),
  'new year': around(1, 1, 3),
  valentine: around(2, 14, 1),
  halloween: around(10, 31, 3),
  thanksgiving,
};
const names = Object.keys(named)
  .join('|')
  .replace('new year', String.raw`new\s*year`);
const which = new RegExp(
  String.raw`^(?:(?:in|during|over)\s+)?(?:the\s+)?(?:(last|past|previous|this|current)\s+)?(${names}|season)(?:['’]?s(?:\s+day)?)?(?:\s+(?:of\s+)?(\d{4}))?$`,
);
const ordinals = ['first', 'second', 'third', 'fourth'];
const part = /^(?:in\s+)?(?:the\s+)?(first|second|third|fourth|1st|2nd|3rd|4th)\s+(half|quarter)(?:\s+of\s+(\d{4}))?$/;
const ofQuarter = /^(?:in\s+)?(?:the\s+)?(last|past|previous|this|current)\s+(quarter|half[\s-]year)$/;
const numbered = /^(?:in\s+)?q([1-4])(?:\s+(?:of\s+)?(\d{4}))?$/;

/** What "last summer", "christmas 2024" or "second quarter of 2025" means as of that day; null for anything else. */
export function namedDays(phrase: string, today: number): Days | null {
  const said = phrase.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  return ofName(said, today) ?? ofPart(said, today);
}

function ofName(said: string, today: number): Days | null {
  const [, when, name = '', year] = which.exec(said) ?? [];
  if (name === 'season') return year === undefined ? ofSeason(when, today) : null;
  const days = named[name.replace(/^new ?year$/, 'new year')];
  if (days === undefined) return null;
  if (year !== undefined) return when === undefined ? days(Number(year)) : null;
  const { year: now } = dateOf(today);
  const recent = [now + 1, now, now - 1, now - 2].map(days).filter(({ from }) => from <= today);
  const ended = recent.find(({ to }) => to <= today) ?? null;
  if (isBefore(when)) return ended;
  const [latest = null] = recent;
  // This summer is the one of this year, also before it has begun; this winter in February began the year before.
  if (when !== undefined && latest !== null && latest.to <= today) return days(now);
  return latest;
}

function ofSeason(when: string | undefined, today: number): Days | null {
  const { year } = dateOf(today);
  const all = [year - 2, year - 1, year].flatMap((one) => Object.values(seasons).map((days) => days(one)));
  const begun = all.filter(({ from }) => from <= today).toSorted((a, b) => b.from - a.from);
  if (when === undefined) return null;
  return begun[isBefore(when) ? 1 : 0] ?? null;
}

function ofPart(said: string, today: number): Days | null {
  const { year: now, month } = dateOf(today);
  const [, word = '', unit, year] = part.exec(said) ?? [];
  if (unit !== undefined) {
    const place = ordinals.findIndex((ordinal, index) => word === ordinal || word.startsWith(String(index + 1)));
    const months = unit === 'half' ? 6 : 3;
    return place * months >= 12 ? null : monthsOf(Number(year ?? now), place * months, months);
  }
  const [, quarter, ofYear] = numbered.exec(said) ?? [];
  if (quarter !== undefined) return monthsOf(Number(ofYear ?? now), (Number(quarter) - 1) * 3, 3);
  const [, when, length] = ofQuarter.exec(said) ?? [];
  if (length === undefined) return null;
  const months = length === 'quarter' ? 3 : 6;
  const place = Math.floor((month - 1) / months) - (isBefore(when) ? 1 : 0);
  return monthsOf(now, place * months, months);
}

/** Counted from the first month of that year, which is 0. */
function monthsOf(year: number, first: number, count: number): Days {
  return { from: dayNumber(year, first + 1, 1), to: dayNumber(year, first + count + 1, 1) };
}

const isBefore = (when: string | undefined): boolean => when === 'last' || when === 'past' || when === 'previous';
