import { expect, test } from 'vitest';
import { observe } from './observe.ts';

// Catches: an event that became no observation, or one that means something else than it says.
test.each([
  [
    'UserPromptSubmit',
    { prompt: '修复登录\n然后测试' },
    { type: 'request', title: '修复登录', narrative: '修复登录\n然后测试' },
  ],
  ['UserPromptSubmit', { prompt: ' one line ' }, { type: 'request', title: 'one line', narrative: null }],
  ['AssistantMessage', { text: 'Done.', final: true }, { type: 'conclusion', title: 'Done.' }],
  ['AssistantMessage', { text: 'Looking.', final: 'yes' }, { type: 'note', title: 'Looking.' }],
  ['PostCompact', { compact_summary: 'What was done' }, { type: 'summary' }],
  ['PostToolUse', { tool_name: 'Bash', tool_input: { command: 'ls' } }, { type: 'command', failed: false }],
  ['PostToolUseFailure', { tool_name: 'Bash', error: 'no' }, { type: 'command', failed: true }],
])('%s %j', (name, payload, expected) => {
  expect(observe(name, payload, '/home/dev/shop')).toMatchObject(expected);
});

// Catches: rows without a word in the timeline.
test.each([
  ['UserPromptSubmit', {}],
  ['UserPromptSubmit', { prompt: ' \n\u3000\t' }],
  ['UserPromptSubmit', { prompt: '\u001B[0m\n' }],
  ['UserPromptSubmit', { prompt: ['text'] }],
  ['AssistantMessage', { text: '', final: true }],
  ['SessionStart', { source: 'startup' }],
  ['constructor', {}],
])('nothing comes of %s %j', (name, payload) => {
  expect(observe(name, payload, '')).toBeNull();
});

test('a long prompt is kept by its ends, without colours', () => {
  const seen = observe('UserPromptSubmit', { prompt: `\u001B[31m头\u001B[0m${'x'.repeat(20_000)}尾` }, '');
  expect(seen?.title.startsWith('头x')).toBe(true);
  expect(seen?.title.length).toBeLessThanOrEqual(160);
  expect(seen?.narrative?.endsWith('尾')).toBe(true);
  expect(seen?.narrative?.length).toBeLessThan(6_100);
});
