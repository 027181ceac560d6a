const dayMs = 86_400_000;

/**
 * Numbers local dates: days since 1970 of the date that the clock on the wall shows at a time in milliseconds. Rows come in
 * the order of time, so the last date's bounds answer nearly all of them.
 */
export function createLocalDays(): (at: number) => number {
  let start = 0;
  let end = 0;
  let number = 0;
  return (at) => {
    if (at >= start && at < end) return number;
    const date = new Date(at);
    const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
    start = new Date(year, month, day).getTime();
    end = new Date(year, month, day + 1).getTime();
    number = Math.round(Date.UTC(year, month, day) / dayMs);
    return number;
  };
}

/** `YYYY-MM-DD` of a number of `createLocalDays`. */
export function dayText(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}
