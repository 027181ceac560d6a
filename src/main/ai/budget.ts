import { estimateTokens } from '../../shared/tokens.ts';

/** A part of what a model is to be told. */
export interface Piece {
  text: string;
  /** Higher is kept before lower. */
  importance: number;
  /** Where it stands; what is kept keeps this order. */
  order: number;
}

export interface Fitted {
  /** What was kept, one piece a paragraph, with a line for each gap. */
  text: string;
  tokens: number;
  kept: number;
  /** Pieces of which nothing is in the text. */
  elided: number;
  /** Pieces of which the middle is missing. */
  shortened: number;
}

/** What a mark of a gap costs at most. */
const markTokens = 12;
/** Less than this of a piece says nothing. */
const leastUsefulTokens = 60;
/** Of a piece that is cut, its end says how it came out, its beginning what it is. */
const headShare = 0.6;

/**
 * The most important pieces that fit into a budget of tokens, in their own order, what is missing marked. Of a piece that
 * does not fit whole its beginning and its end are kept where there is room for that. Equal importance: the later goes first.
 */
export function fitToBudget(pieces: readonly Piece[], budgetTokens: number): Fitted {
  const ordered = pieces.filter(({ text }) => text.trim() !== '').toSorted((a, b) => a.order - b.order);
  const whole = ordered.map(({ text }) => text);
  if (estimateTokens(whole.join('\n\n')) <= budgetTokens) return assemble(whole);

  const places = ordered.map((piece, place) => ({ ...piece, place }));
  const byImportance = places.toSorted((a, b) => b.importance - a.importance || b.order - a.order);
  const kept: (string | null)[] = ordered.map(() => null);
  let left = budgetTokens - markTokens;
  let isLast = false;
  for (const { text, place } of byImportance) {
    const cost = estimateTokens(text) + markTokens;
    if (cost <= left) {
      kept[place] = text;
      left -= cost;
    } else if (!isLast && left - 2 * markTokens >= leastUsefulTokens) {
      // Once only: what comes after it is less important than this one's middle.
      isLast = true;
      const cut = shorten(text, left - 2 * markTokens);
      kept[place] = cut;
      left -= estimateTokens(cut) + markTokens;
    }
  }
  return assemble(kept, ordered);
}

/** Head and tail of a text within so many tokens, with a mark between them; the text itself when it fits. */
export function shorten(text: string, budgetTokens: number): string {
  const tokens = estimateTokens(text);
  if (tokens <= budgetTokens) return text;
  // Scripts differ in characters for a token: scale by this text's own, then shrink until it fits.
  let characters = Math.floor((text.length * Math.max(budgetTokens - markTokens, 0)) / tokens);
  for (;;) {
    const head = Math.floor(characters * headShare);
    const tail = text.length - (characters - head);
    const cut = `${text.slice(0, head)}\n[… ${tail - head} characters left out …]\n${text.slice(tail)}`.toWellFormed();
    if (estimateTokens(cut) <= budgetTokens || characters <= 0) return cut;
    characters = Math.floor(characters * 0.9) - 1;
  }
}

function assemble(kept: readonly (string | null)[], ordered: readonly Piece[] = []): Fitted {
  const parts: string[] = [];
  let gap = 0;
  const closeGap = () => {
    if (gap > 0) parts.push(`[… ${gap} ${gap === 1 ? 'part' : 'parts'} left out …]`);
    gap = 0;
  };
  let shortened = 0;
  kept.forEach((text, place) => {
    if (text === null) {
      gap += 1;
      return;
    }
    closeGap();
    parts.push(text);
    if (place < ordered.length && ordered[place]?.text !== text) shortened += 1;
  });
  closeGap();
  const text = parts.join('\n\n');
  const elided = kept.filter((part) => part === null).length;
  return { text, tokens: estimateTokens(text), kept: kept.length - elided, elided, shortened };
}
