import type { ContextLine, ContextSection } from '../../../shared/context-views.ts';

/** The most of the budget that one section takes while others still have lines. */
const shares: Record<ContextSection, number> = {
  rules: 0.35,
  remembered: 0.25,
  notes: 0.35,
  progress: 0.7,
  threads: 0.35,
  sessions: 0.55,
  relevant: 0.35,
  observations: 0.3,
  recall: 1,
  file: 1,
};
/** Added to each line's tokens when lines are compared, so that many tiny lines do not push out the one that explains. */
const weighOfALine = 30;
/** Each further line of a section is worth that much less, so that no section tells everything before another tells anything. */
const diminishing = 0.93;

export interface Budget {
  tokens: number;
  characters: number;
  /** What a section costs besides its lines. */
  headingOf(section: ContextSection): { tokens: number; characters: number };
}

/**
 * Greedy knapsack: the line with the most value per token next, until none fits. First within the sections' shares, then what is
 * left goes to the best of the rest. Returns positions in `lines`, in their order.
 */
export function chooseLines(lines: readonly ContextLine[], budget: Budget): number[] {
  const taken = new Set<number>();
  const counts = new Map<ContextSection, { lines: number; tokens: number }>();
  let { tokens, characters } = budget;

  function costOf(line: ContextLine): { tokens: number; characters: number } {
    const heading = counts.has(line.section) ? { tokens: 0, characters: 0 } : budget.headingOf(line.section);
    return { tokens: line.tokens + heading.tokens, characters: line.text.length + 1 + heading.characters };
  }

  function best(withinShares: boolean): number {
    let found = -1;
    let highest = 0;
    for (const [position, line] of lines.entries()) {
      if (taken.has(position)) continue;
      const section = counts.get(line.section) ?? { lines: 0, tokens: 0 };
      const cost = costOf(line);
      if (cost.tokens > tokens || cost.characters > characters) continue;
      if (withinShares && section.tokens + cost.tokens > shares[line.section] * budget.tokens) continue;
      const worth = (line.value * diminishing ** section.lines) / (line.tokens + weighOfALine);
      if (worth > highest) [found, highest] = [position, worth];
    }
    return found;
  }

  for (const withinShares of [true, false]) {
    for (let position = best(withinShares); position >= 0; position = best(withinShares)) {
      const line = lines[position];
      if (line === undefined) break;
      const cost = costOf(line);
      const section = counts.get(line.section) ?? { lines: 0, tokens: 0 };
      counts.set(line.section, { lines: section.lines + 1, tokens: section.tokens + cost.tokens });
      tokens -= cost.tokens;
      characters -= cost.characters;
      taken.add(position);
    }
  }
  return [...taken].toSorted((one, other) => one - other);
}
