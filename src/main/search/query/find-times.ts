import { readChineseSpan } from './chinese-time.ts';
import { readEnglishSpan } from './english-time.ts';
import type { ReadSpan } from './english-time.ts';
import type { TimeSpan } from './time-span.ts';
import { timeTokens } from './time-tokens.ts';
import type { TimeToken } from './time-tokens.ts';
import { dateOf, dayNumber, isDate } from './zoned-calendar.ts';
import type { ZonedCalendar } from './zoned-calendar.ts';

/** A range of time that was said at [start, end) of the text; at least one bound is there. */
export interface FoundTime {
  start: number;
  end: number;
  since?: number;
  until?: number;
}

type Bounds = Pick<FoundTime, 'since' | 'until'>;

const since = (span: TimeSpan): Bounds => ({ since: span.point ?? span.start });
const before = (span: TimeSpan): Bounds => ({ until: span.point ?? span.start });
const after = (span: TimeSpan): Bounds => ({ since: span.point ?? span.end ?? span.start });
const until = (span: TimeSpan): Bounds => (span.end === null ? {} : { until: span.point ?? span.end });
const within = (span: TimeSpan): Bounds => ({
  ...(span.start > 0 ? { since: span.start } : {}),
  ...(span.end === null ? {} : { until: span.end }),
});

/** What a key or a preposition makes of a time. */
export const boundsOf = { since, before, after, until, on: within } as const;
export type Preposition = keyof typeof boundsOf;

/** The times that [start, end) of a text speaks of, in order and apart from each other. */
export function findTimes(text: string, start: number, end: number, calendar: ZonedCalendar): FoundTime[] {
  const found: FoundTime[] = [];
  let at = start;
  const tokens = timeTokens(text, start, end);
  const stretch = { tokens, calendar, isEnglish: !/[\u3400-\u9fff]/u.test(text.slice(start, end)) };
  for (const [place, token] of tokens.entries()) {
    if (token.start < at) continue;
    const time = englishTime(stretch, place);
    if (time === null) continue;
    found.push(time);
    at = time.end;
  }
  for (const time of chineseTimes(text, start, end, calendar)) {
    if (found.every((other) => other.end <= time.start || time.end <= other.start)) found.push(time);
  }
  return found.toSorted((one, other) => one.start - other.start);
}

/** The time that begins at this place, however it is meant; for values of keys. Null when there is none. */
export function readTimeAt(
  text: string,
  start: number,
  end: number,
  calendar: ZonedCalendar,
): { span: TimeSpan; end: number } | null {
  const chinese = readChineseSpan(text, start, end, calendar);
  const tokens = timeTokens(text, start, end);
  const english = tokens[0]?.start === start ? readEnglishSpan(tokens, 0, calendar) : null;
  const englishEnd = english === null ? 0 : (tokens[english.next - 1]?.end ?? 0);
  if (english !== null && englishEnd >= (chinese?.next ?? 0)) return { span: english.span, end: englishEnd };
  return chinese === null ? null : { span: chinese.span, end: chinese.next };
}

interface Stretch {
  tokens: readonly TimeToken[];
  calendar: ZonedCalendar;
  /** It has no Chinese, so the tokens are all there is. */
  isEnglish: boolean;
}

function englishTime({ tokens, calendar, isEnglish }: Stretch, at: number): FoundTime | null {
  const word = tokens[at]?.endsPhrase === false ? tokens[at].word : '';
  const next = at + 1;
  if (word === 'between') return rangeOf(tokens, at, next, ['and'], calendar);
  if (word === 'from') {
    const range = rangeOf(tokens, at, next, ['to', 'until', 'till', 'through'], calendar);
    if (range !== null) return range;
  }
  const use = uses.get(word);
  const read = readEnglishSpan(tokens, use === undefined ? at : next, calendar);
  if (read === null) return null;
  if (use === undefined) {
    const stands = read.sense === 'clear' || (isEnglish && isAlone(tokens, at, read));
    return stands ? foundAt(tokens, at, read.next, within(read.span)) : null;
  }
  if (word === 'from' && /^onwards?$|^on$/u.test(tokens[read.next]?.word ?? '')) {
    return foundAt(tokens, at, read.next + 1, since(read.span));
  }
  if (!use.takes(read, tokens)) return null;
  return foundAt(tokens, at, read.next, use.bounds(read.span));
}

