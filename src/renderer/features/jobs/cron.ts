/** A schedule of five fields, understood as far as it can be said in a few words. */
export type CronReading =
  | { kind: 'minutes'; every: number }
  | { kind: 'hours'; every: number; minute: number }
  | { kind: 'daily' | 'weekdays'; hour: number; minute: number }
  | { kind: 'weekly'; days: number[]; hour: number; minute: number }
  | { kind: 'monthly'; day: number; hour: number; minute: number };

export const cronFields = ['minute', 'hour', 'day', 'month', 'weekday'] as const;
export type CronField = (typeof cronFields)[number];

export type CronProblem =
  | { kind: 'count' }
  | { kind: 'field'; field: CronField; text: string; from: number; to: number };

/** As crontab(5) has them; both 0 and 7 are Sunday. */
const bounds: Record<CronField, readonly [number, number]> = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  month: [1, 12],
  weekday: [0, 7],
};

const names: Partial<Record<CronField, readonly string[]>> = {
  month: ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  weekday: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
};

function splitFields(text: string): string[] {
  return text.trim().split(/\s+/);
}

function valueOf(field: CronField, text: string): number | null {
  const named = names[field]?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0 && text !== '') return named;
  if (!/^\d{1,2}$/.test(text)) return null;
  const value = Number(text);
  const [from, to] = bounds[field];
  return value >= from && value <= to ? value : null;
}

function isRange(field: CronField, text: string): boolean {
  const [first, last, ...rest] = text.split('-');
  if (rest.length > 0) return false;
  if (last === undefined) return text === '*' || valueOf(field, text) !== null;
  const [from, to] = [valueOf(field, first ?? ''), valueOf(field, last)];
  return from !== null && to !== null && from <= to;
}

function isPart(field: CronField, text: string): boolean {
  const [range, step, ...rest] = text.split('/');
  const isStep = step === undefined || (/^\d{1,2}$/.test(step) && Number(step) >= 1);
  return rest.length === 0 && isStep && isRange(field, range ?? '');
}

/** What is wrong with a schedule, the first thing first; null when every field is understood. */
export function cronProblem(text: string): CronProblem | null {
  const parts = splitFields(text);
  if (parts.length !== cronFields.length || parts.includes('')) return { kind: 'count' };
  for (const [index, field] of cronFields.entries()) {
    const wrong = (parts[index] ?? '').split(',').find((part) => !isPart(field, part));
    if (wrong === undefined) continue;
    const [from, to] = bounds[field];
    return { kind: 'field', field, text: wrong, from, to };
  }
  return null;
}

/** How often a field of `*` or of steps over all values comes; null for anything else. */
function stepOf(text: string): number | null {
  if (text === '*') return 1;
  const step = /^\*\/(\d{1,2})$/.exec(text)?.[1];
  return step === undefined ? null : Number(step);
}

/** Days from 0 (Sunday) to 6, in the order of a week that begins on Monday; null for steps and `*`. */
function weekdaysOf(text: string): number[] | null {
  const days = new Set<number>();
  for (const part of text.split(',')) {
    const [first, last] = part.split('-');
    const from = valueOf('weekday', first ?? '');
    const to = last === undefined ? from : valueOf('weekday', last);
    if (from === null || to === null) return null;
    for (let day = from; day <= to; day += 1) days.add(day % 7);
  }
  return [...days].toSorted((left, right) => ((left + 6) % 7) - ((right + 6) % 7));
}

/** Reads a schedule that is said in a few words; null for a rarer one, and for one that is wrong. */
export function readCron(text: string): CronReading | null {
  if (cronProblem(text) !== null) return null;
  const [minuteText = '', hourText = '', dayText = '', month = '', weekday = ''] = splitFields(text);
  if (month !== '*') return null;
  const minute = valueOf('minute', minuteText);
  const hour = valueOf('hour', hourText);
  const isEveryDay = dayText === '*' && weekday === '*';
  const everyHours = stepOf(hourText);
  const everyMinutes = stepOf(minuteText);
  if (isEveryDay && hourText === '*' && everyMinutes !== null) return { kind: 'minutes', every: everyMinutes };
  if (minute === null) return null;
  if (isEveryDay && everyHours !== null) return { kind: 'hours', every: everyHours, minute };
  if (hour === null) return null;
  if (isEveryDay) return { kind: 'daily', hour, minute };
  const day = valueOf('day', dayText);
  if (weekday === '*' && day !== null) return { kind: 'monthly', day, hour, minute };
  const days = dayText === '*' ? weekdaysOf(weekday) : null;
  if (days === null) return null;
  if (days.length === 7) return { kind: 'daily', hour, minute };
  if (days.join('') === '12345') return { kind: 'weekdays', hour, minute };
  return { kind: 'weekly', days, hour, minute };
}
