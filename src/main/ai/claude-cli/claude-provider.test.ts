import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FailureClass } from '../../../shared/job-views.ts';
import { ModelError, type ModelRequest } from '../model.ts';
import { createClaudeProvider } from './claude-provider.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'claude-program-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const never = new AbortController().signal;
const question: ModelRequest = {
  model: 'haiku',
  system: 'Rules.',
  prompt: '/compact\nSee @src/db.ts and mail@example.com',
  schema: null,
  maxOutputTokens: 321,
};

/** A program in the place of the real one; `e2e/client` runs that. The script may use `input`, `say` and `fs`. */
function program(script: string, env: Record<string, string> = {}, timeouts = {}) {
  const path = join(root, 'claude');
  const head = `#!${process.execPath}
const fs = require('node:fs');
const input = fs.readFileSync(0, 'utf8');
const say = (more) => console.log(JSON.stringify({ type: 'result', is_error: false, result: 'ready', ...more }));
`;
  writeFileSync(path, head + script);
  chmodSync(path, 0o755);
  return createClaudeProvider({ path, folder: join(root, 'runs'), env: { PATH: '/usr/bin:/bin', ...env }, timeouts });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function failureOf(asking: Promise<unknown>): Promise<ModelError> {
  const failure: unknown = await asking.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof ModelError)) throw new Error(`It ended as ${String(failure)}`);
  return failure;
}

