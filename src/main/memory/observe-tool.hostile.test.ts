import { describe, expect, test } from 'vitest';
import { observeTool } from './observe-tool.ts';

describe('escape sequences', () => {
  // Catches: a rule that takes a text past plainText; the files keep the names that the tool was given.
  test.each([
    ['Bash', { command: '\u001B[1mls\u001B[0m', description: '\u001B[1mList\u001B[0m' }, { stdout: '\u001B[31mred' }],
    [
      'Bash',
      { command: 'git commit' },
      { gitOperation: { commit: { sha: '\u001B[33mabc', branch: '\u001B[0mmain' } } },
    ],
    ['Read', { file_path: '/a' }, { file: { content: '\u001B]0;t\u0007x' } }],
    ['Edit', { file_path: '/a', old_string: '\u001B[31ma', new_string: '\u001B[32mb\n\n\n\n\nc' }, {}],
    ['Grep', { pattern: '\u001B[1mp', path: '/a' }, { filenames: ['\u001B[35ma'], content: '\u001B[35mb' }],
    ['WebFetch', { url: 'u\u001B[0m', prompt: 'p\u001B[0m' }, { result: '\u001B[1mr' }],
    ['Task', { prompt: '\u001B[1mp', subagent_type: '\u001B[1ms' }, ['\u001B[1mr']],
    ['TodoWrite', { todos: [{ content: '\u001B[1mc', status: '\u001B[1ms' }] }, {}],
    ['mcp__a__b', { query: '\u001B[1mq', other: '\u001B[1mo' }, { stdout: '\u001B[1mo' }],
    ['\u001B[1mOdd', {}, '\u001B[1mo'],
  ])('%s leaves none', (tool, input, response) => {
    const { title, subtitle, facts, narrative } = observeTool(
      { tool_name: tool, tool_input: input, tool_response: response, error: 'Exit code 1\n\u001B[31mno' },
      '',
      true,
    );
    expect(JSON.stringify({ title, subtitle, facts, narrative })).not.toContain('\\u001b');
  });
});

describe('hostile shapes', () => {
  const tools = [
    'Read',
    'Edit',
    'MultiEdit',
    'Write',
    'Bash',
    'Grep',
    'WebSearch',
    'Task',
    'TodoWrite',
    'mcp__a__b',
    'X',
  ];
  const deep = JSON.parse(`${'{"a":['.repeat(400)}"x"${']}'.repeat(400)}`) as unknown;
  const values = [
    undefined,
    null,
    0,
    Number.NaN,
    true,
    '',
    ' \n\u3000',
    '文'.repeat(50_000),
    [],
    [null, [[]], 7],
    deep,
  ];
  const keys = ['file_path', 'command', 'description', 'edits', 'todos', 'pattern', 'prompt', 'query', 'title'];
  const shapes = [
    ...values,
    ...values.map((value) => Object.fromEntries(keys.map((key) => [key, value]))),
    { edits: [null, 7, 'x', { new_string: {} }], todos: [null, 'x', { content: [] }] },
    {
      file: { startLine: '1', numLines: {}, totalLines: Number.POSITIVE_INFINITY },
      filenames: [1, null],
      gitOperation: [],
    },
  ];

  // Catches: one odd field of a payload that is not ours stopping the capture, a blank title, a row of megabytes.
  test.each(tools)('%s', (tool) => {
    for (const input of shapes) {
      for (const response of shapes) {
        const content = observeTool({ tool_name: tool, tool_input: input, tool_response: response }, '', false);
        expect(content.title.trim()).not.toBe('');
        expect(content.title.length).toBeLessThanOrEqual(300);
        expect(JSON.stringify(content).length).toBeLessThan(120_000);
        expect(JSON.stringify(content).isWellFormed()).toBe(true);
      }
    }
  });

  test.each([[undefined], [7], [''], [{}]])('a tool called %j is unknown', (tool) => {
    expect(observeTool({ tool_name: tool }, '', false)).toMatchObject({ tool: 'unknown', title: 'unknown' });
  });

  test.each([[-5], [1e300], [Number.NaN], ['12'], [null]])('a duration of %j is none or not below zero', (duration) => {
    const { duration_ms: kept } = observeTool({ tool_name: 'Read', duration_ms: duration }, '', false);
    expect(kept === null || kept === 0).toBe(true);
  });
});
