import { describe, expect, test } from 'vitest';
import type { ObservationContent } from '../../shared/views.ts';
import { observeTool } from './observe-tool.ts';

const root = '/home/dev/shop';
type Expected = Partial<ObservationContent>;

function observed(tool: unknown, input: unknown, response?: unknown): ObservationContent {
  return observeTool({ tool_name: tool, tool_input: input, tool_response: response }, root, false);
}

const path = (name: string) => `${root}/${name}`;

describe('rules', () => {
  // Each row catches a rule that reads the wrong field of its tool, or puts a file among those of the other kind.
  test.each<[string, string, object, unknown, Expected]>([
    [
      'Read: the part that was seen',
      'Read',
      { file_path: path('src/认证.ts') },
      { type: 'text', file: { content: 'export const 密钥 = 1;', startLine: 5, numLines: 3, totalLines: 90 } },
      {
        type: 'discovery',
        title: 'src/认证.ts',
        subtitle: '5–7 / 90',
        narrative: 'export const 密钥 = 1;',
        files_read: [path('src/认证.ts')],
      },
    ],
    [
      'Read: an empty file has no lines to name',
      'Read',
      { file_path: '/etc/empty' },
      { file: { content: '', startLine: 1, numLines: 0, totalLines: 0 } },
      { title: '/etc/empty', subtitle: null, narrative: null },
    ],
    [
      'Read: a result that is a text, cut to its head alone',
      'Read',
      { file_path: path('a.txt') },
      `${'a'.repeat(800)}${'b'.repeat(5_000)}`,
      { narrative: `${'a'.repeat(800)}\n…` },
    ],
    [
      'Edit: a short one is all facts',
      'Edit',
      { file_path: path('src/db.js'), old_string: 'const a = 1;', new_string: '  const a = 2;' },
      {},
      {
        type: 'change',
        title: 'src/db.js',
        subtitle: 'const a = 2;',
        facts: ['- const a = 1;', '+ const a = 2;'],
        narrative: null,
        files_changed: [path('src/db.js')],
        files_read: [],
      },
    ],
    [
      'Edit: a long one is searched too',
      'Edit',
      { file_path: path('a.js'), old_string: '', new_string: 'one\ntwo\nthree\nfour' },
      {},
      { facts: ['+ one', '+ two', '+ three'], narrative: 'one\ntwo\nthree\nfour' },
    ],
    [
      'MultiEdit: all edits of the file',
      'MultiEdit',
      {
        file_path: path('a.js'),
        edits: [
          { old_string: 'a', new_string: '甲' },
          { old_string: 'b', new_string: '乙' },
        ],
      },
      {},
      { facts: ['- a', '- b', '+ 甲', '+ 乙'], subtitle: '甲' },
    ],
    [
      'Write: documents are known as such',
      'Write',
      { file_path: path('docs/认证.md'), content: '# 认证\n\n以秒为单位。' },
      { type: 'create' },
      {
        type: 'change',
        subtitle: '# 认证',
        narrative: '# 认证\n\n以秒为单位。',
        concepts: ['documentation'],
        files_changed: [path('docs/认证.md')],
      },
    ],
    [
      'NotebookEdit: its own names for path and text',
      'NotebookEdit',
      { notebook_path: path('a.ipynb'), new_source: 'print(1)' },
      {},
      { title: 'a.ipynb', facts: ['+ print(1)'], files_changed: [path('a.ipynb')] },
    ],
    [
      'Bash: the description titles it, the command follows',
      'Bash',
      { command: 'npm test', description: '运行测试' },
      { stdout: '3 passed', stderr: '' },
      { type: 'command', title: '运行测试', subtitle: 'npm test', narrative: 'npm test\n3 passed', concepts: ['test'] },
    ],
    [
      'Bash: without a description the command is the title, once',
      'Bash',
      { command: 'ls -la', description: '  ' },
      { stdout: '', stderr: 'denied' },
      { title: 'ls -la', subtitle: null, narrative: 'denied', concepts: [] },
    ],
    [
      'Bash: in the background',
      'Bash',
      { command: 'npm run dev', run_in_background: true },
      { stdout: '', stderr: '', backgroundTaskId: 'b7' },
      { title: 'npm run dev', facts: ['background task b7'] },
    ],
    [
      'BashOutput: which command it was',
      'BashOutput',
      { bash_id: 'b7' },
      { command: 'npm run dev', stdout: 'ready', stderr: '' },
      { title: 'npm run dev', narrative: 'ready' },
    ],
    [
      'Bash: a commit and a pull request are facts',
      'Bash',
      { command: 'git commit -m "修复锁"' },
      {
        stdout: '',
        gitOperation: { commit: { sha: 'abc1234', branch: 'main' }, pr: { url: 'https://git.example/pull/7' } },
      },
      { facts: ['commit abc1234 main', 'pull request https://git.example/pull/7'], concepts: ['git'] },
    ],
    [
      'Grep: pattern, folder and count',
      'Grep',
      { pattern: '登录', path: path('src') },
      { numFiles: 2, filenames: [path('src/a.ts'), path('src/b.ts')], content: '' },
      { type: 'discovery', title: '登录', subtitle: 'src → 2', narrative: `${path('src/a.ts')}\n${path('src/b.ts')}` },
    ],
    ['Grep: nothing found', 'Grep', { pattern: 'x' }, { numFiles: 0, filenames: [] }, { subtitle: '→ 0' }],
    [
      'Glob: the names are counted when nobody else did',
      'Glob',
      { pattern: '**/*.ts' },
      { filenames: ['a.ts'] },
      { title: '**/*.ts', subtitle: '→ 1', files_read: [] },
    ],
    ['LS: the folder once', 'LS', { path: path('src') }, 'a.ts', { title: 'src', subtitle: null, narrative: 'a.ts' }],
    [
      'WebFetch: address, question and answer',
      'WebFetch',
      { url: 'https://sqlite.org/wal.html', prompt: 'How long may it grow?' },
      { code: 200, codeText: 'OK', result: 'Until a checkpoint.' },
      {
        type: 'research',
        title: 'https://sqlite.org/wal.html',
        subtitle: 'How long may it grow?',
        narrative: 'Until a checkpoint.',
      },
    ],
    [
      'WebSearch: what was found',
      'WebSearch',
      { query: 'SQLite 死锁' },
      {
        query: 'SQLite 死锁',
        results: [{ tool_use_id: 'x', content: [{ title: 'WAL', url: 'https://a.b' }] }, '摘要'],
      },
      { title: 'SQLite 死锁', subtitle: null, narrative: 'WAL\nhttps://a.b\n摘要' },
    ],
    [
      'Agent: the answer without the names of its blocks',
      'Agent',
      { description: '审查限流', prompt: 'Review it', subagent_type: 'general-purpose' },
      { content: [{ type: 'text', text: 'It is per process.' }] },
      {
        type: 'delegation',
        title: '审查限流',
        subtitle: 'general-purpose',
        narrative: 'Review it\nIt is per process.',
      },
    ],
    ['Task: without a description', 'Task', { prompt: '\n看日志\n然后' }, 'done', { title: '看日志' }],
    [
      'TodoWrite: what is being done, and how far it is',
      'TodoWrite',
      {
        todos: [
          { content: 'a', status: 'completed' },
          { content: '写测试', status: 'in_progress' },
        ],
      },
      {},
      { type: 'plan', title: '写测试', subtitle: '1/2', facts: ['[completed] a', '[in_progress] 写测试'] },
    ],
    [
      'TaskCreate',
      'TaskCreate',
      { subject: 'Fix lock', description: 'It times out.' },
      {},
      { title: 'Fix lock', narrative: 'It times out.' },
    ],
    ['TaskUpdate', 'TaskUpdate', { taskId: '3', status: 'completed' }, {}, { title: '#3', subtitle: 'completed' }],
    [
      'ExitPlanMode: the whole plan',
      'ExitPlanMode',
      { plan: '# 计划\n1. 改锁\n2. 测试' },
      {},
      { type: 'plan', title: '# 计划', narrative: '# 计划\n1. 改锁\n2. 测试' },
    ],
  ])('%s', (_, tool, input, response, expected) => {
    expect(observed(tool, input, response)).toMatchObject({ tool, failed: false, ...expected });
  });
});

describe('failures', () => {
  // Catches: a failed command that is found by its name alone, or counts as a success.
  test('a failed command keeps what it was and says why', () => {
    const payload = {
      tool_name: 'Bash',
      tool_input: { command: 'npm test', description: '运行测试' },
      error: 'Exit code 2\n\u001B[31m✗ 登录\u001B[39m\n\nexpected 1\nreceived 2',
      duration_ms: 12.6,
    };
    expect(observeTool(payload, root, true)).toMatchObject({
      title: '运行测试',
      subtitle: 'Exit code 2 · ✗ 登录 · expected 1',
      narrative: 'npm test\nExit code 2\n✗ 登录\n\nexpected 1\nreceived 2',
      facts: ['exit code 2'],
      concepts: ['test', 'error'],
      importance: 0.7,
      failed: true,
      duration_ms: 13,
    });
  });

  test('a failure without a word keeps the rule’s subtitle', () => {
    expect(observeTool({ tool_name: 'mcp__db__query', tool_input: {} }, root, true)).toMatchObject({
      subtitle: 'db',
      narrative: null,
      failed: true,
    });
  });
});
