import type { ContextLine, ContextPreview, ContextSection } from '../../../shared/context-views.ts';
import { estimateTokens } from '../../../shared/tokens.ts';
import type { Candidate } from './candidate.ts';
import { chooseLines, type Budget } from './choose-lines.ts';

/** Claude Code cuts a hook's text above 10,000 characters into a file and a preview. */
export const longestContext = 9_500;

export interface Plan {
  /** What the text begins with. */
  heading: string;
  headings: Partial<Record<ContextSection, string>>;
  /** In the order in which they are to stand; sections in the order of their first line. */
  lines: readonly Candidate[];
  budgetTokens: number;
  /** At most so many lines. */
  mostLines?: number;
  /** At most so many characters; what Claude Code takes unless said otherwise. */
  longest?: number;
}

/** The lines that fit, as the text that is handed over; empty when there are none. */
export function assemble({
  heading,
  headings,
  lines,
  budgetTokens,
  mostLines,
  longest = longestContext,
}: Plan): ContextPreview {
  const headingOf = (section: ContextSection) => headings[section] ?? '';
  const start = `${heading}\n`;
  const known = distinct(lines);
  const given = fitting(known, {
    tokens: budgetTokens - estimateTokens(start) - 1,
    characters: longest - start.length,
    headingOf: (section) => {
      const text = headingOf(section);
      return text === ''
        ? { tokens: 0, characters: 0 }
        : { tokens: estimateTokens(text) + 1, characters: text.length + 2 };
    },
  }).slice(0, mostLines);
  const parts = [...Map.groupBy(given, (line) => line.section)].map(([section, group]) => {
    const body = group.map((line) => line.text).join('\n');
    const title = headingOf(section);
    return { section, group, text: title === '' ? body : `\n${title}\n${body}` };
  });
  const text = parts.length === 0 ? '' : `${start}${parts.map((part) => part.text).join('\n')}\n`;
  return {
    text,
    characters: text.length,
    tokens: estimateTokens(text),
    budget_tokens: budgetTokens,
    sections: parts.map((part) => ({
      name: part.section,
      lines: part.group.length,
      tokens: part.group.reduce((sum, line) => sum + line.tokens, 0),
    })),
    lines: given,
    left_out: known.length - given.length,
    enabled: true,
  };
}

/** What would be given where nothing may be. */
export function nothing(budgetTokens: number, enabled: boolean): ContextPreview {
  return {
    text: '',
    characters: 0,
    tokens: 0,
    budget_tokens: budgetTokens,
    sections: [],
    lines: [],
    left_out: 0,
    enabled,
  };
}

/** The lines that fit; when some do not, those among them that can be said in fewer words are tried so. */
function fitting(lines: readonly Candidate[], budget: Budget): ContextLine[] {
  const chosen = chooseLines(lines, budget);
  const fits = new Set(chosen);
  const shorter = lines.map((line, position) => (fits.has(position) ? line : (line.brief ?? line)));
  const isSame = shorter.every((line, position) => line === lines[position]);
  return (isSame ? chosen : chooseLines(shorter, budget)).flatMap((position) => withoutBrief(shorter[position]));
}

function withoutBrief(line: Candidate | undefined): ContextLine[] {
  if (line === undefined) return [];
  const { brief: _brief, ...told } = line;
  return [told];
}

/** The same fact is told once, in the first section that has it. */
function distinct(lines: readonly Candidate[]): Candidate[] {
  const texts = new Set<string>();
  const observations = new Set<string>();
  return lines.filter((line) => {
    const isKnown = texts.has(line.text) || (line.observation_id !== null && observations.has(line.observation_id));
    texts.add(line.text);
    if (line.observation_id !== null) observations.add(line.observation_id);
    return !isKnown;
  });
}
