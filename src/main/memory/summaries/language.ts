import type { SummaryLanguage } from '../../../shared/summary-views.ts';

/** So much of each prompt is looked at: a pasted log must not outvote what people wrote. */
const longestLookedAt = 600;

/** What people write in, judged by what they said; code, paths and identifiers have no language. English where nothing tells. */
export function languageOf(texts: readonly string[]): SummaryLanguage {
  let han = 0;
  let words = 0;
  for (const text of texts) {
    const prose = withoutCode(text.slice(0, longestLookedAt));
    const kana = prose.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
    const characters = prose.match(/\p{Script=Han}/gu)?.length ?? 0;
    // Han beside kana is Japanese.
    if (kana * 4 < characters) han += characters;
    words += prose.match(/\p{Script=Latin}[\p{Script=Latin}'’-]*/gu)?.length ?? 0;
  }
  // A Chinese word has about two characters.
  return han > 0 && han / 2 >= words / 2 ? 'zh' : 'en';
}

/** Whether a single sentence is in that language; one without letters fits everywhere. */
export function isIn(language: SummaryLanguage, sentence: string): boolean {
  return languageOf([sentence]) === language || !/\p{L}/u.test(sentence);
}

function withoutCode(text: string): string {
  return text
    .replaceAll(/```[^]*?(?:```|$)|`[^`\n]*`|https?:\/\/\S+/g, ' ')
    .replaceAll(/[\w$@.-]*(?:[/\\_.:(){}=]|[a-z][A-Z]|\d)[\w$@./\\:(){}=-]*/g, (token) =>
      /[.:]$/.test(token) && /^[a-z]+[.:]$/i.test(token) ? token : ' ',
    );
}
