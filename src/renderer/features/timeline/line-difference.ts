import type { CodeLineView } from '../../ui/code-block.tsx';

/** Above this many cells the exact comparison would be felt; both sides are then shown whole. */
const mostCells = 250_000;

/** What changed between two texts, line by line: the longest common subsequence, in quadratic time on bounded input. */
export function lineDifference(before: string, after: string): CodeLineView[] {
  const left = before === '' ? [] : before.split('\n');
  const right = after === '' ? [] : after.split('\n');
  if (left.length * right.length > mostCells) return [...removed(left), ...added(right)];

  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        left[row] === right[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }

  const lines: CodeLineView[] = [];
  let row = 0;
  let column = 0;
  while (row < left.length || column < right.length) {
    if (row < left.length && column < right.length && left[row] === right[column]) {
      lines.push({ text: left[row] ?? '' });
      row += 1;
      column += 1;
    } else if (row < left.length && (column === right.length || at(row + 1, column) >= at(row, column + 1))) {
      lines.push(...removed([left[row] ?? '']));
      row += 1;
    } else {
      lines.push(...added([right[column] ?? '']));
      column += 1;
    }
  }
  return lines;
}

function removed(texts: readonly string[]): CodeLineView[] {
  return texts.map((text) => ({ text, tone: 'removed' }));
}

function added(texts: readonly string[]): CodeLineView[] {
  return texts.map((text) => ({ text, tone: 'added' }));
}
