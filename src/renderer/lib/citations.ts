export type CitedPart = { kind: 'text'; text: string } | { kind: 'citation'; number: number };

/** [1], [1, 3] and [2-4]; Chinese answers also write 【1】 and ［1、3］. */
const mark = /[[［【]\s*(\d{1,3}(?:\s*[-–,，、;]\s*\d{1,3})*)\s*[\]］】]/g;
const unfinished = /[[［【][\s\d\-–,，、;]*$/;
/** A range that is longer is no list of sources. */
const longestRange = 12;

function numbersOf(list: string): number[] {
  return list.split(/[,，、;]/).flatMap((part) => {
    const [from = Number.NaN, to = from] = part.split(/[-–]/).map(Number);
    const length = to - from + 1;
    return length >= 1 && length <= longestRange ? Array.from({ length }, (_, index) => from + index) : [Number.NaN];
  });
}

/** A text with its numbers of sources set apart; brackets with any other number stay words. */
export function splitCitations(text: string, known: ReadonlySet<number>): CitedPart[] {
  const parts: CitedPart[] = [];
  let end = 0;
  for (const found of text.matchAll(mark)) {
    const numbers = numbersOf(found[1] ?? '');
    if (!numbers.every((number) => known.has(number))) continue;
    if (found.index > end) parts.push({ kind: 'text', text: text.slice(end, found.index) });
    for (const number of new Set(numbers)) parts.push({ kind: 'citation', number });
    end = found.index + found[0].length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

/** An answer that still grows, without a bracket that has only begun. */
export function withoutUnfinishedCitation(text: string): string {
  return text.replace(unfinished, '');
}

/** Fenced blocks and spans of code, in which a bracket is no citation. */
const code = /(```[\s\S]*?(?:```|$)|`[^`\n]*`)/;

/** A Markdown text whose sources are counted anew: each number becomes what `numbers` has for it, as `[1]`; code stays as it is. */
export function renumberCitations(text: string, numbers: ReadonlyMap<number, number>): string {
  const known = new Set(numbers.keys());
  const draw = (part: CitedPart): string => (part.kind === 'text' ? part.text : `[${numbers.get(part.number)}]`);
  return text
    .split(code)
    .map((piece, index) => (index % 2 === 1 ? piece : splitCitations(piece, known).map(draw).join('')))
    .join('');
}
