export const periods = ['any', 'today', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

const daysBack: Record<Exclude<Period, 'any'>, number> = { today: 0, week: 6, month: 29 };

/** Where the period begins, at midnight of this time zone, so that the same period is the same request all day long. */
export function periodStart(period: Period, now: number): string | undefined {
  if (period === 'any') return undefined;
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysBack[period]).toISOString();
}

export function parsePeriod(value: unknown): Period | undefined {
  return periods.find((period) => period === value && period !== 'any');
}

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

function dayParts(day: string): [number, number, number] | null {
  const [, year, month, date] = dayPattern.exec(day) ?? [];
  return date === undefined ? null : [Number(year), Number(month) - 1, Number(date)];
}

/** Whether the text is a day of the calendar, as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const parts = dayParts(text);
  if (!parts) return false;
  // Date turns the 31st of April into the 1st of May.
  const date = new Date(...parts);
  return date.getMonth() === parts[1] && date.getDate() === parts[2];
}

/** From midnight to midnight of this time zone; a day need not have 24 hours. */
export function dayBounds(day: string): { since: string; until: string } {
  const [year, month, date] = dayParts(day) ?? [1970, 0, 1];
  return { since: new Date(year, month, date).toISOString(), until: new Date(year, month, date + 1).toISOString() };
}
