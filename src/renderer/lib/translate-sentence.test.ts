import { expect, test } from 'vitest';
import { claudeHooksMessages } from '../../shared/messages/claude-hooks.ts';
import { fill } from '../../shared/messages/fill.ts';
import { translateSentence } from './translate-sentence.ts';

const { en, 'zh-CN': zh } = claudeHooksMessages;

// Catches: English sentences in a Chinese window, values that are lost or stay English on the way.
test.each([
  [en.installation.absent, zh.installation.absent],
  [
    fill(en.installation.missing, { events: 'Stop, PreToolUse' }),
    fill(zh.installation.missing, { events: 'Stop, PreToolUse' }),
  ],
  [
    fill(en.settings.SETTINGS_INVALID_JSON, { file: '/a (b)/c.json', fault: en.faults.empty, line: 1, column: 2 }),
    fill(zh.settings.SETTINGS_INVALID_JSON, { file: '/a (b)/c.json', fault: zh.faults.empty, line: 1, column: 2 }),
  ],
  ['named alike: 100 %', '名称相似度 100%'],
  ['its strength is 0.03, below 0.1; never used', '强度 0.03，低于 0.1；从未使用'],
  ['its strength is 0.03, below 0.1', '强度 0.03，低于 0.1'],
  ['92 % like "Use tabs"', '与“Use tabs”相似度 92%'],
  ['EACCES: permission denied', 'EACCES: permission denied'],
])('translates %s', (english, chinese) => {
  expect(translateSentence(english, 'zh-CN')).toBe(chinese);
  expect(translateSentence(english, 'en')).toBe(english);
});
