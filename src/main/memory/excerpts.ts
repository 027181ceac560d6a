import { textOf } from '../../shared/text-of.ts';

/**
 * Terminal escape sequences (ECMA-48 §5.4 and §5.6): control sequences such as colours and cursor moves, control strings such as titles
 * and links up to their terminator, and the short ones. One that the end of a line or text cuts off counts too.
 * Not node:util's stripVTControlCharacters: it takes the letter after ESC 7 with it and knows no control strings but titles and links.
 */
const escapeSequence =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /\u001B(?:\[[0-?]*[ -/]*[@-~]?|[PX\]^_][^\u0007\u001B\r\n]*(?:\u0007|\u001B\\)?|[ -/]*[0-~]?)/g;

/** The value's text as a person reads it, without terminal escape sequences; empty when it is no text. The ledger keeps the raw one. */
export function plainText(value: unknown): string {
  const text = textOf(value);
  return text.includes('\u001B') ? text.replaceAll(escapeSequence, '') : text;
}

/** The first line with something on it, shortened to `longest` code units at a whole character. */
export function firstLine(text: string, longest = 160): string {
  const line = /\S[^\n]*/.exec(text)?.[0] ?? '';
  return shorten(line.trim(), longest);
}

/** At most `longest` code units, the ellipsis among them; never half a character. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text
    .slice(0, longest - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trimEnd()}…`;
}

/** Beginning and end of a long text, in code units, for what is searched and read; the ledger keeps more. */
export function headAndTail(text: string, head: number, tail: number): string {
  if (text.length <= head + tail) return text.trim();
  // slice(-0) would be the whole text.
  const end = tail === 0 ? '' : text.slice(-tail);
  return `${text.slice(0, head)}\n…\n${end}`.toWellFormed().trim();
}
