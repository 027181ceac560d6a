import { expect, test } from 'vitest';
import type { ObservationContent } from '../../shared/views.ts';
import { observeTool } from './observe-tool.ts';

function observed(tool: string, input: object, response?: unknown): ObservationContent {
  return observeTool({ tool_name: tool, tool_input: input, tool_response: response }, '/home/dev/shop', false);
}

// Catches: a row that says `mcp__server__tool` three times and what it was about never.
test.each<[string, string, object, Partial<ObservationContent>]>([
  [
    'the telling argument, not the first',
    'mcp__github__create_issue',
    { owner: 'acme', repo: 'shop', title: '登录超时', body: 'Since Monday.' },
    {
      title: '登录超时',
      subtitle: 'github · create_issue',
      facts: ['owner: acme', 'repo: shop', 'body: Since Monday.'],
    },
  ],
  [
    'a nested text',
    'mcp__linear__search',
    { limit: 5, filter: { team: { id: '0f3c8a52-9d7e-4a56-8a33-7f1f2b9d0c11' }, terms: ['锁'] } },
    { title: '锁', subtitle: 'linear · search' },
  ],
  ['no argument at all', 'mcp__figma__get_screenshot', {}, { title: 'get_screenshot', subtitle: 'figma' }],
  [
    'ids and numbers alone',
    'mcp__db__get_row',
    { id: '42', deep: [1, true, null] },
    { title: 'get_row', subtitle: 'db' },
  ],
  ['a name with underscores', 'mcp__my_server__a__b', {}, { title: 'a__b', subtitle: 'my_server' }],
  ['an unknown tool', 'Skill', { skill: 'pdf', args: 'report.pdf' }, { title: 'pdf', subtitle: 'Skill' }],
  ['an unknown tool without a word', 'KillShell', { shell_id: '7' }, { title: 'KillShell', subtitle: null }],
  ['half a prefix is no server', 'mcp__alone', {}, { title: 'mcp__alone', subtitle: null }],
  ['a name of Object.prototype', 'constructor', {}, { title: 'constructor', subtitle: null }],
  ['a file', 'Lint', { file_path: '/home/dev/shop/a.ts' }, { files_read: ['/home/dev/shop/a.ts'] }],
])('%s', (_, tool, input, expected) => {
  expect(observed(tool, input)).toMatchObject({ type: 'tool', tool, ...expected });
});

test('content blocks are read for their texts; pictures and block names are not text', () => {
  const response = [
    { type: 'text', text: '第一\u001B[0m' },
    { type: 'image', data: 'iVBORw0KGgo=', mimeType: 'image/png' },
    { type: 'resource', resource: { uri: 'file:///a', text: 'second' } },
  ];
  expect(observed('mcp__a__b', { query: 'x y' }, response).narrative).toBe('第一\nsecond');
});

// Catches: the words of a one-line argument counted twice, or those of a long one lost.
test('the subject is in the narrative only when the title does not hold all of it', () => {
  expect(observed('mcp__a__b', { sql: 'SELECT 1' }).narrative).toBeNull();
  expect(observed('mcp__a__b', { sql: 'SELECT 1\nFROM t' }).narrative).toBe('SELECT 1\nFROM t');
});
