import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toldMemory, type Told, type ToldMemory } from '../testing/told-memory.ts';
import { createContextBuilder } from './builder.ts';

let memory: ToldMemory;
beforeEach(() => void (memory = toldMemory()));
afterEach(() => memory.close());

function build() {
  const place = { projectPk: memory.project(), sessionPk: null };
  return createContextBuilder(memory.db).build({ kind: 'startup', ...place, budgetTokens: 1_500 });
}

describe('left open', () => {
  test.each<[string, Told[], boolean]>([
    [
      'fails to the end',
      [
        {
          session: 's1',
          asked: 'test it',
          answered: 'It fails.',
          ran: [{ command: 'npm test', error: 'Exit code 1\n2 failed' }],
        },
      ],
      true,
    ],
    [
      'passes later in another session, in other words',
      [
        {
          session: 's1',
          asked: 'test it',
          answered: 'It fails.',
          ran: [{ command: 'npm test', error: 'Exit code 1' }],
        },
        {
          session: 's2',
          asked: 'mend it',
          answered: 'It passes.',
          ran: [{ command: 'cd /a/shop && npm test 2>&1 | tail -5', description: 'Run all tests' }],
        },
      ],
      false,
    ],
    [
      'passed before and fails now',
      [
        { session: 's1', asked: 'test it', answered: 'ok', ran: [{ command: 'npm test' }] },
        { session: 's1', asked: 'change it', answered: 'hm', ran: [{ command: 'npm test', error: 'Exit code 1' }] },
      ],
      true,
    ],
    [
      'leaves nothing open',
      [{ session: 's1', asked: 'look', answered: 'none', ran: [{ command: 'cat nothing.txt', error: 'Exit code 1' }] }],
      false,
    ],
  ])('a command that %s', (_name, told, isOpen) => {
    for (const turn of told) memory.tell(turn);
    const reasons = build().lines.map((line) => line.reason);
    expect(reasons.includes('unresolved_failure')).toBe(isOpen);
  });

  // Catches: what a person or a rule forbade, and folders called "build", told as broken.
  test.each<[string, string, string, boolean]>([
    ['is denied by the person', 'npm test', "The user doesn't want to proceed with this tool use.", false],
    ['is denied by a rule', 'npm test', 'Permission to use Bash with command npm test has been denied.', false],
    ['is blocked', 'npm run build', "rm in '/etc' was blocked. For security, Claude Code may only remove files", false],
    ['waits for approval', 'npm ci', 'This command requires approval', false],
    ['only looks into a folder', 'ls build', 'Exit code 2\nls: cannot access build', false],
    ['only searches', 'grep -rn pytest build/', 'Exit code 1', false],
    ['only removes', 'rm -rf build', 'Exit code 1', false],
    ['runs and tells of a block itself', 'npm test', 'Exit code 1\nthe request was blocked by CORS', true],
    ['takes too long', 'npm test', 'Command timed out after 2m 0s', true],
  ])('a command that %s', (_name, command, error, isOpen) => {
    memory.tell({ session: 's1', asked: 'go', answered: 'hm', ran: [{ command, error }] });
    expect(build().lines.some((line) => line.reason === 'unresolved_failure')).toBe(isOpen);
  });

  // Catches: all commands without a description known by their first line of output, "Exit code 1".
  test('two commands that fail alike are two', () => {
    const ran = ['npm test', 'make'].map((command) => ({ command, error: 'Exit code 1' }));
    memory.tell({ session: 's1', asked: 'go', answered: 'hm', ran });
    expect(build().lines.filter((line) => line.reason === 'unresolved_failure')).toHaveLength(2);
  });

  // Catches: a failure that comes back when the run that passed is hidden.
  test.each(['observation', 'session'] as const)('a passing run settles it, its %s hidden or not', (hidden) => {
    const command = 'npm test';
    memory.tell({ session: 's1', asked: 'test', answered: 'hm', ran: [{ command, error: 'Exit code 1' }] });
    memory.tell({ session: 's2', asked: 'mend', answered: 'ok', ran: [{ command, description: 'Tests that pass' }] });
    memory.tell({ session: 's2', asked: 'run', answered: 'ok', ran: [{ command }] });
    if (hidden === 'session') memory.markSession('s2', 'hidden');
    else for (const title of ['Tests that pass', 'npm test']) memory.markObservation(title, 'hidden');
    const { text, lines } = build();
    expect(lines.map((line) => line.reason)).not.toContain('unresolved_failure');
    expect(text).not.toContain('Tests that pass');
    if (hidden === 'observation') expect(text).toContain('mend');
  });

  // Older clients tell no ids of prompts.
  test('a prompt without an id has the answer that came before the next', () => {
    const say = (body: object) => memory.post({ session_id: 's1', cwd: '/a/shop', ...body });
    const ask = (prompt: string) => say({ hook_event_name: 'UserPromptSubmit', prompt });
    ask('which port?');
    say({ hook_event_name: 'Stop', last_assistant_message: 'Port 4410.' });
    ask('and the host?');
    say({ hook_event_name: 'Stop', last_assistant_message: 'The loopback.' });
    expect(build().text).toMatch(/“which port\?” → “Port 4410\.”\n.*“and the host\?” → “The loopback\.”/);
    ask('and why?');
    const { text, lines } = build();
    expect(lines.filter((line) => line.reason === 'unfinished_turn')).toHaveLength(1);
    expect(text).toContain('without a final answer: “and why?”');
    expect(text).toContain('“and the host?” → “The loopback.”');
  });

  // Catches: an error that a notification's turn came to, told of the person's turn before it.
  test('an error of a turn that a machine began is not of the turn before', () => {
    memory.tell({ session: 's1', asked: 'start the build', answered: 'It runs.' });
    const common = { session_id: 's1', cwd: '/a/shop', prompt_id: 'of a machine' };
    const prompt = '<task-notification>done</task-notification>';
    memory.post({ ...common, hook_event_name: 'UserPromptSubmit', prompt });
    memory.post({ ...common, hook_event_name: 'StopFailure', error: 'rate_limit' });
    expect(build().lines.map((line) => line.reason)).not.toContain('unfinished_turn');
  });

  test('todo lists by what they have open, tasks among them', () => {
    memory.tell({
      session: 's1',
      asked: 'ship it',
      answered: 'Halfway.',
      todos: [
        { content: 'write the code', status: 'completed' },
        { content: 'write the docs', status: 'in_progress' },
      ],
    });
    const task = (tool_use_id: string, tool_name: string, tool_input: object, tool_response: object) => ({
      hook_event_name: 'PostToolUse',
      tool_use_id,
      tool_name,
      tool_input,
      tool_response,
    });
    memory.tell({
      session: 's2',
      asked: 'plan',
      answered: 'Planned.',
      events: [
        task('t1', 'TaskCreate', { subject: 'draw the plan' }, { task: { id: '1', subject: 'draw the plan' } }),
        task('t2', 'TaskCreate', { subject: 'build the house' }, { task: { id: '2', subject: 'build the house' } }),
        task('t3', 'TaskUpdate', { taskId: '1', status: 'completed' }, {}),
      ],
    });
    const { text } = build();
    expect(text).toContain('1 done, open: “write the docs”');
    expect(text).toContain('1 done, open: “build the house”');
    expect(text).not.toMatch(/open:.*(?:write the code|draw the plan)/);
  });

  test('turns that never came to an answer, or to an error of the provider', () => {
    memory.tell({ session: 's1', asked: 'rename everything' });
    memory.tell({
      session: 's2',
      asked: 'count the words',
      events: [{ hook_event_name: 'StopFailure', error: 'rate_limit' }],
    });
    const lines = build().lines.filter((line) => line.reason === 'unfinished_turn');
    expect(lines.map((line) => line.text)).toEqual([
      expect.stringContaining('ended with an error of the provider: “count the words”'),
      expect.stringContaining('without a final answer: “rename everything”'),
    ]);
    // Once, and not as an earlier session too, however old.
    for (const session of ['s3', 's4']) memory.tell({ session, asked: `ask ${session}`, answered: 'ok' });
    expect(build().text.split(/rename everything|count the words/)).toHaveLength(3);
  });
});
