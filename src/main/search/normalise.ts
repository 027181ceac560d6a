const onlyAscii = /^[\0-\x7f]*$/u;
/** A character with what combines with it: marks, joiners and the vowels and finals of conjoining hangul. */
const cluster = /\P{M}[\p{M}\u1160-\u11ff\uff9e\uff9f]*|\p{M}+/gu;

/** NFKC: full-width letters, ligatures and half-width kana become what they stand for. */
export function normalise(text: string): string {
  return onlyAscii.test(text) ? text : text.normalize('NFKC');
}

export interface NormalisedText {
  text: string;
  /** Where the character at an index of `text` begins in the original; one more entry for the end. */
  originAt(index: number): number;
}

/** The same, remembering where each character came from. */
export function normaliseWithOrigins(original: string): NormalisedText {
  const whole = normalise(original);
  if (whole === original) return { text: original, originAt: (index) => index };
  let text = '';
  const origins: number[] = [];
  for (const match of original.matchAll(cluster)) {
    const made = match[0].normalize('NFKC');
    for (let unit = 0; unit < made.length; unit++) origins.push(match.index);
    text += made;
  }
  origins.push(original.length);
  return { text, originAt: (index) => origins[index] ?? original.length };
}
