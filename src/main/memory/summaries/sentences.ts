import type { SummaryLanguage } from '../../../shared/summary-views.ts';
import { blocksOf } from './blocks.ts';
import type { Section } from './sections.ts';

export interface Sentence {
  text: string;
  section: Section | null;
  isChecked: boolean | null;
  /** It stands last in the text that it comes from. */
  isLast: boolean;
  /** It only announces what comes after it. */
  isLeadIn: boolean;
}

const segmenter = new Intl.Segmenter('und', { granularity: 'sentence' });
/** Narrower ones say nothing, wider ones are no sentences; in columns, a Chinese character taking two. */
const narrowest = 8;
const widest = 420;

/** The sentences of a text that could be told, whole or not at all. */
export function sentencesOf(markdown: string): Sentence[] {
  const blocks = blocksOf(markdown);
  const last = blocks.at(-1);
  return blocks.flatMap((block) => {
    if (block.section === 'skip') return [];
    const parts = split(block.text);
    return parts.flatMap((part, position) => {
      const text = withoutFiller(part);
      if (text === null || !isTellable(text)) return [];
      const isLast = block === last && position === parts.length - 1;
      return [{ text, section: block.section, isChecked: block.isChecked, isLast, isLeadIn: block.isLeadIn }];
    });
  });
}

/** The sentences of running text, as they stand there. */
export function split(text: string): string[] {
  const found: string[] = [];
  let open = '';
  let isGlued = false;
  for (const { segment } of segmenter.segment(text)) {
    // The mark of a query, as in “/users?page=1”, ends nothing.
    if (isGlued && open === '' && /^[\w=&%/]/.test(segment)) open = found.pop() ?? '';
    isGlued = /[\w/][?!]$/.test(segment);
    open += segment;
    // Only the end is looked at: a text without an end must not be read again and again.
    const end = open.slice(-24);
    if (abbreviation.test(end) || (open.length < 8 && /^\s*\d{1,3}\.\s*$/.test(open))) continue;
    found.push(open.trim());
    open = '';
  }
  return [...found, open.trim()].filter(Boolean);
}

/** What ends with a full stop and ends no sentence. */
const abbreviation =
  /(?:^|[\s(])(?:e\.g|i\.e|E\.g|I\.e|vs|cf|approx|incl|resp|No|no|Fig|fig|Nr|Mr|Mrs|Dr|\p{Lu})\.\s*$/u;

/** Columns on a terminal, near enough: what is compared is how much room a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    width += /[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFF60]/.test(character) ? 2 : 1;
  }
  return width;
}

function isTellable(text: string): boolean {
  // 2 columns a character at most: no need to measure what is far too long.
  if (text.length > widest || text.includes('[REDACTED') || /[:：]$/.test(text)) return false;
  const width = widthOf(text);
  if (width < narrowest || width > widest) return false;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters >= 4 && letters / text.length > 0.4 && !looksLikeCode(text);
}

function looksLikeCode(text: string): boolean {
  return /[;{}]\s*$|^\s*(?:import|export|const|let|var|function|class|def|return|#include|SELECT|at)\b.*[(){};=]|^\$ /.test(
    text,
  );
}

/** What agents say before they say something. */
const prefixes: Record<SummaryLanguage, RegExp> = {
  en: /^(?:(?:ok(?:ay)?|sure|great|perfect|excellent|good(?: news)?|alright|right|got it|noted|done|understood|yes|no problem|of course|certainly|absolutely|thanks?|thank you|hi(?: there)?|hello|sorry(?: about that)?|apologies|so|well|also|and|now|finally|note|in short|in summary|to summari[sz]e|tl;dr|fyi|found it)(?:[!,.:;…]|\s*[—–-]{1,2}(?=\s))+\s*|(?:please )?note that\s+)+/i,
  zh: /^(?:(?:好的?|好吧|嗯+|明白了?|收到|当然(?:可以)?|没问题|可以|是的|你好|您好|谢谢|总之|总结一下|简单来说|综上|另外|此外|同时|注意)(?:[！，。,!：:~～]|\s+)+)+/,
};
/** Whole sentences that tell only what the agent is about to say or do, or that it is polite. */
const empty: Record<SummaryLanguage, RegExp> = {
  en: /^(?:(?:now |first,? |next,? |then,? )?(?:let me|let's|i(?:'ll| will|'m going to| am going to| need to| want to|'d like to| should) |let us|going to )|here(?:'s| is| are) (?:what|the|a|my|an)\b|(?:hope|happy|glad) (?:this|that|to|it)|feel free|(?:please )?let me know|if you(?:'d| would| can| could)? (?:like|want|have|need|share|send|give|provide|tell)|you're (?:welcome|right|absolutely)|that's (?:it|right|great|a great|a good)|looks? good|(?:all )?(?:done|set|fixed|good)[.!]?$|great (?:question|idea)|i(?:'ve| have)? (?:now )?(?:understand|see)\b|i have (?:enough|all|a (?:clear|good))|good catch|makes sense|one moment|working on|you can (?:now |also )?(?:test|try|run|see|verify|check|view|start|open)\b)/i,
  zh: /^(?:(?:首先|现在|接下来|然后|下面)?[，,]?(?:让我(?:们)?|我(?:先|来|将|会|要|需要先|打算|现在)|我们(?:先|来)|先(?:看|查|读)一?下)|(?:下面|以下|这)(?:是|为)|如果(?:你|您)?(?:需要|想|还有|有任何)|如有|有(?:任何)?(?:问题|需要)|希望(?:这|对|能)|(?:你|您)(?:现在)?可以(?:现在)?(?:运行|测试|查看|打开|试)|请(?:告诉我|随时|让我知道)|不客气|完成(?:了)?[。！]?$|搞定|没问题)/,
};

/** Null when nothing is left. What is cut off at the front was a word of its own, so the rest is a whole sentence. */
function withoutFiller(sentence: string): string | null {
  const rest = sentence.replace(prefixes.en, '').replace(prefixes.zh, '').trim();
  if (rest === '' || empty.en.test(rest) || empty.zh.test(rest)) return null;
  return rest === sentence ? rest : capitalised(rest);
}

/** Programs that are written small at the beginning of a sentence, too. */
const small =
  /^(?:npm|npx|pnpm|yarn|git|tsc|curl|psql|pip|vitest|jest|eslint|webpack|vite|kubectl|nginx|bash|ssh|sudo)\b/;

/** With a capital, unless it begins with a name that has none, as `src/db.ts` or `npm`. */
export function capitalised(text: string): string {
  return !small.test(text) && /^\p{Ll}[\p{Ll}'’-]*(?:[\s,;:.!?]|$)/u.test(text)
    ? text.replace(/^\p{Ll}/u, (first) => first.toUpperCase())
    : text;
}
