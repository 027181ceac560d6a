import {
  clockTime,
  daysFrom,
  latestWeekday,
  latestYear,
  mondayOf,
  monthBefore,
  partOfDay,
  spanAgo,
  spanFewAgo,
  spanUntilNow,
  weekBefore,
  wholeMonth,
  wholeYear,
  yearBefore,
} from './time-span.ts';
import type { TimeSpan, TimeUnit } from './time-span.ts';
import {
  countedThings,
  doubtfulMonths,
  englishDayParts,
  englishMonths,
  englishNumbers,
  englishUnits,
  englishWeekdays,
  shortUnits,
} from './time-words.ts';
import type { TimeToken } from './time-tokens.ts';
import { dateOf, dayNumber, isDate } from './zoned-calendar.ts';
import type { ZonedCalendar } from './zoned-calendar.ts';

/** A time and the token after it. */
export interface ReadSpan {
  span: TimeSpan;
  next: number;
  /**
   * `clear` times stand alone. The others may mean something else and need a word such as "on" or "since" before them;
   * `doubtful` are "may", "march" and the like, `bare` are clock times and durations, which only follow "since" or "before".
   */
  sense: 'clear' | 'weak' | 'doubtful' | 'bare';
}

type Reader = (tokens: readonly TimeToken[], at: number, calendar: ZonedCalendar) => ReadSpan | null;

const clear = (span: TimeSpan, next: number): ReadSpan => ({ span, next, sense: 'clear' });
const weak = (span: TimeSpan, next: number): ReadSpan => ({ span, next, sense: 'weak' });

/** The longest time that begins at this token. */
export function readEnglishSpan(tokens: readonly TimeToken[], at: number, calendar: ZonedCalendar): ReadSpan | null {
  let best: ReadSpan | null = null;
  for (const read of readers) {
    const found = read(tokens, at, calendar);
    if (found !== null && found.next > (best?.next ?? 0)) best = found;
  }
  return best;
}

/** The words of the tokens from `at` on, as far as one phrase goes. */
function wordsAt(tokens: readonly TimeToken[], at: number): (place: number) => string {
  let last = at;
  while (last < tokens.length && last < at + 6 && tokens[last]?.endsPhrase === false) last++;
  return (place) => (at + place <= last ? (tokens[at + place]?.word ?? '') : '');
}

const readRelativeDay: Reader = (tokens, at, calendar) => {
  const word = wordsAt(tokens, at);
  const start = word(0) === 'the' ? 1 : 0;
  if (word(start) === 'day' && word(start + 1) === 'before' && word(start + 2) === 'yesterday') {
    return withDetail(tokens, at + start + 3, calendar.today - 2, calendar);
  }
  if (word(0) === 'tonight') return clear(partOfDay(calendar, calendar.today, 'night'), at + 1);
  if (word(0) === 'earlier' && word(1) === 'today') return clear(daysFrom(calendar, calendar.today, 1), at + 2);
  const back = ['today', 'yesterday'].indexOf(word(0));
  return back < 0 ? null : withDetail(tokens, at + 1, calendar.today - back, calendar);
};

/** A day, with the part of it or the clock time that may follow. */
function withDetail(tokens: readonly TimeToken[], next: number, day: number, calendar: ZonedCalendar): ReadSpan {
  const whole = clear(daysFrom(calendar, day, 1), next);
  if (tokens[next - 1]?.endsPhrase === true) return whole;
  const word = wordsAt(tokens, next);
  const part = englishDayParts.get(word(0));
  if (part !== undefined) return clear(partOfDay(calendar, day, part), next + 1);
  const skip = word(0) === 'at' ? 1 : 0;
  const time = readClock(tokens, next + skip);
  return time === null ? whole : clear(clockTime(calendar, day, time.minutes, time.exact), time.next);
}

const clockPattern = /^(\d{1,2})(?::(\d{2}))?(am|pm)?$/u;

/** `14:30`, `9am`, `9 pm`, `noon`, `midnight`; a bare number is none. */
function readClock(tokens: readonly TimeToken[], at: number): { minutes: number; exact: boolean; next: number } | null {
  const word = wordsAt(tokens, at);
  const names = ['midnight', 'noon'].indexOf(word(0));
  if (names >= 0) return { minutes: names * 720, exact: false, next: at + 1 };
  const parts = clockPattern.exec(word(0));
  if (parts === null) return null;
  const following = parts[3] === undefined && /^(?:am|pm)$/u.test(word(1)) ? word(1) : undefined;
  const half = parts[3] ?? following;
  if (half === undefined && parts[2] === undefined) return null;
  const hour = Number(parts[1]);
  const minute = Number(parts[2] ?? 0);
  if (minute > 59 || hour > (half === undefined ? 23 : 12) || (half !== undefined && hour === 0)) return null;
  const hours = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0);
  return { minutes: 60 * hours + minute, exact: parts[2] !== undefined, next: at + (following === undefined ? 1 : 2) };
}

