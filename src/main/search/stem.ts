import { stemmer } from 'stemmer';

/** Stems are asked for again and again; the table is emptied rather than aged, which costs less than keeping an order. */
const mostStems = 30_000;
const stems = new Map<string, string>();

/** Porter stem of a lower-case word of ASCII letters; identifiers as a whole are too many to remember. */
export function stem(word: string, isWhole: boolean): string {
  if (word.length < 3) return word;
  if (isWhole) return stemmer(word);
  const known = stems.get(word);
  if (known !== undefined) return known;
  const made = stemmer(word);
  if (stems.size >= mostStems) stems.clear();
  stems.set(word, made);
  return made;
}
