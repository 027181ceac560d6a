import {
  clockTime,
  dayParts,
  daysFrom,
  latestWeekday,
  latestYear,
  mondayOf,
  monthBefore,
  partOfDay,
  spanAgo,
  spanFewAgo,
  spanUntilNow,
  wholeMonth,
  wholeYear,
} from './time-span.ts';
import type { DayPart, TimeSpan, TimeUnit } from './time-span.ts';
import { chineseDayParts, chineseNumber, chineseUnits } from './time-words.ts';
import { dateOf, dayNumber, isDate } from './zoned-calendar.ts';
import type { ZonedCalendar } from './zoned-calendar.ts';

/** A time and the index of what follows it in the text. */
export interface ReadChineseSpan {
  span: TimeSpan;
  next: number;
  sense: 'clear' | 'weak';
}

type Groups = Record<string, string | undefined>;
type Reader = (groups: Groups, calendar: ZonedCalendar) => TimeSpan | null;

interface Form {
  pattern: RegExp;
  sense: 'clear' | 'weak';
  read: Reader;
}

const number = '\\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]';
const units = chineseUnits.map(([name]) => name).join('|');
const parts = chineseDayParts.map(([name]) => name).join('|');
const detail = `(?:\\s?的?(?<part>${parts})?(?:\\s?(?<hour>${number})(?:点半?钟?|时|:(?<minute>\\d{2})))?)`;
const week = '(?:周|星期|礼拜)';
const weekday = `${week}(?<weekday>[一二三四五六日天末])`;
/** 周期, 周边 and so on are words of their own; 两年前端 speaks of the front end. */
const noWeekWord = '(?![期边围转知密折到全])';
const noFrontWord = '(?![端缀置台面者景往沿言后进提])';

const form = (sense: Form['sense'], pattern: string, read: Reader): Form => ({
  pattern: new RegExp(pattern, 'uy'),
  sense,
  read,
});

const forms: readonly Form[] = [
  form('clear', `(?<day>大前天|前天|昨天|昨日|今天|今日)${detail}?`, (groups, calendar) => {
    const back = { 大前天: 3, 前天: 2, 昨天: 1, 昨日: 1 }[groups['day'] ?? ''] ?? 0;
    return withDetail(calendar, calendar.today - back, groups);
  }),
  form('clear', '(?<day>[昨今前当])(?<part>早上?|晚上?|夜)(?!点)', (groups, calendar) => {
    const back = { 昨: 1, 前: 2 }[groups['day'] ?? ''] ?? 0;
    const part = groups['part']?.startsWith('早') === true ? 'morning' : 'night';
    return groups['day'] === '当' ? null : partOfDay(calendar, calendar.today - back, part);
  }),
  form('clear', `(?<![以之海])(?<which>上上|上|这|本)个?${weekday}${detail}?`, ({ which, ...groups }, calendar) => {
    const monday = mondayOf(calendar.today) - 7 * backOf(which);
    if (groups['weekday'] === '末') return daysFrom(calendar, monday + 5, 2);
    return withDetail(calendar, monday + weekdayNumber(groups['weekday']), groups);
  }),
  form('clear', `(?<![以之海])(?<which>上上|上|这|本)一?个?${week}${noWeekWord}`, ({ which }, calendar) =>
    daysFrom(calendar, mondayOf(calendar.today) - 7 * backOf(which), 7),
  ),
  form(
    'clear',
    `(?<![以之海])(?<which>上上个?|上个?|这个|本|当)月(?![球亮光台])(?:(?<date>${number})[日号]${detail}?)?`,
    ({ which, ...groups }, calendar) => {
      const months = backOf(which?.replace('个', ''));
      const span = monthBefore(calendar, months);
      if (groups['date'] === undefined) return span;
      const { year, month } = dateOf(calendar.wall(span.start).day);
      return dateSpan(calendar, year, month, groups);
    },
  ),
  form(
    'clear',
    `(?<year>\\d{4}|大前|前|去|今)\\s?年\\s?(?<month>${number})\\s?月份?\\s?(?:(?<date>${number})\\s?[日号]${detail}?)?`,
    readDate,
  ),
  form('clear', `(?<year>20\\d{2}|19[7-9]\\d)\\s?年(?![级款代制])`, (groups, calendar) =>
    wholeYear(calendar, Number(groups['year'])),
  ),
  form('clear', '(?<![以往])(?<year>去|今|本)年(?!级)', ({ year }, calendar) =>
    wholeYear(calendar, dateOf(calendar.today).year - (year === '去' ? 1 : 0)),
  ),
  form('weak', '前年', (_groups, calendar) => wholeYear(calendar, dateOf(calendar.today).year - 2)),
  form('clear', `(?<month>${number})\\s?月\\s?(?<date>${number})\\s?[日号]${detail}?`, readDate),
  form(
    'clear',
    `(?<![\\d第每个满近前后这年零〇十一二三四五六七八九])(?<month>${number})\\s?月份?(?![饼经球亮光\\d])`,
    readDate,
  ),
  form(
    'clear',
    `(?<![\\d第前后])(?<count>${number}|半|几|好几)\\s?个?(?<half>半)?(?<unit>${units})(?<how>之前|以前|前)${noFrontWord}`,
    readAgo,
  ),
  form(
    'clear',
    `(?<![附靠接])(?:最近|过去|近)的?(?:这)?\\s?(?<count>${number}|半|几)\\s?个?(?<half>半)?(?<unit>${units})(?:之内|以内|以来|里|内)?`,
    readRecent,
  ),
  form(
    'clear',
    `(?<![\\d第前后])(?<count>${number}|半)\\s?个?(?<half>半)?(?<unit>${units})(?:之内|以内|内(?![存部容核网置联嵌]))`,
    readRecent,
  ),
  form('clear', '这几天', (_groups, calendar) => spanUntilNow(calendar, 5, 'day')),
  form('weak', `(?<![每一二两三四五六七八九十\\d])${weekday}${detail}?`, (groups, calendar) => {
    if (groups['weekday'] === '末') return daysFrom(calendar, mondayOf(calendar.today) - 2, 2);
    return withDetail(calendar, latestWeekday(calendar, weekdayNumber(groups['weekday']), 'until today'), groups);
  }),
];

