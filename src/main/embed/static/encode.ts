import { continuationSeed, findToken, hashSeed, hashUnit, type VocabularyMemory } from './vocabulary.ts';

/** Of a word that is not in the vocabulary, so many characters are taken apart into pieces of at most so many. */
const longestWord = 32;
const longestPiece = 16;

const upper = 1;
const lower = 2;
const digit = 4;
const cjk = 8;
const alphanumeric = upper | lower | digit;
const [hash, plus, space] = [35, 43, 32];

/** What kind of character each UTF-16 unit is; 0 separates. */
const kinds = new Uint8Array(65_536);
kinds.fill(upper, 65, 91).fill(lower, 97, 123).fill(digit, 48, 58);
kinds.fill(cjk, 0x34_00, 0x4d_c0).fill(cjk, 0x4e_00, 0xa0_00);

/**
 * The tokeniser of the built-in model (section 2 of its specification), written as one pass over UTF-16 units instead of the
 * regular expressions there. The array that comes back is only good until the next call.
 */
export function createEncoder(vocabulary: VocabularyMemory, hasPhrases: boolean): (text: string) => Uint32Array {
  /** The text in its own case, and in lower case. */
  let own = new Uint16Array(4_096);
  let low = new Uint16Array(4_096);
  let ids = new Uint32Array(4_096);
  let phrase = new Uint16Array(256);
  let used = 0;
  /** The word before, for phrases; length 0 when there is none. */
  let wordFrom = 0;
  let wordLength = 0;

  function fill(text: string): number {
    const folded = isAscii(text) ? text : text.normalize('NFKD');
    if (own.length < folded.length) {
      own = new Uint16Array(folded.length * 2);
      low = new Uint16Array(folded.length * 2);
    }
    // A character gives at most its own id and that of a pair, a piece or a phrase that begins with it.
    if (ids.length < folded.length * 2) ids = new Uint32Array(folded.length * 4);
    let length = 0;
    for (let at = 0; at < folded.length; at++) {
      const unit = folded.charCodeAt(at);
      if (unit >= 0x03_00 && unit <= 0x03_6f) continue;
      own[length] = unit;
      low[length++] = kinds[unit] === upper ? unit + 32 : unit;
    }
    // What follows the end separates.
    own[length] = 0;
    return length;
  }

  const kindAt = (at: number, end: number): number => (at < end ? (kinds[own[at] ?? 0] ?? 0) : 0);

  function find(from: number, length: number): number {
    let state = hashSeed;
    for (let at = from; at < from + length; at++) state = hashUnit(state, low[at] ?? 0);
    return findToken(vocabulary, low, from, length, state, false);
  }

  function emitWord(id: number, from: number, length: number): void {
    ids[used++] = id;
    if (!hasPhrases) return;
    if (wordLength > 0) {
      const both = wordLength + 1 + length;
      if (phrase.length < both) phrase = new Uint16Array(both * 2);
      phrase.set(low.subarray(wordFrom, wordFrom + wordLength));
      phrase[wordLength] = space;
      phrase.set(low.subarray(from, from + length), wordLength + 1);
      let state = hashSeed;
      for (let at = 0; at < both; at++) state = hashUnit(state, phrase[at] ?? 0);
      const found = findToken(vocabulary, phrase, 0, both, state, false);
      if (found >= 0) ids[used++] = found;
    }
    wordFrom = from;
    wordLength = length;
  }

  function encodeCharacters(from: number, end: number): void {
    wordLength = 0;
    for (let at = from; at < end; at++) {
      const single = find(at, 1);
      if (single >= 0) ids[used++] = single;
      const pair = at + 1 < end ? find(at, 2) : -1;
      if (pair >= 0) ids[used++] = pair;
    }
  }

  function encodeRun(from: number, end: number): void {
    const whole = find(from, end - from);
    if (whole >= 0) return emitWord(whole, from, end - from);
    for (let at = from; at < end;) {
      const next = partEnd(at, end);
      // The marks of c++ and c# belong to no part.
      if (next === at) at++;
      else encodePart(at, next);
      at = Math.max(at, next);
    }
  }

  /** Where the part of an identifier that begins at `at` ends: an acronym, a word with or without its capital, a number. */
  function partEnd(at: number, end: number): number {
    const first = kindAt(at, end);
    let next = at;
    if (first === upper) {
      while (kindAt(next, end) === upper) next++;
      // The last capital before small letters begins their word.
      if (kindAt(next, end) !== lower) return next;
      if (next - at > 1) return next - 1;
      while (kindAt(next, end) === lower) next++;
      return next;
    }
    while (first !== 0 && kindAt(next, end) === first) next++;
    return next;
  }

  function encodePart(from: number, end: number): void {
    const whole = end - from === 0 ? -1 : find(from, end - from);
    if (whole >= 0) return emitWord(whole, from, end - from);
    wordLength = 0;
    const last = Math.min(end, from + longestWord);
    for (let at = from; at < last;) at += Math.max(1, emitPiece(at, last, at > from));
  }

  const states = new Int32Array(longestPiece + 1);

  /** Emits the longest piece at `at` and returns its length; 0 when there is none. */
  function emitPiece(at: number, last: number, continues: boolean): number {
    const longest = Math.min(last - at, longestPiece);
    states[0] = continues ? continuationSeed : hashSeed;
    for (let length = 1; length <= longest; length++) {
      states[length] = hashUnit(states[length - 1] ?? 0, low[at + length - 1] ?? 0);
    }
    for (let length = longest; length > 0; length--) {
      const id = findToken(vocabulary, low, at, length, states[length] ?? 0, continues);
      if (id < 0) continue;
      ids[used++] = id;
      return length;
    }
    return 0;
  }

  /** Where the run that begins at `at` ends; C++, C# and F# are runs of their own. */
  function runEnd(at: number, end: number): number {
    const first = low[at];
    if (first === 99 && own[at + 1] === plus && own[at + 2] === plus && at + 2 < end) return at + 3;
    const isSharp = (first === 99 || first === 102) && own[at + 1] === hash && at + 1 < end;
    if (isSharp && (kindAt(at + 2, end) & alphanumeric) === 0) return at + 2;
    let next = at;
    while ((kindAt(next, end) & alphanumeric) !== 0) next++;
    return next;
  }

  return (text) => {
    const end = fill(text);
    used = 0;
    wordLength = 0;
    for (let at = 0; at < end;) {
      const kind = kindAt(at, end);
      let next = at + 1;
      if ((kind & alphanumeric) !== 0) {
        next = runEnd(at, end);
        encodeRun(at, next);
      } else if (kind === cjk) {
        while (kindAt(next, end) === cjk) next++;
        encodeCharacters(at, next);
      }
      at = next;
    }
    return ids.subarray(0, used);
  };
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}
