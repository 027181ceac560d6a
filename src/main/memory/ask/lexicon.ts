/** How texts are compared; search/ gives the terms, embed/ the meaning. */
export interface Lexicon {
  /** Distinct terms of what a person asked, as the index keeps them, without words that say nothing; `surface` as written, in lower case. */
  questionTerms(text: string): { term: string; surface: string }[];
  /** Whether the memory has it at all. */
  isKnown(term: string): boolean;
  /** Terms of a text as the index keeps them. */
  textTerms(text: string): string[];
  /** What it says that a term is there, in nats: the rarer in the memory, the more. */
  rarity(term: string): number;
  /** Cosine of meaning with the question, -1 to 1; null where no model is at hand. */
  likeness: ((text: string) => number) | null;
}
