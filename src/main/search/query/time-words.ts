import type { DayPart, TimeUnit } from './time-span.ts';

const months = 'january february march april may june july august september october november december'.split(' ');
/** Name or abbreviation → month, from 1. */
export const englishMonths = new Map<string, number>([
  ...months.map((name, index) => [name, index + 1] as const),
  ...months.map((name, index) => [name.slice(0, 3), index + 1] as const),
  ['sept', 9],
]);
/** Words that more often mean something else; written small and alone they are no months. */
export const doubtfulMonths = new Set('may march jan feb mar apr jun jul aug sep sept oct nov dec'.split(' '));

const weekdays = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
/** Monday is 0. */
export const englishWeekdays = new Map<string, number>([
  ...weekdays.map((name, index) => [name, index] as const),
  ...weekdays.map((name, index) => [name.slice(0, 3), index] as const),
  ['tues', 1],
  ['thur', 3],
  ['thurs', 3],
]);

export const englishDayParts = new Map<string, DayPart>([
  ['morning', 'morning'],
  ['noon', 'noon'],
  ['afternoon', 'afternoon'],
  ['evening', 'evening'],
  ['night', 'night'],
]);

export const englishUnits = new Map<string, TimeUnit>([
  ...(['minute', 'hour', 'day', 'week', 'month', 'year'] as const).flatMap((unit) => [
    [unit, unit] as const,
    [`${unit}s`, unit] as const,
  ]),
  ['min', 'minute'],
  ['mins', 'minute'],
  ['hr', 'hour'],
  ['hrs', 'hour'],
]);

/** Of a duration written as one word: `3d`, `12h`. Months have no letter of their own, for `m` is a minute. */
export const shortUnits = new Map<string, TimeUnit>([
  ['m', 'minute'],
  ['min', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['mo', 'month'],
  ['y', 'year'],
]);

export const englishNumbers = new Map<string, number>(
  'a one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((name, index) => [name, Math.max(1, index)] as const),
);
englishNumbers.set('an', 1);

/** After a number that looks like a year these say that it is none: "in 2024 ms". */
export const countedThings = new Set(
  (
    'ms s sec secs second seconds min mins minutes hours days weeks months years px em rem pt mb kb gb tb bytes bits rows row ' +
    'lines line tokens items entries requests tests files calls times chars characters words columns events records users ' +
    'threads connections steps iterations cases errors % percent'
  ).split(' '),
);

export const chineseUnits: readonly (readonly [string, TimeUnit])[] = [
  ['分钟', 'minute'],
  ['小时', 'hour'],
  ['钟头', 'hour'],
  ['天', 'day'],
  ['日', 'day'],
  ['星期', 'week'],
  ['礼拜', 'week'],
  ['周', 'week'],
  ['月', 'month'],
  ['年', 'year'],
];

export const chineseDayParts: readonly (readonly [string, DayPart])[] = [
  ['凌晨', 'early'],
  ['半夜', 'early'],
  ['早上', 'morning'],
  ['早晨', 'morning'],
  ['清晨', 'morning'],
  ['上午', 'morning'],
  ['中午', 'noon'],
  ['下午', 'afternoon'],
  ['傍晚', 'evening'],
  ['晚上', 'night'],
  ['夜里', 'night'],
  ['深夜', 'night'],
];

const chineseDigits = new Map([...'〇一二三四五六七八九'].map((digit, value) => [digit, value] as const));
chineseDigits.set('零', 0).set('两', 2);

/** Up to 99, in digits or Chinese numerals; half is 0.5. Undefined when it is no number. */
export function chineseNumber(text: string): number | undefined {
  if (/^\d{1,4}$/u.test(text)) return Number(text);
  if (text === '半') return 0.5;
  const parts = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/u.exec(text);
  if (parts !== null) return 10 * (chineseDigits.get(parts[1] ?? '一') ?? 1) + (chineseDigits.get(parts[2] ?? '') ?? 0);
  return chineseDigits.get(text);
}
