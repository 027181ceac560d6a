import { claudeHooksMessages } from './claude-hooks.ts';
import { fill, type MessageValues } from './fill.ts';
import { refusals } from './refusals.ts';
import { upkeepReasons } from './upkeep-reasons.ts';

interface Pair {
  pattern: RegExp;
  chinese: string;
}

function toPattern(english: string): RegExp {
  const literal = english.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll(/\\\{\\\{(\w+)\\\}\\\}/g, '(?<$1>.+?)')}$`, 's');
}

type Catalogue = Record<'en' | 'zh-CN', Record<string, Record<string, string>>>;

function pairs({ en, 'zh-CN': chinese }: Catalogue): Pair[] {
  return Object.entries(en).flatMap(([section, texts]) =>
    Object.entries(texts).flatMap(([key, english]) => {
      const translated = chinese[section]?.[key];
      return translated === undefined ? [] : [{ pattern: toPattern(english), chinese: translated }];
    }),
  );
}

const known = [claudeHooksMessages, upkeepReasons, refusals].flatMap(pairs);

/**
 * The worker states problems of the settings file, the reasons of upkeep and what it refuses in English; their catalogues have them in
 * Chinese too. A sentence that is in no catalogue, such as the system's own reason, stays as it is.
 */
export function translateSentence(sentence: string, language: string): string {
  if (language !== 'zh-CN') return sentence;
  for (const { pattern, chinese } of known) {
    const match = pattern.exec(sentence);
    if (!match) continue;
    const values: MessageValues = {};
    for (const [name, value] of Object.entries(match.groups ?? {})) values[name] = translateSentence(value, language);
    return fill(chinese, values);
  }
  return sentence;
}

/** zod's list of what is wrong with an input, one problem in two lines: "✖ Too long", "  → at change.statement". */
const problem = /^✖ (.*?)(?:\n\s*→ at (\S+))?$/s;

/**
 * What the contract says of an input, a sentence each. The place is null where there is none, and of sentences of the catalogues,
 * which speak of one thing alone.
 */
export function sentencesOf(message: string): { sentence: string; place: string | null }[] {
  return message.split(/\n(?=✖ )/).map((part) => {
    const [, sentence = part, place = null] = problem.exec(part) ?? [];
    return { sentence, place: known.some(({ pattern }) => pattern.test(sentence)) ? null : place };
  });
}
