import { expect, test } from 'vitest';
import { toolBlocks } from './tool-blocks.ts';

const call = (tool: string | null, input: unknown, result: unknown, error: string | null = null) =>
  toolBlocks({ tool, input, result, error }).map(({ title, name, lines }) => [
    name ?? title,
    lines.map(({ text }) => text).join('\n'),
  ]);

// Catches: a tool whose result is not where its kind says, and shows an empty box.
test.each<[string, ReturnType<typeof call>, string[][]]>([
  [
    'Bash',
    call('Bash', { command: 'ls' }, { stdout: 'a\nb\n', stderr: '' }),
    [
      ['block.command', 'ls'],
      ['block.output', 'a\nb'],
    ],
  ],
  [
    'Bash with plain text',
    call('Bash', { command: 'ls' }, 'a'),
    [
      ['block.command', 'ls'],
      ['block.output', 'a'],
    ],
  ],
  [
    'Bash that failed',
    call('Bash', { command: 'ls' }, null, 'Exit code 1'),
    [
      ['block.command', 'ls'],
      ['block.error', 'Exit code 1'],
    ],
  ],
  ['Edit', call('Edit', { file_path: '/a', old_string: 'x', new_string: 'y' }, {}), [['/a', 'x\ny']]],
  ['Write', call('Write', { file_path: '/a', content: 'x\n' }, {}), [['/a', 'x']]],
  ['Read', call('Read', { file_path: '/a' }, { file: { content: 'x\ny', startLine: 5 } }), [['/a', 'x\ny']]],
  [
    'a subagent',
    call('Agent', { prompt: 'Review' }, { content: [{ type: 'text', text: 'Good' }] }),
    [
      ['block.task', 'Review'],
      ['block.answer', 'Good'],
    ],
  ],
  [
    'an unknown tool',
    call('mcp__x', { a: 1 }, [{ type: 'text', text: 'hi' }]),
    [
      ['block.input', '{\n  "a": 1\n}'],
      ['block.result', 'hi'],
    ],
  ],
])('shows %s', (_name, blocks, expected) => {
  expect(blocks).toEqual(expected);
});

// Catches: colours as signs in the output, and a cut that looks like a line of the output itself.
test('shows terminal output without its controls and cuts as rows of their own', () => {
  const stdout = '\u001B[32m✓\u001B[0m one\n[elided: 4200 characters]\nlast';
  const output = toolBlocks({ tool: 'Bash', input: { command: 'ls' }, result: { stdout }, error: null }).at(-1);
  expect(output?.lines).toEqual([
    { text: '✓ one' },
    { text: '[elided: 4200 characters]', elided: { count: 4200, what: 'characters' } },
    { text: 'last' },
  ]);
});

const hostile = [
  null,
  undefined,
  42,
  'text',
  [],
  [null, 7],
  { content: 9 },
  { file: null },
  { edits: 'no' },
  { edits: [null] },
];

// Catches: a page that breaks on what another version of the agent sends.
test.each(['Bash', 'Edit', 'MultiEdit', 'Write', 'Read', 'Grep', 'Agent', 'mcp__x', null])(
  '%s survives any input and result',
  (tool) => {
    for (const input of hostile) {
      for (const result of hostile) expect(Array.isArray(toolBlocks({ tool, input, result, error: null }))).toBe(true);
    }
  },
);
