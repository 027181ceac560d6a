import { fill } from '../../../shared/messages/fill.ts';
import type { SearchHit } from '../../../shared/search-views.ts';
import type { CliContext } from '../cli-context.ts';
import { table } from '../layout.ts';
import { styled } from '../terminal.ts';

const voices = ['observation', 'window', 'session', 'vector'] as const;
const boosts = ['recency', 'importance', 'pinned', 'project', 'graph', 'feedback'] as const;

/** Lines that say what each voice and boost gave to the score of a hit. */
export function explained(hit: SearchHit, { terminal, text }: CliContext): string[] {
  const messages = text.search;
  const heard = voices.flatMap((name) => {
    const { raw, normalized, weight } = hit.voices[name];
    if (raw === 0 && normalized === 0) return [];
    const product = `${normalized.toFixed(3)} × ${weight.toFixed(3)}`;
    return [[messages.voices[name], raw.toFixed(2), product, signed(normalized * weight)]];
  });
  const raised = boosts.flatMap((name) => {
    const value = hit.boosts[name];
    return value === 0 ? [] : [[messages.boosts[name], '', '', signed(value)]];
  });
  const score = [fill(messages.score, { score: hit.score.toFixed(3) }), '', '', ''];
  const { count } = hit.collapsed;
  const more = count === 0 ? [] : [fill(messages.collapsed, { count })];
  const lines = [...table([...heard, ...raised, score]).split('\n'), ...more];
  return lines.map((line) => styled(terminal, 'dim', `    ${line}`));
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}
