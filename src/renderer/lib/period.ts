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
