import type { Locale } from '../../shared/messages/fill.ts';

const units: [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];
const chineseUnits: Record<string, string> = { d: '天', h: '小时', m: '分钟', s: '秒' };
const unitMs = new Map([...units, ['w', 7 * 86_400_000] as const]);

/** A duration in its two largest units, such as `3 h 20 m`. */
export function durationText(milliseconds: number, locale: Locale): string {
  const name = (unit: string) => (locale === 'zh-CN' ? (chineseUnits[unit] ?? unit) : unit);
  const first = units.findIndex(([, size]) => milliseconds >= size);
  if (first < 0) return `0 ${name('s')}`;
  let rest = milliseconds;
  const parts: string[] = [];
  for (const [unit, size] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name(unit)}`);
  }
  return parts.join(' ');
}

/** Bytes in the unit that a person would choose, 1024 to the next one. */
export function sizeText(bytes: number): string {
  const names = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(names.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value >= 100 || power === 0 ? Math.round(value) : value.toFixed(1)} ${names[power]}`;
}

/** A point in time as the person's clock shows it, to the minute. */
export function timeText(iso: string): string {
  const time = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** ISO 8601 of a date or time in the person's time zone, or of `7d` before now; null when it is neither. */
export function parseTime(value: string, now: number = Date.now()): string | null {
  const ago = /^(\d{1,6})([smhdw])$/.exec(value);
  if (ago !== null) return isoOrNull(now - Number(ago[1]) * (unitMs.get(ago[2] ?? '') ?? Number.NaN));
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.test(value)) return null;
  // A bare date would be read as UTC midnight; a person means their own.
  return isoOrNull(Date.parse(value.length === 10 ? `${value}T00:00` : value.replace(' ', 'T')));
}

function isoOrNull(milliseconds: number): string | null {
  const time = new Date(milliseconds);
  // Nothing was remembered before 1970, and ISO 8601 writes very early years in a form that few read.
  return time.getTime() >= 0 ? time.toISOString() : null;
}
