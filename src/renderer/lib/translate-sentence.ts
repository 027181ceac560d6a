import { claudeHooksMessages } from '../../shared/messages/claude-hooks.ts';
import { fill, type MessageValues } from '../../shared/messages/fill.ts';
import { upkeepReasons } from '../../shared/messages/upkeep-reasons.ts';

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

const known = [claudeHooksMessages, upkeepReasons].flatMap(pairs);

/**
 * The worker states problems of the settings file, and the reasons of upkeep, in English; their catalogues have them in
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