const readToday: Reader = (tokens, at, calendar) => {
  const time = readClock(tokens, at);
  if (time === null) return null;
  const span = clockTime(calendar, calendar.today, time.minutes, time.exact);
  return { span, next: time.next, sense: 'bare' };
};

/** "this week", "last Tuesday", "past 2 hours", "last night", "the previous month". */
const readNamed: Reader = (tokens, at, calendar) => {
  const word = wordsAt(tokens, at);
  const skip = ['the', 'earlier'].includes(word(0)) ? 1 : 0;
  const which = word(skip);
  if (!['this', 'last', 'past', 'previous', 'current'].includes(which)) return null;
  const isThis = which === 'this' || which === 'current';
  const name = word(skip + 1);
  const next = at + skip + 2;
  const counted = isThis ? null : readCount(tokens, at + skip + 1);
  if (counted !== null) return clear(spanUntilNow(calendar, counted.count, counted.unit), counted.next);
  const back = isThis ? 0 : 1;
  if (name === 'night') return clear(partOfDay(calendar, calendar.today - back, 'night'), next);
  const part = englishDayParts.get(name);
  if (part !== undefined) return isThis ? clear(partOfDay(calendar, calendar.today, part), next) : null;
  if (name === 'weekend') return clear(daysFrom(calendar, mondayOf(calendar.today) - 7 * back + 5, 2), next);
  const weekday = weekdayNamed(tokens[at + skip + 1], name);
  if (weekday !== undefined) {
    const day = isThis ? mondayOf(calendar.today) + weekday : latestWeekday(calendar, weekday, 'today');
    return withDetail(tokens, next, day, calendar);
  }
  const month = englishMonths.get(name);
  if (month !== undefined) {
    // "This may fail" is no month.
    const isMonth = isThis ? !isDoubtful(tokens[at + skip + 1]) : which === 'last';
    return isMonth ? clear(namedMonth(calendar, month, back), next) : null;
  }
  // "Last minute" and "last second" are no times, nor is the "last day" of something.
  if (which === 'past') {
    const unit = englishUnits.get(name);
    return unit === undefined || name.endsWith('s') ? null : clear(spanUntilNow(calendar, 1, unit), next);
  }
  if (name === 'week') return clear(weekBefore(calendar, back), next);
  if (name === 'month') return clear(monthBefore(calendar, back), next);
  if (name === 'year') return clear(yearBefore(calendar, back), next);
  return name === 'hour' ? clear(spanUntilNow(calendar, 1, 'hour'), next) : null;
};

/** This March is the one of this year; last March one that is over. */
function namedMonth(calendar: ZonedCalendar, month: number, back: number): TimeSpan {
  const { year, month: current } = dateOf(calendar.today);
  return wholeMonth(calendar, back === 1 && month >= current ? year - 1 : year, month);
}

/** "3 days", "two weeks", "a couple of months", "24h"; of "few" the count is NaN. */
function readCount(
  tokens: readonly TimeToken[],
  at: number,
): { count: number; unit: TimeUnit; next: number; few: boolean } | null {
  const word = wordsAt(tokens, at);
  const short = /^(\d{1,3})(m|min|h|d|w|mo|y)$/u.exec(word(0));
  const shortUnit = shortUnits.get(short?.[2] ?? '');
  if (shortUnit !== undefined) return { count: Number(short?.[1]), unit: shortUnit, next: at + 1, few: false };
  const { count, words, few } = countOf(word);
  const unit = englishUnits.get(word(words));
  return count === undefined || unit === undefined ? null : { count, unit, next: at + words + 1, few };
}

function countOf(word: (place: number) => string): { count: number | undefined; words: number; few: boolean } {
  const article = word(0) === 'a' ? 1 : 0;
  if (word(article) === 'few') return { count: 4, words: article + 1, few: true };
  if (word(article) === 'couple') {
    return { count: 2, words: article + (word(article + 1) === 'of' ? 2 : 1), few: false };
  }
  if (word(0) === 'half' && (word(1) === 'a' || word(1) === 'an')) return { count: 0.5, words: 2, few: false };
  const count = /^\d{1,3}$/u.test(word(0)) ? Number(word(0)) : englishNumbers.get(word(0));
  return { count: count === 0 ? undefined : count, words: 1, few: false };
}

const readAgo: Reader = (tokens, at, calendar) => {
  const counted = readCount(tokens, at);
  if (counted === null) return null;
  const { count, unit, next, few } = counted;
  if (tokens[next]?.word === 'ago' && tokens[next - 1]?.endsPhrase === false) {
    return clear(few ? spanFewAgo(calendar, unit) : spanAgo(calendar, count, unit), next + 1);
  }
  // `since:7d`; as part of a sentence a bare duration says nothing about when.
  const isShort = next === at + 1;
  const span = { ...spanUntilNow(calendar, count, unit), point: spanUntilNow(calendar, count, unit).start };
  return isShort ? { span, next, sense: 'bare' } : null;
};

const yearPattern = /^(?:19[7-9]\d|20\d\d)$/u;

