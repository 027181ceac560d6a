/** The Monday of the week that a time lies in, as YYYY-MM-DD; in local time, as people count weeks. */
export function weekOf(at: number): string {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - ((day.getDay() + 6) % 7));
  return dateText(day);
}

/** Milliseconds since 1970 at which a week begins and the next one does; null for what is no date or no Monday. */
export function weekRange(week: string): { from: number; until: number } | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(week) ?? [];
  if (year === undefined || month === undefined || date === undefined) return null;
  const begin = new Date(Number(year), Number(month) - 1, Number(date));
  if (dateText(begin) !== week || begin.getDay() !== 1) return null;
  const end = new Date(begin);
  // Not by milliseconds: a week in which clocks change is an hour longer or shorter.
  end.setDate(end.getDate() + 7);
  return { from: begin.getTime(), until: end.getTime() };
}

/** Its days as people say them, such as `2026-11-16 to 2026-11-22`. */
export function weekText(week: string): string {
  const range = weekRange(week);
  return range === null ? week : `${week} to ${dateText(new Date(range.until - 12 * 60 * 60 * 1_000))}`;
}

function dateText(day: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
