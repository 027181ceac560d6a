import type { Piece } from '../../ai/budget.ts';
import { tellableTurns } from './candidates.ts';
import type { SummaryFacts } from './facts.ts';
import type { WeekFacts } from './summarise-week.ts';

/** What a model is told of a turn or session, each part with its importance; what people did not want to be remembered is left out. */
export function materialOf(facts: SummaryFacts): Piece[] {
  const parts: Omit<Piece, 'order'>[] = [];
  const add = (importance: number, text: string) => void parts.push({ importance, text });
  if (facts.compaction !== null) add(0.8, `The agent's own summary of what came before:\n${facts.compaction.text}`);
  for (const { turn } of tellableTurns(facts)) {
    if (turn.asked !== '') add(0.95, `The person: ${turn.asked}`);
    const isOver = turn.said.some(({ isFinal }) => isFinal);
    for (const { text, isFinal } of turn.said) {
      add(isFinal ? 0.85 : isOver ? 0.25 : 0.6, `The agent${isFinal ? ', in the end' : ''}: ${text}`);
    }
  }
  const { work } = facts;
  const list = (importance: number, title: string, lines: readonly string[]) => {
    if (lines.length > 0) add(importance, `${title}:\n${lines.map((line) => `- ${line}`).join('\n')}`);
  };
  list(
    0.75,
    'Files that were changed',
    work.changed.map(({ path, edits, isNew }) => `${path} (${isNew ? 'new, ' : ''}${edits} edits)`),
  );
  list(
    0.8,
    'Commands by their last run',
    work.commands.map(
      ({ command, label, outcome, note, failedBefore }) =>
        `${command}${label === command ? '' : ` (${label})`}: ${outcome}${note === null ? '' : `, ${note}`}${failedBefore === null ? '' : `; failed before: ${failedBefore}`}`,
    ),
  );
  list(0.75, 'Commits', work.commits);
  list(0.8, 'Open tasks of the todo list', work.openTasks);
  list(
    0.5,
    'Work of subagents',
    work.delegated.map(({ task, result }) => `${task}: ${result}`),
  );
  list(0.35, 'Files that were read', work.read);
  list(
    0.3,
    'Searches',
    work.searches.map(({ pattern, found }) => (found === null ? pattern : `${pattern}: ${found} found`)),
  );
  list(0.35, 'Looked up', work.researched);
  if (facts.ending !== 'answered') add(0.9, 'The last turn came to no answer.');
  return parts.map((part, order) => ({ ...part, order }));
}

export function materialOfWeek({ sessions }: WeekFacts): Piece[] {
  const most = Math.max(1, ...sessions.map(({ weight }) => weight));
  return sessions.map(({ content, weight }, order) => {
    const lines = (title: string, texts: readonly string[]) =>
      texts.length === 0 ? [] : [`${title}:`, ...texts.map((text) => `- ${text}`)];
    const text = [
      `Session: ${content.title}`,
      ...(content.request === null ? [] : [`Asked: ${content.request}`]),
      ...lines('Done', content.done),
      ...lines('Learned', content.learned),
      ...lines('Open', content.open_ends),
      ...lines('Key points', content.key_points),
    ].join('\n');
    return { text, order, importance: 0.4 + (0.6 * weight) / most };
  });
}