/** "3 May", "3rd of May 2025", "May 3rd, 2025", "March 2025", "March". */
const readDate: Reader = (tokens, at, calendar) => {
  const word = wordsAt(tokens, at);
  const start = word(0) === 'the' ? 1 : 0;
  const dayFirst = dayOfMonth(word(start));
  if (dayFirst !== undefined) {
    const name = start + (word(start + 1) === 'of' ? 2 : 1);
    const month = englishMonths.get(word(name));
    if (month === undefined) return null;
    const doubtful = isDoubtful(tokens[at + name]) && !/\D/u.test(word(start));
    return dated(calendar, { month, day: dayFirst, doubtful }, word(name + 1), at + name + 1);
  }
  const month = englishMonths.get(word(0));
  if (month === undefined) return null;
  const doubtful = isDoubtful(tokens[at]);
  const day = dayOfMonth(word(1));
  if (day !== undefined) {
    // The comma of "May 3, 2025" ends no phrase.
    const year = word(2) === '' ? (tokens[at + 2]?.word ?? '') : word(2);
    const isOrdinal = /\D/u.test(word(1));
    return dated(calendar, { month, day, doubtful: doubtful && !isOrdinal }, year, at + 2);
  }
  if (yearPattern.test(word(1))) return clear(wholeMonth(calendar, Number(word(1)), month), at + 2);
  const span = wholeMonth(calendar, latestYear(calendar, month), month);
  return doubtful ? { span, next: at + 1, sense: 'doubtful' } : weak(span, at + 1);
};

function dated(
  calendar: ZonedCalendar,
  { month, day, doubtful }: { month: number; day: number; doubtful: boolean },
  year: string,
  next: number,
): ReadSpan | null {
  const hasYear = yearPattern.test(year);
  const which = hasYear ? Number(year) : latestYear(calendar, month, day);
  if (!isDate(which, month, day)) return null;
  const span = daysFrom(calendar, dayNumber(which, month, day), 1);
  return doubtful && !hasYear ? weak(span, next) : clear(span, next + (hasYear ? 1 : 0));
}

function dayOfMonth(word: string): number | undefined {
  const parts = /^(\d{1,2})(?:st|nd|rd|th)?$/u.exec(word);
  const day = Number(parts?.[1] ?? 0);
  return day >= 1 && day <= 31 ? day : undefined;
}

function isDoubtful(token: TimeToken | undefined): boolean {
  return token !== undefined && !token.capital && doubtfulMonths.has(token.word);
}

/** `2025-05-03`, `2025/5/3`, with a time after it or `T` between; `2025-05`, `2025`. */
const readNumbers: Reader = (tokens, at, calendar) => {
  const word = wordsAt(tokens, at);
  const parts = /^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2})(?:t(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(z)?)?)?$/u.exec(word(0));
  if (parts === null) return readYear(tokens, at, calendar);
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 1)];
  if (year < 1970 || !isDate(year, month, day)) return null;
  if (parts[3] === undefined) return weak(wholeMonth(calendar, year, month), at + 1);
  const number = dayNumber(year, month, day);
  if (parts[4] !== undefined) {
    const [hours = 0, minutes = 0] = parts[4].split(':').map(Number);
    if (hours > 23 || minutes > 59) return null;
    const start =
      parts[5] === undefined
        ? calendar.at(number, 60 * hours + minutes)
        : Date.UTC(year, month - 1, day, hours, minutes);
    return weak({ start, end: start + 60_000, point: start }, at + 1);
  }
  const time = tokens[at]?.endsPhrase === true ? null : readClock(tokens, at + 1);
  if (time !== null) return weak(clockTime(calendar, number, time.minutes, time.exact), time.next);
  return weak(daysFrom(calendar, number, 1), at + 1);
};

const readYear: Reader = (tokens, at, calendar) => {
  const word = wordsAt(tokens, at);
  const year = Number(word(0));
  if (!yearPattern.test(word(0)) || year < 2000 || year > dateOf(calendar.today).year + 1) return null;
  return countedThings.has(word(1)) ? null : weak(wholeYear(calendar, year), at + 1);
};

/** "sun" and "sat" are words of their own, so abbreviations need their capital. */
function weekdayNamed(token: TimeToken | undefined, word: string): number | undefined {
  return word.length > 3 || token?.capital === true ? englishWeekdays.get(word) : undefined;
}

/** "Tuesday", "Monday morning". */
const readWeekday: Reader = (tokens, at, calendar) => {
  const weekday = weekdayNamed(tokens[at], wordsAt(tokens, at)(0));
  if (weekday === undefined) return null;
  const found = withDetail(tokens, at + 1, latestWeekday(calendar, weekday, 'until today'), calendar);
  return found.next > at + 1 && (tokens[at]?.word.length ?? 0) > 5 ? found : { ...found, sense: 'weak' };
};

const readers: readonly Reader[] = [readRelativeDay, readNamed, readAgo, readDate, readNumbers, readWeekday, readToday];
