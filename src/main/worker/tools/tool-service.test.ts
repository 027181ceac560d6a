import { answerTo } from '../../http/rest/error-answer.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ToolService } from '../../api/record-services.ts';
import { builtInTools } from '../../api/tools/built-in-tools.ts';
import { type TemporaryStore, temporaryStore } from '../../store/testing/temporary-store.ts';
import { operatingReader } from '../testing/operating-reader.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import type { ScriptRun, ScriptRuns } from './script-runs.ts';
import { createToolService } from './tool-service.ts';

const tool = { name: 'add', title: 'Adds', description: 'x', input_schema: { type: 'object' }, source: 'return 1' };
const limits = { scripts_enabled: true, timeout_seconds: 5, memory_mb: 32 };

let store: TemporaryStore;
beforeEach(() => void (store = temporaryStore()));
afterEach(() => store.close());

function open(scripts: ScriptRuns | null, beforeClose: (write: () => Promise<void>) => void = () => {}): ToolService {
  const reader = operatingReader(store.readable);
  const writer = operatingWriter(store.writable);
  return createToolService({
    reader,
    writer,
    builtIn: builtInTools,
    scripts,
    onFault: () => {},
    beforeClose,
  });
}

const answering = (ran: Partial<ScriptRun>): ScriptRuns => ({
  run: () => Promise.resolve({ answer: null, stdout: '', stderr: '', exitCode: 0, ended: null, ...ran }),
  close: () => Promise.resolve(),
});

async function run(ran: Partial<ScriptRun>) {
  const tools = open(answering(ran));
  await tools.create(tool);
  await tools.setSettings(limits);
  return tools.runScript('add', {}, new AbortController().signal);
}

// Catches: an organisation whose memory makes room for another one within two seconds of a call, which then was never made.
test('what was counted is written before the memory closes', async () => {
  const last: (() => Promise<void>)[] = [];
  open(null, (write) => void last.push(write)).count('search', { failed: false, tookMs: 1 });
  for (const write of last) await write();
  expect((await open(null).get('search'))?.usage.count).toBe(1);
});

// What a process says that runs foreign code. Catches: a forged or damaged answer that is taken for a result.
describe('what a run comes to', () => {
  test.each<[string, Partial<ScriptRun>, object]>([
    ['a result', { answer: { kind: 'result', json: '{"a":[1]}' } }, { success: true, output: { a: [1] }, error: null }],
    ['null', { answer: { kind: 'result', json: 'null' } }, { success: true, output: null, error: null }],
    ['no JSON', { answer: { kind: 'result', json: '{"a":' } }, { success: false, error: { code: 'SCRIPT_FAILED' } }],
    [
      'a result that is too large in bytes',
      { answer: { kind: 'result', json: JSON.stringify('é'.repeat(600_000)) } },
      { success: false, error: { code: 'TOO_MUCH_OUTPUT' } },
    ],
    [
      'a result that is nested deeper than what answers in JSON can follow',
      { answer: { kind: 'result', json: '['.repeat(4_000) + ']'.repeat(4_000) } },
      { success: false, error: { code: 'SCRIPT_FAILED', message: expect.stringContaining('levels') as unknown } },
    ],
    [
      'what it threw',
      { answer: { kind: 'failed', message: 'Error: no' } },
      { success: false, error: { code: 'SCRIPT_FAILED', message: 'Error: no' } },
    ],
    ['no answer', { exitCode: 7 }, { success: false, exit_code: 7, error: { code: 'SCRIPT_FAILED' } }],
    [
      'a result of one that was ended',
      { ended: 'timeout', exitCode: null },
      { success: false, error: { code: 'TIMEOUT', message: expect.stringContaining('5 seconds') as unknown } },
    ],
    ['too much memory', { ended: 'memory' }, { success: false, error: { code: 'OUT_OF_MEMORY' } }],
    ['too much output', { ended: 'output' }, { success: false, error: { code: 'TOO_MUCH_OUTPUT' } }],
    ['one that was cancelled', { ended: 'cancelled' }, { success: false, error: { code: 'CANCELLED' } }],
    [
      'a full heap, whose dump names paths of this machine',
      { stderr: 'mine\n<--- Last few GCs --->\n1: /opt/node\nheap out of memory' },
      { success: false, stderr: 'mine', error: { code: 'OUT_OF_MEMORY' } },
    ],
  ])('%s', async (_name, ran, expected) => {
    expect(await run(ran)).toMatchObject({ tool: 'add', output: null, ...expected });
  });
});

