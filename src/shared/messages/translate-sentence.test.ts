import { expect, test } from 'vitest';
import { claudeHooksMessages } from './claude-hooks.ts';
import { fill } from './fill.ts';
import { sentencesOf, translateSentence } from './translate-sentence.ts';

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
  ['Too many wrong passwords. Try again in 30 seconds.', '密码错误次数过多，请在 30 秒后重试。'],
  ['EACCES: permission denied', 'EACCES: permission denied'],
])('translates %s', (english, chinese) => {
  expect(translateSentence(english, 'zh-CN')).toBe(chinese);
  expect(translateSentence(english, 'en')).toBe(english);
});

// Catches: a parser's marks that a person reads, a sentence of ours that is taken apart, and a place that is lost where only it says what is meant.
test.each([
  ['✖ Give it a name.\n  → at name', [{ sentence: 'Give it a name.', place: null }]],
  [
    '✖ At most 10.\n  → at change.limit\n✖ Give it a name.\n  → at name',
    [
      { sentence: 'At most 10.', place: 'change.limit' },
      { sentence: 'Give it a name.', place: null },
    ],
  ],
  ['Two lines\nof ours', [{ sentence: 'Two lines\nof ours', place: null }]],
  ['✖ Unrecognised key', [{ sentence: 'Unrecognised key', place: null }]],
])('reads %j', (message, sentences) => {
  expect(sentencesOf(message)).toEqual(sentences);
});
