import { shorten } from '../../ai/budget.ts';
import { estimateTokens } from '../../../shared/tokens.ts';
import type { Passage } from './passage.ts';

/** Of one source; the best sentences stand in its excerpt already. */
const mostOfSource = 900;
const leastOfSource = 60;

/**
 * Sources for a model, numbered as they are cited, the best first, within a budget of tokens. What is recorded cannot pass for
 * a source of its own: numbers in square brackets at the beginning of a line are put into round ones.
 */
export function materialOf(passages: readonly Passage[], budgetTokens: number): string {
  const entries: string[] = [];
  let left = budgetTokens;
  for (const [place, passage] of passages.entries()) {
    const head = `[${place + 1}] ${headOf(passage)}`;
    const room = Math.min(mostOfSource, left - estimateTokens(head));
    if (room < leastOfSource) break;
    const entry = `${head}\n${shorten(unnumbered(passage.text), room)}`;
    left -= estimateTokens(entry);
    entries.push(entry);
  }
  return entries.join('\n\n');
}

function headOf({ kind, title, sessionTitle, projectName, occurredAt, about }: Passage): string {
  const day = new Date(occurredAt).toISOString().slice(0, 10);
  const session = sessionTitle === null || sessionTitle === title ? '' : `, session “${oneLine(sessionTitle)}”`;
  const asked = about === '' || about === title ? '' : `\nAbout: ${unnumbered(oneLine(about))}`;
  return `${kind}, ${day}, project ${oneLine(projectName ?? 'none')}${session}: ${oneLine(title)}${asked}`;
}

function oneLine(text: string): string {
  return unnumbered(text.replaceAll(/\s+/g, ' ').trim().slice(0, 300).toWellFormed());
}

function unnumbered(text: string): string {
  return text.replaceAll(/[[【](\s*\d{1,3}\s*)[\]】]/g, '($1)').toWellFormed();
}
