/** The bounds of a number that is typed, both of them allowed. */
export interface Bounds {
  from: number;
  to: number;
}

/** A number within its bounds; null for an empty text, NaN for anything else. A comma is a point. */
export function boundedNumber(text: string, { from, to }: Bounds): number | null {
  const written = text.trim().replace(',', '.');
  if (written === '') return null;
  const value = /^\d+(?:\.\d+)?$/.test(written) ? Number(written) : Number.NaN;
  return value >= from && value <= to ? value : Number.NaN;
}

/** As `boundedNumber`, of whole numbers alone. */
export function boundedWhole(text: string, bounds: Bounds): number | null {
  const value = boundedNumber(text, bounds);
  return value === null || Number.isInteger(value) ? value : Number.NaN;
}
