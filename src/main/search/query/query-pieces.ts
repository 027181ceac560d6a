import { operatorNamed } from './operators.ts';

/** What stands between two spaces, or in quotes. */
export interface Piece {
  start: number;
  end: number;
  /** It begins with a minus. */
  negated: boolean;
  /** What stands before a colon when that names an operator, as it was written. */
  key: string | null;
  /** The quoted text, or the values after the colon, or the word without its minus; none is empty. */
  values: string[];
  /** Where the first value stands, quotes not included. */
  valueStart: number;
  valueEnd: number;
  isQuoted: boolean;
}

const closers = new Map([
  ['"', '"'],
  ['＂', '＂'],
  ['“', '”'],
  ['「', '」'],
  ['『', '』'],
]);
const plainQuotes = '"＂';
const space = /\s/u;
const keyPattern = /([a-z]{2,8}|[\u4e00-\u9fff]{1,3})[:：](?!\/\/)/iuy;
const afterQuote = /[\s,.;!?，。；！？、)）\]]/u;

/** The piece that begins at the first character from `at` on that is no space; it is empty at the end of the text. */
export function readPiece(text: string, at: number): Piece {
  let start = at;
  while (start < text.length && space.test(text[start] ?? '')) start++;
  const negated = /[-－]/u.test(text[start] ?? '') && isValueStart(text, start + 1);
  const from = negated ? start + 1 : start;
  const piece = { start, negated, key: null, valueStart: from };
  const quoted = readQuoted(text, from);
  if (quoted !== null) {
    const { value, end } = quoted;
    return { ...piece, end, values: [value], valueStart: from + 1, valueEnd: end - 1, isQuoted: true };
  }
  const keyed = readKeyed(text, from);
  if (keyed !== null) return { ...piece, ...keyed };
  const end = wordEnd(text, from);
  return { ...piece, end, values: [text.slice(from, end)], valueEnd: end, isQuoted: false };
}

function isValueStart(text: string, at: number): boolean {
  return /[\p{L}\p{N}\p{M}_.@#/"＂“「『]/u.test(String.fromCodePoint(text.codePointAt(at) ?? 32));
}

/** Quoted text that is closed; what is empty or goes on behind the quote, as in JSON, is no phrase. */
function readQuoted(text: string, at: number): { value: string; end: number } | null {
  const opener = text[at] ?? '';
  const closer = closers.get(opener);
  if (closer === undefined) return null;
  const close = text.indexOf(closer, at + 1);
  const value = text.slice(at + 1, close);
  if (close < 0 || value.trim() === '') return null;
  const next = text[close + 1] ?? ' ';
  if (plainQuotes.includes(opener) && !afterQuote.test(next)) return null;
  return { value, end: close + 1 };
}

function readKeyed(
  text: string,
  at: number,
): Pick<Piece, 'key' | 'values' | 'end' | 'valueStart' | 'valueEnd' | 'isQuoted'> | null {
  keyPattern.lastIndex = at;
  const match = keyPattern.exec(text);
  const key = match?.[1];
  if (match === null || key === undefined || operatorNamed(key) === undefined) return null;
  const from = at + match[0].length;
  const values: string[] = [];
  const first = readQuoted(text, from);
  let end = from;
  for (;;) {
    const quoted = readQuoted(text, end);
    const stop = quoted?.end ?? valueEnd(text, end);
    const value = quoted?.value ?? text.slice(end, stop);
    if (value.trim() !== '') values.push(value.trim());
    end = stop;
    if (!/[,，、]/u.test(text[end] ?? '') || !isValueStart(text, end + 1)) break;
    end++;
  }
  if (values.length === 0) return null;
  const isQuoted = first !== null && values.length === 1;
  return { key, values, end, valueStart: isQuoted ? from + 1 : from, valueEnd: isQuoted ? end - 1 : end, isQuoted };
}

function valueEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !/[\s,，、]/u.test(text[end] ?? '')) end++;
  return end;
}

/** A quote of two different marks begins a phrase in the middle of a text too, as Chinese has no spaces. */
function wordEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length) {
    const character = text[end] ?? '';
    if (space.test(character)) break;
    if (/[“「『]/u.test(character) && readQuoted(text, end) !== null) break;
    end++;
  }
  return Math.min(end, text.length);
}
