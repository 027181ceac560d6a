import { claudeHooksMessages } from './claude-hooks.ts';
import { fill, type MessageValues } from './fill.ts';
import { refusals } from './refusals.ts';
import { upkeepReasons } from './upkeep-reasons.ts';

/** One sentence in English and in Chinese, with the same `{{names}}`. */
export type SentencePair = readonly [english: string, chinese: string];

interface Pair {
  pattern: RegExp;
  chinese: string;
}

function toPattern(english: string): RegExp {
  const literal = english.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll(/\\\{\\\{(\w+)\\\}\\\}/g, '(?<$1>.+?)')}$`, 's');
}

/** Sentences in both languages, in sections; the English ones are as the core says them. */
export type Catalogue = Record<'en' | 'zh-CN', Record<string, Record<string, string>>>;

function pairs({ en, 'zh-CN': chinese }: Catalogue): Pair[] {
  return Object.entries(en).flatMap(([section, texts]) =>
    Object.entries(texts).flatMap(([key, english]) => {
      const translated = chinese[section]?.[key];
      return translated === undefined ? [] : [{ pattern: toPattern(english), chinese: translated }];
    }),
  );
}

/** Puts what is said in English into the person's language, as far as it is known. */
export interface SentenceTranslator {
  /** A sentence that is in no catalogue, such as the system's own reason, stays as it is. */
  translateSentence(sentence: string, language: string): string;
  /**
   * What the contract says of an input, a sentence each. The place is null where there is none, and of sentences of the catalogues,
   * which speak of one thing alone.
   */
  sentencesOf(message: string): { sentence: string; place: string | null }[];
}

/** zod's list of what is wrong with an input, one problem in two lines: "✖ Too long", "  → at change.statement". */
const problem = /^✖ (.*?)(?:\n\s*→ at (\S+))?$/s;

/**
 * Knows the sentences of these catalogues, then these pairs; of two that fit, the first one is taken. `things` has what a `{{what}}`
 * or a `{{kind}}` can be.
 */
export function createTranslator(
  catalogues: readonly Catalogue[],
  sentences: readonly SentencePair[] = [],
  things: Readonly<Record<string, string>> = {},
): SentenceTranslator {
  const known = [
    ...catalogues.flatMap(pairs),
    ...sentences.map(([english, chinese]): Pair => ({ pattern: toPattern(english), chinese })),
  ];

  function translateValue(name: string, value: string): string {
    if (name !== 'what' && name !== 'kind') return translateSentence(value, 'zh-CN');
    if (Object.hasOwn(things, value)) return things[value] ?? value;
    const oneOf = /^one of (.*)$/s.exec(value)?.[1];
    return oneOf === undefined
      ? value
          .split(' or ')
          .map((part) => things[part] ?? part)
          .join('或')
      : `其中之一：${oneOf}`;
  }

  function translateSentence(sentence: string, language: string): string {
    if (language !== 'zh-CN') return sentence;
    for (const { pattern, chinese } of known) {
      const match = pattern.exec(sentence);
      if (!match) continue;
      const values: MessageValues = {};
      for (const [name, value] of Object.entries(match.groups ?? {})) values[name] = translateValue(name, value);
      return fill(chinese, values);
    }
    return sentence;
  }

  return {
    translateSentence,
    sentencesOf: (message) =>
      message.split(/\n(?=✖ )/).map((part) => {
        const [, sentence = part, place = null] = problem.exec(part) ?? [];
        return { sentence, place: known.some(({ pattern }) => pattern.test(sentence)) ? null : place };
      }),
  };
}

/** The worker states problems of the settings file, the reasons of upkeep and what it refuses in English; these are said on the first pages. */
export const firstCatalogues: readonly Catalogue[] = [claudeHooksMessages, upkeepReasons, refusals];

export const { translateSentence, sentencesOf } = createTranslator(firstCatalogues);
