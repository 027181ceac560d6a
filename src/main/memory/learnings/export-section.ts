import { learningCategories, type LearningCategory, type LearningView } from '../../../shared/learning-views.ts';

export const beginMark = '<!-- claude-mem:begin -->';
export const endMark = '<!-- claude-mem:end -->';

const titles: Readonly<Record<LearningCategory, string>> = {
  solution: 'Solved problems',
  best_practice: 'Best practices',
  pitfall: 'Pitfalls',
  preference: 'Preferences',
  convention: 'Conventions',
  decision: 'Decisions',
  workflow: 'Workflows',
  fact: 'Facts',
};

/** The section of a CLAUDE.md that says these learnings, grouped by category, pinned first, then in the order in which they were made. */
export function exportSection(learnings: readonly LearningView[]): { text: string; count: number } {
  const groups = learningCategories.flatMap((category) => {
    const lines = learnings
      .filter((learning) => learning.category === category)
      .toSorted((a, b) => Number(b.pinned) - Number(a.pinned))
      .map(line);
    return lines.length === 0 ? [] : [`### ${titles[category]}\n\n${lines.join('\n')}`];
  });
  const text = [beginMark, '## Learned', ...groups, endMark].join('\n\n');
  return { text, count: learnings.length };
}

function line({ statement, scope, path }: LearningView): string {
  const said = withoutImports(onOneLine(statement));
  return scope === 'path' && path !== null
    ? `- ${said} (below \`${onOneLine(path).replaceAll('`', '')}\`)`
    : `- ${said}`;
}

/** A text must neither end its line nor the section. */
function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('<!--', '‹!--').replaceAll('-->', '--›').trim();
}

/** Claude Code reads the file that a CLAUDE.md names behind an @, but not inside code marks. */
function withoutImports(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, position) => (position % 2 === 1 ? part : part.replaceAll(/(?<![\w`])@[^\s`,;，。；）)]+/g, '`$&`')))
    .join('');
}