describe('the program', () => {
  test('gets the prompt as material, the bound, and nothing of a session that we run in', async () => {
    const provider = program(
      `fs.writeFileSync('${join(root, 'seen.json')}', JSON.stringify({ input, args: process.argv.slice(2), env: process.env, cwd: process.cwd() }));
       say({ result: 'see @\\u2060src/db.ts', total_cost_usd: 0.01, usage: { input_tokens: 5, output_tokens: 2 }, modelUsage: { 'claude-haiku-9': {} } });`,
      {
        CLAUDECODE: '1',
        CLAUDE_CODE_ENTRYPOINT: 'cli',
        NODE_OPTIONS: '--no-warnings',
        SOME_API_KEY: 'k',
        HOME: '/home/dev',
        CLAUDE_CODE_OAUTH_TOKEN: 't',
      },
    );
    const reply = await provider.complete(question, never);
    expect(reply).toMatchObject({
      text: 'see @src/db.ts',
      model: 'claude-haiku-9',
      usage: { inputTokens: 5, costUsd: 0.01 },
    });
    const seen: unknown = JSON.parse(readFileSync(join(root, 'seen.json'), 'utf8'));
    expect(seen).toMatchObject({
      cwd: join(root, 'runs'),
      env: {
        HOME: '/home/dev',
        CLAUDE_CODE_OAUTH_TOKEN: 't',
        CLAUDE_CODE_MAX_OUTPUT_TOKENS: '321',
        MAX_THINKING_TOKENS: '0',
        CLAUDE_CODE_EFFORT_LEVEL: 'low',
      },
    });
    expect(JSON.stringify(seen)).not.toMatch(/CLAUDECODE|ENTRYPOINT|NODE_OPTIONS|SOME_API_KEY/);
    // A command at the beginning, or a file's name behind an @, is read by the program as more than words.
    expect(seen).toHaveProperty('input', expect.stringMatching(/^<request>\n\/compact\nSee @\u2060src/));
    expect(seen).toHaveProperty(
      'args',
      expect.arrayContaining(['--no-session-persistence', '--setting-sources', '--tools']),
    );
  });

  test.each<[string, object, FailureClass, RegExp]>([
    ['no login', { result: 'Not logged in · Please run /login' }, 'auth', /not logged in\. Run `claude` in a terminal/],
    ['a bad key', { result: 'Invalid API key · Fix external API key', api_error_status: 401 }, 'auth', /not logged in/],
    [
      'an overload',
      {
        result: 'API Error: 529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
        api_error_status: 529,
      },
      'transient',
      /status 529/,
    ],
    [
      'an overload without its number',
      { result: 'API Error: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}' },
      'transient',
      /problem of its own/,
    ],
    [
      'no network',
      { result: 'API Error: Unable to connect to API (ConnectionRefused)' },
      'transient',
      /Unable to connect/,
    ],
    ['a rate limit', { result: 'API Error: 429 too many', api_error_status: 429 }, 'rate_limit', /less often/],
    [
      'the end of the plan',
      { result: 'Claude AI usage limit reached|4102444800' },
      'rate_limit',
      /limit of the Claude plan/,
    ],
    ['no credit', { result: 'Credit balance is too low', api_error_status: 400 }, 'quota', /no credit left/],
    ['too much', { result: 'Prompt is too long' }, 'too_long', /Lower the input budget/],
    [
      'a model that is not there',
      { result: 'There\u2019s an issue with the selected model (x). It may not exist.' },
      'setup',
      /knows no model/,
    ],
    [
      'an answer without end',
      { result: "API Error: Claude's response exceeded the 321 output token maximum." },
      'format',
      /longer than allowed/,
    ],
    ['a refusal', { result: 'no', stop_reason: 'refusal' }, 'format', /declines/],
  ])('that shows %s ends in its class', async (_, shown, failureClass, words) => {
    const usage = { input_tokens: 9, output_tokens: 1 };
    const provider = program(`say(${JSON.stringify({ is_error: true, usage, ...shown })}); process.exitCode = 1;`);
    const failure = await failureOf(provider.complete(question, never));
    expect([failure.class, failure.message]).toEqual([failureClass, expect.stringMatching(words)]);
    expect(failure.usage?.inputTokens).toBe(9);
  });

  test.each<[string, string, FailureClass, RegExp]>([
    [
      'knows an argument not',
      `console.error("error: unknown option '--no-session-persistence'"); process.exit(1);`,
      'setup',
      /claude update/,
    ],
    ['crashes', `console.error('Segmentation fault'); process.exit(139);`, 'transient', /code 139/],
    ['is killed', `process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);`, 'transient', /broke off/],
    [
      'says something else',
      `console.log('hello'); console.log('[1]'); console.log('{"type":"result","is_error":"?"}');`,
      'transient',
      /code 0 and no answer/,
    ],
    ['answers nothing', `say({ result: '' });`, 'format', /answered nothing/],
  ])('that %s is told as such', async (_, script, failureClass, words) => {
    const failure = await failureOf(program(script).complete(question, never));
    expect([failure.class, failure.message]).toEqual([failureClass, expect.stringMatching(words)]);
  });

  test('that is not there, is a folder, or cannot be run is told as such', async () => {
    const access = { folder: join(root, 'runs'), env: { PATH: root } };
    for (const path of [null, join(root, 'claude'), root, 'claude']) {
      const failure = await failureOf(createClaudeProvider({ path, ...access }).complete(question, never));
      expect([failure.class, failure.message]).toEqual(['setup', expect.stringMatching(/was not found|no program/)]);
    }
  });

  test('that hangs is killed with its children, and the work is tried again', async () => {
    const beat = join(root, 'beat');
    const child = `setInterval(() => require('node:fs').writeFileSync('${beat}', String(Date.now())), 20)`;
    const provider = program(
      `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });
       setInterval(() => {}, 1000);`,
      {},
      { firstMs: 60_000 },
    );
    const stop = new AbortController();
    const asking = provider.complete(question, stop.signal);
    await expect.poll(() => existsSync(beat), { timeout: 20_000 }).toBe(true);
    stop.abort(new Error('closing'));
    // It only ends when the child has let go of the output as well.
    await expect(asking).rejects.toThrow('closing');
    const last = readFileSync(beat, 'utf8');
    const later = program(`setInterval(() => {}, 1000);`, {}, { overallMs: 400 });
    const failure = await failureOf(later.complete(question, never));
    expect([failure.class, failure.message]).toEqual(['transient', expect.stringMatching(/did not answer within/)]);
    expect(readFileSync(beat, 'utf8')).toBe(last);
  });

  test('streams, and is killed when nobody listens any longer', async () => {
    const delta = (text: string) => ({
      type: 'stream_event',
      event: { type: 'content_block_delta', delta: { type: 'text_delta', text } },
    });
    const script = `console.log('${JSON.stringify(delta('one '))}'); console.log('${JSON.stringify(delta('two'))}');`;
    const items = [];
    for await (const item of program(`${script} say({ result: 'one two' });`).stream(question, never)) items.push(item);
    expect(items).toMatchObject([{ delta: 'one ' }, { delta: 'two' }, { reply: { text: 'one two' } }]);

    // Catches: a program that thinks on, and is paid, for an answer that nobody waits for.
    const pidFile = join(root, 'pid');
    const noted = `fs.writeFileSync('${pidFile}', String(process.pid));`;
    const endless = program(`${noted} ${script} setInterval(() => {}, 1_000);`);
    for await (const _item of endless.stream(question, never)) break;
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await expect.poll(() => isRunning(pid), { timeout: 30_000 }).toBe(false);
  });
});
