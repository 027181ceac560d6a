import type { CostRow } from '../../../shared/cost-views.ts';

export interface ChartDay {
  /** YYYY-MM-DD. */
  day: string;
  /** Null on a day without a call. */
  row: CostRow | null;
}

function dayKey(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The last `count` days up to today without a gap, each with what it cost; `now` in milliseconds since 1970. */
export function chartDays(rows: readonly CostRow[], now: number, count: number): ChartDay[] {
  const known = new Map(rows.map((row) => [row.key, row]));
  const today = new Date(now);
  return Array.from({ length: count }, (_, index) => {
    // By the calendar, not by hours: a day need not have 24 of them.
    const day = dayKey(new Date(today.getFullYear(), today.getMonth(), today.getDate() - (count - 1 - index)));
    return { day, row: known.get(day) ?? null };
  });
}

/** A step of 1, 2 or 5 times a power of ten, so that at most four lines lie below the top. */
function niceStep(largest: number): number {
  const rough = largest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
}

/** Where the chart ends and where its lines are, for amounts up to `largest`; a chart without amounts ends at one cent. */
export function chartScale(largest: number): { top: number; ticks: number[] } {
  if (!(largest > 0)) return { top: 0.01, ticks: [0, 0.01] };
  const step = niceStep(largest);
  const steps = Math.ceil((largest / step) * 0.999);
  const ticks = Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { top: ticks.at(-1) ?? largest, ticks };
}

/** The amount that the scale must hold: a cap that is far above every day would press them to the ground, and is left out. */
export function chartLargest(days: readonly ChartDay[], cap: number | null): number {
  const spent = Math.max(0, ...days.map(({ row }) => row?.cost_usd ?? 0));
  return cap !== null && cap > spent && cap <= spent * 3 ? cap : spent;
}