/** The longest time that begins at this index. */
export function readChineseSpan(
  text: string,
  at: number,
  end: number,
  calendar: ZonedCalendar,
): ReadChineseSpan | null {
  let best: ReadChineseSpan | null = null;
  for (const { pattern, sense, read } of forms) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null || at + match[0].length > end) continue;
    const next = at + match[0].trimEnd().length;
    if (best !== null && next <= best.next) continue;
    const span = read(match.groups ?? {}, calendar);
    if (span !== null) best = { span, next, sense };
  }
  return best;
}

function backOf(which: string | undefined): number {
  return which === '上上' ? 2 : which === '上' ? 1 : 0;
}

function weekdayNumber(name: string | undefined): number {
  return Math.max(0, '一二三四五六日'.indexOf(name === '天' ? '日' : (name ?? '一')));
}

function dayPartOf(name: string | undefined): DayPart | undefined {
  return chineseDayParts.find(([known]) => known === name)?.[1];
}

/** A day with its part (下午) and hour (三点), as far as they are there. */
function withDetail(calendar: ZonedCalendar, day: number, groups: Groups): TimeSpan | null {
  const part = dayPartOf(groups['part']);
  const hour = chineseNumber(groups['hour'] ?? '');
  if (hour === undefined) return part === undefined ? daysFrom(calendar, day, 1) : partOfDay(calendar, day, part);
  const isLater = part !== undefined && dayParts[part][0] >= 12 && hour < 12;
  const minutes = 60 * (isLater ? hour + 12 : hour) + Number(groups['minute'] ?? 0);
  return minutes < 1440 ? clockTime(calendar, day, minutes, groups['minute'] !== undefined) : null;
}

function dateSpan(calendar: ZonedCalendar, year: number, month: number, groups: Groups): TimeSpan | null {
  const date = chineseNumber(groups['date'] ?? '') ?? 0;
  if (!isDate(year, month, date) || date < 1) return null;
  return withDetail(calendar, dayNumber(year, month, date), groups);
}

function readDate(groups: Groups, calendar: ZonedCalendar): TimeSpan | null {
  const month = chineseNumber(groups['month'] ?? '') ?? 0;
  if (!Number.isInteger(month) || month < 1 || month > 12) return null;
  const date = chineseNumber(groups['date'] ?? '');
  const year = yearOf(groups['year'], calendar) ?? latestYear(calendar, month, date ?? 1);
  if (year < 1970) return null;
  return date === undefined ? wholeMonth(calendar, year, month) : dateSpan(calendar, year, month, groups);
}

function yearOf(name: string | undefined, calendar: ZonedCalendar): number | undefined {
  if (name === undefined) return undefined;
  if (/^\d/u.test(name)) return Number(name);
  return dateOf(calendar.today).year - (['今', '去', '前', '大前'].indexOf(name) || 0);
}

function unitOf(name: string | undefined): TimeUnit {
  return chineseUnits.find(([known]) => known === name)?.[1] ?? 'day';
}

/** Undefined for 几, "a few". */
function countOf(groups: Groups): number | undefined {
  const count = chineseNumber(groups['count'] ?? '');
  return count === undefined || groups['half'] === undefined ? count : count + 0.5;
}

function readAgo(groups: Groups, calendar: ZonedCalendar): TimeSpan | null {
  const unit = unitOf(groups['unit']);
  const count = countOf(groups);
  if (count === 0) return null;
  const span = count === undefined ? spanFewAgo(calendar, unit) : spanAgo(calendar, count, unit);
  // 三天前 is that day; 三天以前 is that long ago or longer.
  return groups['how'] === '前' ? span : { start: 0, end: span.point ?? span.end };
}

function readRecent(groups: Groups, calendar: ZonedCalendar): TimeSpan | null {
  const count = countOf(groups) ?? 5;
  return count === 0 ? null : spanUntilNow(calendar, count, unitOf(groups['unit']));
}
