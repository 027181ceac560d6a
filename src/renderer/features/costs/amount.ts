/** The amount that somebody typed, with a point or a comma; null for an empty field, NaN for what is no amount. */
export function parseAmount(text: string): number | null {
  const written = text
    .trim()
    .replace(/^(?:US)?\$\s*/i, '')
    .replace(',', '.');
  if (written === '') return null;
  return /^(?:\d+\.?\d*|\.\d+)$/.test(written) ? Number(written) : Number.NaN;
}

/** Whether an amount that was typed can be kept. */
export function isAmount(value: number | null, most: number): boolean {
  return value === null || (Number.isFinite(value) && value >= 0 && value <= most);
}
