/** One measured number, beside what a bare server did in the same run and what the design wants. */
export interface Figure {
  name: string;
  unit: string;
  value: number;
  baseline?: { name: string; value: number };
  target?: { kind: 'at most' | 'at least'; value: number };
}

/** Whether the figure reaches its target; null when it has none. */
export function isMet({ value, target }: Figure): boolean | null {
  if (target === undefined) return null;
  return target.kind === 'at most' ? value <= target.value : value >= target.value;
}

/** The value below which the given share (0 to 1) of the samples lies: nearest rank. NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

const rounded = (value: number) => (Math.abs(value) >= 100 ? Math.round(value).toString() : value.toPrecision(3));

/** A table for the terminal. */
export function toTable(figures: readonly Figure[]): string {
  const verdicts = { true: 'yes', false: 'NO', null: '' };
  const rows = figures.map((figure) => [
    figure.name,
    `${rounded(figure.value)} ${figure.unit}`,
    figure.baseline === undefined ? '' : `${rounded(figure.baseline.value)} ${figure.unit} (${figure.baseline.name})`,
    figure.target === undefined ? '' : `${figure.target.kind} ${figure.target.value}`,
    verdicts[`${isMet(figure)}`],
  ]);
  const table = [['figure', 'measured', 'baseline of this run', 'target', 'met'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
