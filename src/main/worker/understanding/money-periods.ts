/** Days and months as the clock on the wall shows them; a day may have 23 or 25 hours. */
export interface MoneyPeriod {
  /** Milliseconds since 1970. */
  start: number;
  /** The first moment of the next one. */
  end: number;
  /** The first day, YYYY-MM-DD. */
  firstDay: string;
}

export function dayOf(at: number): MoneyPeriod {
  const date = new Date(at);
  return period(date.getFullYear(), date.getMonth(), date.getDate(), 'day');
}

export function monthOf(at: number): MoneyPeriod {
  const date = new Date(at);
  return period(date.getFullYear(), date.getMonth(), 1, 'month');
}

function period(year: number, month: number, day: number, length: 'day' | 'month'): MoneyPeriod {
  const next = length === 'day' ? new Date(year, month, day + 1) : new Date(year, month + 1, 1);
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    start: new Date(year, month, day).getTime(),
    end: next.getTime(),
    firstDay: `${year}-${two(month + 1)}-${two(day)}`,
  };
}

/** `YYYY-MM-DD HH:MM` on the clock on the wall. */
export function clockText(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
