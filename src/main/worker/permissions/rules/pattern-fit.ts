import { dirname } from 'node:path/posix';
import { type PermissionAsk, readPermissionAsk } from '../../../capture/permission-ask.ts';
import { judge } from './judge.ts';
import { literalPattern } from './glob.ts';
import { resolveSubject, type Subject } from './resolve-subject.ts';

/** A question as it was kept: its input is redacted. */
export interface KeptQuestion {
  tool: string;
  /** JSON. */
  input: string;
  cwd: string;
  /** The project's folder. */
  root: string;
  /** The pattern that fits exactly this. */
  pattern: string | null;
}

const mostProposed = 3;
/** It stands for a secret; one that was shown whole has no character in it that a shell reads in another way than these. */
const placeOfSecret = 'REDACTED';
const plainWord = /^[\w./:@=-]+$/;

/** Null when a rule with this pattern would have answered the question so; else a sentence that says which would have. */
export function patternFault(pattern: string, behavior: 'allow' | 'deny', question: KeptQuestion): string | null {
  const input: unknown = JSON.parse(question.input.replaceAll(/\[REDACTED:[a-z_]+\]/g, placeOfSecret));
  const ask = readPermissionAsk({ tool_name: question.tool, tool_input: input });
  // Of what was left out nobody can say what fits it.
  if (ask === null) return null;
  const { subject } = resolveSubject(ask.subject, question.cwd, question.root);
  const fits = (text: string) => isAnswered(text, behavior, ask, subject);
  if (fits(pattern)) return null;
  const better = [...new Set([question.pattern, ...wider(subject)])].filter((text) => text !== null && fits(text));
  const isLine = behavior === 'allow' && subject.kind === 'command' && subject.line.parts.length > 1;
  const proposed = better.slice(0, mostProposed).map((text) => `"${text}"`);
  const fitting =
    proposed.length === 0
      ? 'Only a rule for anything that this tool does would fit.'
      : `What fits: ${proposed.join(', ')}.`;
  const wayOut = isLine ? `Each command of the line has to fit. ${fitting}` : fitting;
  return `The pattern "${pattern}" does not fit this request, so the next one like it would be asked again. ${wayOut}`;
}

function isAnswered(pattern: string, effect: 'allow' | 'deny', { tool }: PermissionAsk, subject: Subject): boolean {
  const rule = { id: '', effect, tool: literalPattern(tool), pattern, isOfProject: true, message: null };
  return judge([rule], { tool, leavesSandbox: false }, subject)?.behavior === effect;
}

/** What a person may have meant: the command with other arguments, the folder, the host. */
function wider(subject: Subject): string[] {
  switch (subject.kind) {
    case 'command': {
      const [first = '', second = ''] = subject.line.parts[0]?.words ?? [];
      const patterns = [...(/^[^-]/.test(second) ? [`${first} ${second}*`] : []), `${first} *`, `${first}*`];
      return [first, second].every((word) => word === '' || (plainWord.test(word) && !word.includes(placeOfSecret)))
        ? patterns
        : [];
    }
    case 'path': {
      const [place] = subject.places;
      const folder = place === undefined ? null : dirname(place.within ?? place.path);
      return folder === null ? [] : [folder === '.' ? '**' : `${literalPattern(folder)}/**`];
    }
    case 'url':
      return subject.address === null ? [] : [`${literalPattern(subject.address.origin)}/*`];
    case 'text':
      return [];
  }
}
