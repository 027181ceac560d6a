/** A word of the query as the grammar of time sees it. */
export interface TimeToken {
  /** In lower case, without punctuation around it and without a possessive 's. */
  word: string;
  start: number;
  end: number;
  capital: boolean;
  /** Whether punctuation says that what follows belongs to something else. */
  endsPhrase: boolean;
}

const tokenPattern = /[^\s\u3400-\u9fff]+/gu;
const corePattern = /^([([]*)(.*?)((?:['\u2019]s)?)([,.;!?)\]:]*)$/u;

/** The words of [start, end), split at spaces and at Chinese characters. */
export function timeTokens(text: string, start: number, end: number): TimeToken[] {
  const tokens: TimeToken[] = [];
  for (const match of text.slice(start, end).matchAll(tokenPattern)) {
    const [, lead = '', core = '', , tail = ''] = corePattern.exec(match[0]) ?? [];
    const from = start + match.index + lead.length;
    const until = start + match.index + match[0].length - (tail === '' ? 0 : tail.length);
    const capital = core !== core.toLowerCase();
    tokens.push({ word: core.toLowerCase(), start: from, end: until, capital, endsPhrase: tail !== '' });
  }
  return tokens;
}
