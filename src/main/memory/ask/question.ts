import type { SummaryLanguage } from '../../../shared/summary-views.ts';
import { languageOf } from '../summaries/language.ts';
import type { Lexicon } from './lexicon.ts';

/** What a question wants to hear. */
export type QuestionKind = 'why' | 'how' | 'where' | 'when' | 'what';

export interface Question {
  text: string;
  language: SummaryLanguage;
  kind: QuestionKind;
  /** Each term with what it says; empty when the question is made of nothing but stop words. */
  terms: ReadonlyMap<string, number>;
  /** Those of them that name what it is about: what shares none of these is about something else. */
  telling: ReadonlySet<string>;
  /** Of all terms together. */
  weight: number;
}

/** What people ask with: it says what kind of answer is wanted and stands in none. */
const asking = new Set(
  `implement implemented implementation handle handled handles happen happened happens work works worked find found tell know mean
  means explain describe allow allowed change changed problem issue solve solved cause caused reason did does done many much long
  often big large far
  多少 几个 几次 怎么 什么 为什 么会 为何 原因 处理 解决 问题 允许 情况 告诉 解释 说明`
    .split(/\s+/)
    .filter(Boolean),
);
/** Words of all work: however rare they are in a memory of a few sessions, they say little about what a question is about. */
const everyday = new Set(
  `use uses used using usage open opens opened opening close closed run runs running ran set sets make makes made making get gets
  got need needs needed want wants wanted keep kept start started stop stopped always never ever usually must first last next new
  old good best right wrong way ways thing things kind name named file files code project repo repository folder line lines time
  用 使用 用的 我们 总是 从不 必须 需要 第一 最后 文件 代码 项目 时间 东西 方法`
    .split(/\s+/)
    .filter(Boolean),
);
const sayingLittle = 0.25;
const han = /^\p{Script=Han}+$/u;
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

function wordsOf(text: string): string[] {
  return [...segmenter.segment(text.normalize('NFKC').toLowerCase())].flatMap(({ segment, isWordLike }) =>
    isWordLike === true && !asking.has(segment) ? [segment] : [],
  );
}

const kinds: [QuestionKind, RegExp][] = [
  ['why', /\bwhy\b|\bhow come\b|\b(?:cause|reason|root cause)\b|为什么|为何|原因|怎么会|咋/i],
  ['when', /\bwhen\b|\bwhat (?:time|date|day)\b|什么时候|何时|哪天|几号/i],
  ['where', /\bwhere\b|\bwhich (?:file|folder|module|function)\b|哪里|哪个文件|在哪|何处/i],
  ['how', /\bhow (?:do|did|does|to|can|could|should|was|were|is|are)\b|怎么|如何|怎样|怎么办/i],
];

/** How a question is understood. */
export function readQuestion(text: string, lexicon: Pick<Lexicon, 'questionTerms' | 'rarity' | 'isKnown'>): Question {
  const words = wordsOf(text);
  const asked = lexicon.questionTerms(text).filter(({ surface }) => !asking.has(surface));
  const terms = new Map<string, number>();
  const telling = new Set<string>();
  for (const { term, surface } of asked) {
    // Two neighbouring Chinese characters of different words are a term only where somebody wrote them so.
    const isWord = !han.test(surface) || lexicon.isKnown(term) || words.some((word) => word.includes(surface));
    if (!isWord) continue;
    const isEveryday = everyday.has(surface);
    if (!isEveryday) telling.add(term);
    terms.set(term, lexicon.rarity(term) * (isEveryday ? sayingLittle : 1));
  }
  let weight = 0;
  for (const rarity of terms.values()) weight += rarity;
  return {
    text,
    language: languageOf([text]),
    kind: kinds.find(([, pattern]) => pattern.test(text))?.[0] ?? 'what',
    terms,
    telling,
    weight,
  };
}

const cues: Record<Exclude<QuestionKind, 'what'>, RegExp> = {
  why: /\b(?:because|due to|since|caused?|causes|reason|so that|root cause|turned out|was opened|without)\b|因为|由于|原因|导致|误用|所以|造成|是因/i,
  how: /\b(?:by|with|using|via|now|fix(?:ed|es)?|set|use[sd]?|added|changed|switched|instead|run|must|always)\b|通过|使用|改为|改成|设置|增加|允许|写入|用|修复|解决/i,
  where:
    /[\w-]+[/\\][\w./\\-]+|\b[\w-]+\.(?:[cm]?[jt]sx?|py|go|rs|java|md|json|ya?ml|toml|sql|css|html|sh)\b|文件|目录/i,
  when: /\b(?:on|since|until|before|after)\b|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d+\s*(?:月|日|号|点)|星期|周[一二三四五六日]/i,
};

/** Whether a sentence has the form of an answer to such a question. */
export function hasCue(kind: QuestionKind, sentence: string): boolean {
  return kind !== 'what' && cues[kind].test(sentence);
}