interface Use {
  bounds: (span: TimeSpan) => Bounds;
  takes: (read: ReadSpan, tokens: readonly TimeToken[]) => boolean;
}

const dayMs = 86_400_000;
const isLong = ({ span }: ReadSpan) => span.end !== null && span.end - span.start > 2 * dayMs;
/** "Before may" is a month when nothing follows that could be what may happen. */
const isAtEnd = ({ next }: ReadSpan, tokens: readonly TimeToken[]) =>
  next >= tokens.length || tokens[next - 1]?.endsPhrase === true;
const onDays: Use['takes'] = (read) => read.sense === 'clear' || (read.sense === 'weak' && !isLong(read));
const inLong: Use['takes'] = (read, tokens) =>
  read.sense === 'clear' ||
  (read.sense === 'weak' && isLong(read)) ||
  (read.sense === 'doubtful' && isAtEnd(read, tokens));
const anyTime: Use['takes'] = (read, tokens) => read.sense !== 'doubtful' || isAtEnd(read, tokens);

const uses = new Map<string, Use>([
  ['since', { bounds: since, takes: () => true }],
  ['before', { bounds: before, takes: anyTime }],
  ['after', { bounds: after, takes: anyTime }],
  ['until', { bounds: until, takes: anyTime }],
  ['till', { bounds: until, takes: anyTime }],
  ['on', { bounds: within, takes: onDays }],
  ['in', { bounds: within, takes: inLong }],
  ['during', { bounds: within, takes: inLong }],
  ['within', { bounds: within, takes: inLong }],
  ['over', { bounds: within, takes: (read) => read.sense === 'clear' }],
  ['from', { bounds: within, takes: (read, tokens) => read.sense === 'weak' || inLong(read, tokens) }],
]);

/** A date or weekday that is all that was typed. */
function isAlone(tokens: readonly TimeToken[], at: number, read: ReadSpan): boolean {
  return read.sense === 'weak' && at === 0 && read.next === tokens.length && !isLong(read);
}

function foundAt(tokens: readonly TimeToken[], from: number, next: number, bounds: Bounds): FoundTime | null {
  const start = tokens[from]?.start;
  const end = tokens[next - 1]?.end;
  return start === undefined || end === undefined || !hasBound(bounds) ? null : { start, end, ...bounds };
}

function hasBound(bounds: Bounds): boolean {
  return bounds.since !== undefined || bounds.until !== undefined;
}

function rangeOf(
  tokens: readonly TimeToken[],
  at: number,
  first: number,
  joints: readonly string[],
  calendar: ZonedCalendar,
): FoundTime | null {
  const one = readEnglishSpan(tokens, first, calendar);
  const joint = one?.next ?? first + 1;
  if (!joints.includes(tokens[joint]?.word ?? '')) return null;
  const other = readEnglishSpan(tokens, joint + 1, calendar);
  if (other === null) return null;
  const start = startOf(tokens, first, one, other.span, calendar);
  return start === null ? null : foundAt(tokens, at, other.next, joined(start, other.span));
}

/** "From Monday to Friday" and "from December to March" begin before they end, so the first is read as seen from the other. */
function startOf(
  tokens: readonly TimeToken[],
  first: number,
  one: ReadSpan | null,
  other: TimeSpan,
  calendar: ZonedCalendar,
): TimeSpan | null {
  const word = tokens[first]?.word ?? '';
  if (one === null) return sameMonth(word, other, calendar);
  const isRelative = /^(?:the|this|last|past|previous|an?|\d+[dhmw]|today|yesterday)$/u.test(word);
  if (one.span.start <= other.start || isRelative) return one.span;
  const then = { ...calendar, today: calendar.wall(other.start).day };
  return readEnglishSpan(tokens, first, then)?.span ?? one.span;
}

