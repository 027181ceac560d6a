import { classAt, dense, digit, joiner, separator, widthAt } from '../characters.ts';
import { normalise } from '../normalise.ts';

const ascii = /^[\0-\x7f]*$/u;
/** A dot between digits is part of the number, as in the terms of the index. */
const asciiBreak = /(?:[^a-z0-9.]|(?<!\d)\.|\.(?!\d))+/gu;
const combiningMarks = /[\u0300-\u036f]/gu;

/**
 * A text as phrases are compared: full and half width alike, in lower case, without accents, and one space for whatever
 * stands between words, at both ends, and between words and scripts without spaces.
 */
export function canonical(text: string): string {
  if (ascii.test(text)) return ` ${text.toLowerCase().replaceAll(asciiBreak, ' ').trim()} `;
  const folded = normalise(text).toLowerCase().normalize('NFD').replaceAll(combiningMarks, '').normalize('NFC');
  let made = ' ';
  let before = separator;
  for (let index = 0; index < folded.length;) {
    const width = widthAt(folded, index);
    const kind = isNumberDot(folded, index) ? digit : classAt(folded, index);
    const isBreak = kind === separator || kind === joiner;
    if ((isBreak || (kind === dense) !== (before === dense)) && !made.endsWith(' ')) made += ' ';
    if (!isBreak) made += folded.slice(index, index + width);
    before = isBreak ? separator : kind;
    index += width;
  }
  return made.endsWith(' ') ? made : `${made} `;
}

function isNumberDot(text: string, index: number): boolean {
  return text[index] === '.' && index > 0 && classAt(text, index - 1) === digit && classAt(text, index + 1) === digit;
}

/** Whether there is anything in the text that can be looked for. */
export function hasTerms(text: string): boolean {
  return canonical(text).trim() !== '';
}

/** Finds a phrase in texts: whole words, but any part of a run without spaces. */
export function phraseMatcher(phrase: string): (text: string) => boolean {
  const needle = phraseNeedle(phrase);
  const words = ascii.test(needle) ? needle.trim().split(' ') : [];
  return (text) => {
    // Most fields do not hold the words at all, and to see that costs a twentieth.
    if (words.length > 0 && ascii.test(text)) {
      const lower = text.toLowerCase();
      if (!words.every((word) => lower.includes(word))) return false;
    }
    return canonical(text).includes(needle);
  };
}

function phraseNeedle(phrase: string): string {
  const needle = canonical(phrase);
  const last = needle.length - 2;
  const isLow = last > 0 && widthAt(needle, last - 1) === 2;
  const endsDense = classAt(needle, isLow ? last - 1 : last) === dense;
  return needle.slice(classAt(needle, 1) === dense ? 1 : 0, endsDense ? -1 : undefined);
}
