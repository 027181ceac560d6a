import { classAt, dense, digit, joiner, lower, separator, upper, widthAt } from './characters.ts';
import { stem } from './stem.ts';

/**
 * How a term came about: a plain word; a part of an identifier; an identifier as a whole, without what joins it; two
 * neighbouring characters of a script without spaces; the last character of such a run; a run of one such character.
 */
export type TermKind = 'word' | 'part' | 'whole' | 'pair' | 'tail' | 'single';

/** Receives a term and its place [start, end) in the text. */
export type TermSink = (term: string, start: number, end: number, kind: TermKind) => void;

/** Longer words are cut: what is this long is data, and its beginning identifies it. */
const longestTerm = 64;
/** More alternations of letters and digits than this are a hash or base64: no parts worth finding. */
const mostPieces = 6;
const mostParts = 24;

/** Calls `sink` for every term of a text that is already in NFKC (see `normalise`). */
export function scanTerms(text: string, sink: TermSink): void {
  const length = text.length;
  let index = 0;
  while (index < length) {
    const kind = classAt(text, index);
    if (kind === separator || kind === joiner) {
      index += widthAt(text, index);
    } else if (kind === dense) {
      index = scanDense(text, index, sink);
    } else {
      index = scanWord(text, index, sink);
    }
  }
}

function scanDense(text: string, start: number, sink: TermSink): number {
  let previous = start;
  let index = start + widthAt(text, start);
  while (index < text.length && classAt(text, index) === dense) {
    const end = index + widthAt(text, index);
    sink(text.slice(previous, end), previous, end, 'pair');
    previous = index;
    index = end;
  }
  // With the last character alone in the index, every character of a run begins a term, and one character can be found.
  sink(text.slice(previous, index), previous, index, previous === start ? 'single' : 'tail');
  return index;
}

function isWordClass(kind: number): boolean {
  return kind === lower || kind === upper || kind === digit;
}

function scanWord(text: string, start: number, sink: TermSink): number {
  // Most words are a few small letters: they need none of the bookkeeping below.
  let plain = start;
  while (plain < text.length && isSmallAscii(text.charCodeAt(plain))) plain++;
  const next = plain < text.length ? classAt(text, plain) : separator;
  if (plain > start && (next === separator || next === dense)) {
    sink(makeTerm(text.slice(start, plain), true), start, plain, 'word');
    return plain;
  }
  return scanIdentifier(text, start, sink);
}

function isSmallAscii(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a;
}

function scanIdentifier(text: string, start: number, sink: TermSink): number {
  const bounds: number[] = [start];
  const dots: number[] = [];
  let index = start;
  let before = separator;
  let ascii = true;
  while (index < text.length) {
    const kind = classAt(text, index);
    const width = widthAt(text, index);
    if (isWordClass(kind)) {
      if (before !== separator && isBoundary(text, index, before, kind)) bounds.push(index, index);
      if (text.charCodeAt(index) > 0x7f) ascii = false;
      before = kind;
    } else if (kind === joiner && index + 1 < text.length && isWordClass(classAt(text, index + 1))) {
      // A dot between digits is part of a number: 1.2.3 is one term.
      const dot = text.charCodeAt(index) === 0x2e;
      if (!(dot && before === digit && classAt(text, index + 1) === digit)) {
        bounds.push(index, index + 1);
        if (dot) dots.push(index);
        before = separator;
      }
    } else {
      break;
    }
    index += width;
  }
  bounds.push(index);
  if (bounds.length === 2) {
    sink(makeTerm(text.slice(start, index), ascii), start, index, 'word');
  } else {
    emitIdentifier(text, bounds, dots, ascii, sink);
  }
  return index;
}

/** camelCase, ABCDef and letters beside digits. */
function isBoundary(text: string, index: number, before: number, kind: number): boolean {
  if (before === digit || kind === digit) return before !== kind;
  if (before === lower) return kind === upper;
  if (kind !== upper) return false;
  const after = index + widthAt(text, index);
  if (after >= text.length || classAt(text, after) !== lower) return false;
  // The plural of an acronym (`IDs`, `URLs`) is not a word that begins with its last letter.
  return !(text[after] === 's' && (after + 1 >= text.length || classAt(text, after + 1) === separator));
}

function emitIdentifier(text: string, bounds: number[], dots: number[], ascii: boolean, sink: TermSink): void {
  let segment = 0;
  for (const dot of [...dots, bounds.at(-1) ?? 0]) {
    let last = segment;
    while (last < bounds.length && (bounds[last + 1] ?? 0) < dot) last += 2;
    emitSegment(text, bounds, segment, last, ascii, dots.length === 0 ? 'only' : 'one of several', sink);
    segment = last + 2;
  }
  if (dots.length > 0) emitWhole(text, bounds, 0, bounds.length - 2, ascii, sink);
}

/** Parts `first` to `last` (indexes of their starts in `bounds`), and all of them as one term. */
function emitSegment(
  text: string,
  bounds: number[],
  first: number,
  last: number,
  ascii: boolean,
  place: 'only' | 'one of several',
  sink: TermSink,
): void {
  const pieces = (last - first) / 2 + 1;
  const isData = pieces > mostPieces && !hasJoinerEvery(bounds, first, last);
  if (!isData) {
    for (let part = first; part <= last && part < first + 2 * mostParts; part += 2) {
      const start = bounds[part] ?? 0;
      const end = bounds[part + 1] ?? 0;
      // One letter of an identifier says nothing; the whole carries it.
      if (end - start > 1 || (place === 'one of several' && pieces === 1)) {
        sink(makeTerm(text.slice(start, end), ascii), start, end, 'part');
      }
    }
  }
  if (pieces > 1) emitWhole(text, bounds, first, last, ascii, sink);
}

/** Whether at least every second boundary is a joiner or a change of case, as in names, and not of digits, as in hashes. */
function hasJoinerEvery(bounds: number[], first: number, last: number): boolean {
  const letters = (bounds[last + 1] ?? 0) - (bounds[first] ?? 0);
  return letters / ((last - first) / 2 + 1) >= 3;
}

function emitWhole(text: string, bounds: number[], first: number, last: number, ascii: boolean, sink: TermSink): void {
  let whole = '';
  for (let part = first; part <= last; part += 2) whole += text.slice(bounds[part], bounds[part + 1]);
  sink(makeTerm(whole, ascii, true), bounds[first] ?? 0, bounds[last + 1] ?? 0, 'whole');
}

function makeTerm(surface: string, ascii: boolean, isWhole = false): string {
  const word = (surface.length > longestTerm ? cut(surface) : surface).toLowerCase();
  if (!ascii) return foldMarks(word);
  const end = word.charCodeAt(word.length - 1);
  // Words that end in a digit have no suffix to lose, and the stemmer would not know what to do with dots.
  return end >= 0x61 && end <= 0x7a && word.length <= 40 && !word.includes('.') ? stem(word, isWhole) : word;
}

function cut(surface: string): string {
  return surface.slice(0, longestTerm - (widthAt(surface, longestTerm - 1) - 1));
}

/** `café` and `cafe` are one term. Folding may undo NFKC's composition; both sides of the index do it alike. */
function foldMarks(word: string): string {
  const folded = word
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/gu, '')
    .normalize('NFC');
  if (folded === '') return word;
  return /^[a-z]+$/u.test(folded) ? stem(folded, false) : folded;
}