/** The 3 of "between 3 and 5 May". */
function sameMonth(word: string, other: TimeSpan, calendar: ZonedCalendar): TimeSpan | null {
  const day = /^\d{1,2}$/u.test(word) ? Number(word) : 0;
  const { year, month } = dateOf(calendar.wall(other.start).day);
  if (day < 1 || !isDate(year, month, day)) return null;
  return { start: calendar.at(dayNumber(year, month, day)), end: null };
}

/** Whichever was named first; the whole of the later one counts. */
function joined(one: TimeSpan, other: TimeSpan): Bounds {
  const [first, last] = one.start <= other.start ? [one, other] : [other, one];
  return { ...since(first), ...until(last) };
}

const chineseLead = /(?:自从|从|自|在|于)/uy;
const chineseTail =
  /(?:(?<before>之前|以前|前(?![端缀置台面者景往沿言后进提]))|(?<after>之后|以后|后(?![端台缀续面者门果期来退备])))|(?<since>以来|起|开始|至今|到现在)|(?:这天|期间|之间|当天|内|里|中)?/uy;
const chineseJoint = /\s?(?:到|至|和|与|—+|~|～|-)\s?/uy;
const chineseLeadOrSpan = /[\u3400-\u9fff\d]/u;

function* chineseTimes(text: string, start: number, end: number, calendar: ZonedCalendar): Generator<FoundTime> {
  for (let at = start; at < end; at++) {
    if (!chineseLeadOrSpan.test(text[at] ?? '')) continue;
    // The middle of a number or of a word with digits is no beginning.
    if (/\d/u.test(text[at] ?? '') && at > start && /[\w.:/-]/u.test(text[at - 1] ?? '')) continue;
    const time = chineseTime(text, at, end, calendar);
    if (time === null) continue;
    yield time;
    at = time.end - 1;
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function chineseTime(text: string, at: number, end: number, calendar: ZonedCalendar): FoundTime | null {
  const lead = matchAt(chineseLead, text, at)?.[0] ?? '';
  const one = readChineseSpan(text, at + lead.length, end, calendar);
  if (one === null) return null;
  const joint = matchAt(chineseJoint, text, one.next)?.[0] ?? '';
  // 2025年3月到5月: the year holds for both.
  const year = /^(\d{4})\s?年/u.exec(text.slice(at + lead.length, one.next))?.[1];
  const then = year === undefined ? calendar : { ...calendar, today: dayNumber(Number(year), 12, 31) };
  const other = joint === '' ? null : readChineseSpan(text, one.next + joint.length, end, then);
  if (other !== null && (lead !== '' || !/[和与]/u.test(joint) || matchAt(/之间/uy, text, other.next) !== null)) {
    const tail = matchAt(/(?:之间|期间|为止)?的?/uy, text, other.next)?.[0] ?? '';
    return bounded(at, other.next + tail.length, end, joined(one.span, other.span));
  }
  const tail = matchAt(chineseTail, text, one.next);
  const { before: isBefore, after: isAfter, since: isSince } = tail?.groups ?? {};
  const next = one.next + (tail?.[0].length ?? 0);
  if (one.sense === 'weak' && lead === '' && (tail?.[0] ?? '') === '') return null;
  // Without anything after it, 从三月 means 从三月起.
  const opens = isSince !== undefined || (/[从自]/u.test(lead) && isBefore === undefined && isAfter === undefined);
  const bounds = opens ? since(one.span) : isBefore ? before(one.span) : isAfter ? after(one.span) : within(one.span);
  const particle = text[next] === '的' ? 1 : 0;
  return bounded(at, next + particle, end, bounds);
}

function bounded(start: number, next: number, end: number, bounds: Bounds): FoundTime | null {
  return hasBound(bounds) && next <= end ? { start, end: next, ...bounds } : null;
}
