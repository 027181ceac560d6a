/**
 * From here on two names are tied: of 38 pairs of errors then 93 % are the same one, and 74 % of those that are the same are found
 * (node bench/graph/main.ts --likeness). Rather too few ties than wrong ones.
 */
export const likenessThreshold = 0.8;

/** What a name is looked up by: names without a key in common are not alike enough to be compared. */
export function likenessKeys(kind: 'error' | 'concept' | 'file', key: string): string[] {
  if (kind === 'error') return [...wordsOf(key)];
  const whole = kind === 'file' ? fileStem(key) : nameParts(key);
  return whole === '' ? [] : [whole];
}

/**
 * How alike two names of a kind are that have a key in common, 0 to 1: for errors the overlap of their words (Dice), for names
 * out of code and for files whether they are one name written in two ways.
 */
export function likeness(kind: 'error' | 'concept' | 'file', one: string, other: string): number {
  if (kind !== 'error') return likenessKeys(kind, one)[0] === likenessKeys(kind, other)[0] ? 1 : 0;
  const [mine, theirs] = [wordsOf(one), wordsOf(other)];
  if (mine.size < 3 || theirs.size < 3) return 0;
  // Another code is another error, however alike the rest is.
  if (codesOf(one) !== codesOf(other)) return 0;
  return (2 * [...mine].filter((word) => theirs.has(word)).length) / (mine.size + theirs.size);
}

function wordsOf(signature: string): Set<string> {
  const words = signature
    .replaceAll(/<\w+>/g, ' ')
    .toLowerCase()
    .match(/[\p{L}\p{N}_]+/gu);
  return new Set((words ?? []).flatMap((word) => (/\p{Script=Han}/u.test(word) ? bigrams(word) : [word])));
}

function bigrams(word: string): string[] {
  const characters = [...word];
  return characters.length < 2
    ? characters
    : characters.slice(1).map((second, place) => (characters[place] ?? '') + second);
}

/** Names of classes and codes that say which error it is. */
function codesOf(signature: string): string {
  return [...signature.matchAll(/\b(?:[A-Z]\w*(?:Error|Exception)|E[A-Z]{4,}|[A-Z]+_[A-Z_]+|[A-Z]{1,3}\d{3,5})\b/g)]
    .map(([code]) => code)
    .toSorted()
    .join(' ');
}

/** `busy_timeout`, `busyTimeout` and `BUSY-TIMEOUT` are one. A single word has no other way to be written. */
function nameParts(name: string): string {
  const parts = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return parts.length < 2 ? '' : parts.join(' ');
}

/** `src/lock.test.ts` and `src/lock.ts`; names that stand in every folder are nobody's test. */
function fileStem(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const stem = name.replace(/^test_/, '').replace(/(?:[._-](?:test|spec|e2e|bench))?\.[^.]+$/i, '');
  return /^(?:index|main|mod|lib|readme|package|types?|utils?|__init__|setup|config)?$/i.test(stem) ? '' : stem;
}
