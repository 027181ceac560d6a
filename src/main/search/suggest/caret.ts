import { classAt, dense } from '../characters.ts';
import { operatorNamed } from '../query/operators.ts';
import type { OperatorKey } from '../query/operators.ts';

/** What is being typed. */
export interface TypedWord {
  /** Where the word, with its key, begins and ends in the text; what follows the caret without a space belongs to it. */
  start: number;
  end: number;
  /** As it stands before the caret, without minus, key and quote. */
  prefix: string;
  /** A minus stands before it. */
  negated: boolean;
  key: OperatorKey | null;
  /** The key and its colon as they were typed, and values before this one: what an insertion has to keep. */
  kept: string;
}

const keyed = /^([a-z]{2,8}|[\u4e00-\u9fff]{1,3})([:：])(.*)$/isu;

/** The word at the caret; null within quotes that were opened before it, where what is typed is to be taken literally. */
export function wordAtCaret(text: string, caret: number): TypedWord | null {
  const before = text.slice(0, caret);
  let start = before.length;
  while (start > 0 && !/\s/u.test(before[start - 1] ?? '')) start--;
  let end = caret;
  while (end < text.length && !/\s/u.test(text[end] ?? '')) end++;
  if (isQuoted(before, start)) return null;
  const typed = before.slice(start);
  const negated = /^[-－]/u.test(typed);
  const word = negated ? typed.slice(1) : typed;
  const from = negated ? start + 1 : start;
  const parts = keyed.exec(word);
  const key = parts === null ? undefined : operatorNamed(parts[1] ?? '');
  if (parts !== null && key !== undefined) {
    const value = parts[3] ?? '';
    const last = Math.max(value.lastIndexOf(','), value.lastIndexOf('，'), value.lastIndexOf('、')) + 1;
    const kept = `${parts[1] ?? ''}${parts[2] ?? ''}${value.slice(0, last)}`;
    return { start: from, end, prefix: value.slice(last).replace(/^["“]/u, ''), negated, key, kept };
  }
  return { start: from, end, prefix: word, negated, key: null, kept: '' };
}

/** Whether a quote that was opened at the beginning of a word before `start` is still open there. */
function isQuoted(before: string, start: number): boolean {
  let open = false;
  for (let index = 0; index < before.length; index++) {
    if (before[index] !== '"') continue;
    if (open) open = false;
    else open = index === 0 || index <= start ? /[\s-]|^$/u.test(before[index - 1] ?? '') : false;
  }
  return open;
}

/** The run of a script without spaces that ends the prefix; empty when it ends with another. */
export function denseTail(prefix: string): string {
  let from = prefix.length;
  while (from > 0 && classAt(prefix, from - 1) === dense) from--;
  return prefix.slice(from);
}
