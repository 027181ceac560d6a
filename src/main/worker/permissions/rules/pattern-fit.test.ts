import { expect, test } from 'vitest';
import { readPermissionAsk } from '../../../capture/permission-ask.ts';
import { patternFault } from './pattern-fit.ts';
import { resolveSubject } from './resolve-subject.ts';

const root = '/nowhere/shop';

function faultOf(pattern: string, behavior: 'allow' | 'deny', tool: string, input: object): string | null {
  const ask = readPermissionAsk({ tool_name: tool, tool_input: input });
  if (ask === null) throw new Error('Nobody asks that.');
  const { pattern: own } = resolveSubject(ask.subject, root, root);
  return patternFault(pattern, behavior, { tool, input: JSON.stringify(ask.input), cwd: root, root, pattern: own });
}

const secret = `curl -H "Authorization: token ghp_${'a1'.repeat(20)}" https://example.com`;

// Catches: a guard that stands in the way of a rule that would have answered.
test.each<[pattern: string, behavior: 'allow' | 'deny', tool: string, input: object]>([
  ['npm test', 'allow', 'Bash', { command: 'npm test' }],
  ['npm *', 'allow', 'Bash', { command: 'npm test -- --watch' }],
  ['git *', 'allow', 'Bash', { command: 'git add . && git commit -m "x y"' }],
  ['git add . && npm test', 'allow', 'Bash', { command: 'git add . && npm test' }],
  ['rm *', 'deny', 'Bash', { command: 'cd x && sudo rm -rf .' }],
  ['curl *', 'allow', 'Bash', { command: secret }],
  ['src/**', 'allow', 'Edit', { file_path: '/nowhere/shop/src/a/b.ts', old_string: 'a', new_string: 'b' }],
  ['/nowhere/shop/src/*', 'allow', 'Edit', { file_path: 'src/b.ts', old_string: 'a', new_string: 'b' }],
  ['https://*.example.com/*', 'allow', 'WebFetch', { url: 'https://docs.example.com/a', prompt: 'x' }],
  ['{"q":"x"}', 'allow', 'mcp__web__search', { q: 'x' }],
  ['echo *', 'allow', 'Bash', { command: 'echo x', dangerouslyDisableSandbox: true }],
])('%s, %s: fits %s %o', (pattern, behavior, tool, input) => {
  expect(faultOf(pattern, behavior, tool, input)).toBeNull();
});

// Catches: a rule that is remembered for a request, and does not answer the next one like it.
test.each<[pattern: string, behavior: 'allow' | 'deny', tool: string, input: object, fitting: string]>([
  ['yarn *', 'allow', 'Bash', { command: 'npm test' }, '"npm test", "npm test*", "npm *"'],
  ['npm', 'allow', 'Bash', { command: 'npm test' }, '"npm test", "npm test*", "npm *"'],
  ['npm test*', 'allow', 'Bash', { command: 'npm test && rm x' }, 'Each command of the line has to fit'],
  ['npm test*', 'allow', 'Bash', { command: 'npm test && rm x' }, '"npm test && rm x".'],
  ['echo *', 'allow', 'Bash', { command: 'echo $HOME' }, 'What fits: "echo $HOME".'],
  ['ls *', 'allow', 'Bash', { command: secret }, 'What fits: "curl *", "curl*".'],
  ['git push*', 'deny', 'Bash', { command: 'git pull' }, '"git pull", "git pull*", "git *"'],
  ['test/**', 'allow', 'Edit', { file_path: '/nowhere/shop/src/b.ts', old_string: 'a' }, '"src/b.ts", "src/**"'],
  ['src/**', 'allow', 'Read', { file_path: '/nowhere/else/b.ts' }, '"/nowhere/else/b.ts", "/nowhere/else/**"'],
  [
    'http://a.example/*',
    'allow',
    'WebFetch',
    { url: 'https://a.example/x' },
    '"https://a.example/x", "https://a.example/*"',
  ],
  ['{"q":*}', 'allow', 'mcp__web__search', { q: 'x' }, String.raw`What fits: "{"q":"x"}".`],
])('%s, %s: does not fit %s %o', (pattern, behavior, tool, input, fitting) => {
  const fault = faultOf(pattern, behavior, tool, input);
  expect(fault).toContain(`"${pattern}" does not fit`);
  expect(fault).toContain(fitting);
});
