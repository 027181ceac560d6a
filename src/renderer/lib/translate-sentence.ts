import { claudeHooksMessages } from '../../shared/messages/claude-hooks.ts';
import { fill, type MessageValues } from '../../shared/messages/fill.ts';

interface Pair {
  pattern: RegExp;
  chinese: string;
}

function toPattern(english: string): RegExp {
  const literal = english.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll(/\\\{\\\{(\w+)\\\}\\\}/g, '(?<$1>.+?)')}$`, 's');
}

function pairs(): Pair[] {
  const chinese: Record<string, Record<string, string>> = claudeHooksMessages['zh-CN'];
  return Object.entries(claudeHooksMessages.en).flatMap(([section, texts]) =>
    Object.entries(texts).flatMap(([key, english]) => {
      const translated = chinese[section]?.[key];
      return translated === undefined ? [] : [{ pattern: toPattern(english), chinese: translated }];
    }),
  );
}

const known = pairs();

/**
 * The worker states problems of the settings file in English; the catalogue that it takes them from has them in Chinese
 * too. A sentence that is in no catalogue, such as the system's own reason, stays as it is.
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
