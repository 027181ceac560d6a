import { normalise } from '../normalise.ts';
import { scanTerms } from '../scan-terms.ts';

/** Joiners part words in phrases, save dots between digits. */
const joiners = /[_\-'\u2019]|(?<!\p{Nd})\.|\.(?!\p{Nd})/gu;
/** More words than this make no set of rows smaller. */
const mostWords = 12;

/**
 * An FTS5 expression that every row with the phrase in its indexed terms satisfies, and other rows may; null when there
 * is nothing to ask for. With `isExact` it is satisfied by no other row.
 */
export function phraseExpression(phrase: string): { match: string; isExact: boolean } | null {
  const words = normalise(phrase).replaceAll(joiners, ' ').split(/\s+/u);
  const found = new Set<string>();
  let isExact = words.filter((word) => word !== '').length === 1;
  for (const word of words) {
    const { expression, isWhole } = wordExpression(word);
    isExact &&= isWhole;
    if (expression !== '' && found.size < mostWords) found.add(expression);
  }
  return found.size === 0 ? null : { match: [...found].join(' AND '), isExact };
}

function wordExpression(word: string): { expression: string; isWhole: boolean } {
  const required: string[] = [];
  const parts: string[] = [];
  let whole: string | undefined;
  let isWhole = true;
  const alternatives = () => {
    if (whole === undefined) return;
    const both = parts.map(quoted).join(' AND ');
    required.push(parts.length === 0 ? quoted(whole) : `(${quoted(whole)} OR (${both}))`);
    parts.length = 0;
    whole = undefined;
  };
  let count = 0;
  scanTerms(word, (term, start, end, kind) => {
    if (kind === 'tail') return;
    count++;
    if (kind === 'part') {
      parts.push(term);
    } else if (kind === 'whole') {
      // One letter beside digits is no part, and the whole of a larger identifier would be another.
      whole = term;
      isWhole = false;
      alternatives();
    } else if (kind === 'single') {
      required.push(`${quoted(term)} *`);
    } else if (kind === 'pair' || end - start > 1 || word.length === 1) {
      required.push(quoted(term));
    }
  });
  return { expression: required.join(' AND '), isWhole: isWhole && count === 1 };
}

/** Terms hold letters, digits and dots only. */
function quoted(term: string): string {
  return `"${term}"`;
}