// Catches: a schema that lets everything through, is looked for in the network, or takes the loop for seconds.
test.each([
  { type: 'object', $async: true },
  { type: 'object', $ref: 'http://127.0.0.1:1/schema' },
  { type: 'object', properties: { a: { pattern: '(' } } },
  { type: 'object', required: Array.from({ length: 10_000 }, (_, place) => `name${place}`) },
])('arguments cannot be checked by schema %#', async (input_schema) => {
  await expect(open(null).create({ ...tool, input_schema })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('schema of the arguments') as unknown,
  });
});

// Catches: a source that only looks like the body of a function, taken and then of no use, and a fault without its place.
test.each([
  ['}); process.exit(0); (async()=>{', /Line 1: /],
  ['}; process.exit(0); async function x() {', /Line 1: /],
  ['return 1;\n}, async () => {', /Line 2: /],
  ['}\n/x/\n{', /Line \d: /],
  ['return 1;\nlet = ;', /Line 2: Unexpected strict mode reserved word\./],
  ['if (input.a) {', /Line 1: a bracket or a text is not closed/],
  ['return `a', /Line 1: .*/],
  ['import x from "y"', /cannot import/],
])('the source %j is refused at its place', async (source, said) => {
  const refusal = await open(null)
    .create({ ...tool, source })
    .catch((error: unknown) => error);
  expect(answerTo(refusal)).toMatchObject({
    code: 'INVALID_INPUT',
    details: [{ path: 'source', message: expect.stringMatching(said) as unknown }],
  });
});
test.each(['return 1', 'await null; return input', '// }\nreturn "}) ("', 'const f = () => { return 1 }\nreturn f()'])(
  'the source %j is taken',
  async (source) => expect(await open(null).create({ ...tool, source })).toMatchObject({ source }),
);

test('where there is no Node to run it, a tool is registered and listed, and says why it does not run', async () => {
  const tools = open(null);
  await tools.create(tool);
  await tools.setSettings(limits);
  expect(await tools.get('add')).toMatchObject({ kind: 'script', scope: 'execute', enabled: true });
  await expect(tools.runScript('add', {}, new AbortController().signal)).rejects.toMatchObject({
    code: 'PRECONDITION_FAILED',
    message: expect.stringContaining('npm run worker') as unknown,
  });
});

// Catches: figures that miss what was counted and not written yet, or count it twice once it is.
test('uses are told at once, and are the same when they are written', async () => {
  const tools = open(null);
  tools.count('search', { failed: false, tookMs: 10 });
  tools.count('search', { failed: true, tookMs: 20 });
  const counted = { count: 2, failure_count: 1, average_ms: 15, last_used_at: expect.any(String) as unknown };
  expect((await tools.get('search'))?.usage).toEqual(counted);
  await expect
    .poll(() => store.readable.prepare('SELECT count FROM tool_usage').pluck().get(), { timeout: 20_000 })
    .toBe(2);
  expect((await tools.get('search'))?.usage).toEqual(counted);
  expect((await tools.get('timeline'))?.usage).toEqual({
    count: 0,
    failure_count: 0,
    average_ms: null,
    last_used_at: null,
  });
});

// Catches: the usage of a tool that is gone, counted for another one of its name.
test('a tool that is deleted takes its figures with it', async () => {
  const tools = open(answering({ answer: { kind: 'result', json: '1' } }));
  await tools.setSettings(limits);
  await tools.create(tool);
  await tools.runScript('add', {}, new AbortController().signal);
  expect(await tools.delete('add')).toBe(true);
  await tools.create(tool);
  expect((await tools.get('add'))?.usage.count).toBe(0);
});
