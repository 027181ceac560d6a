import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { proofOf, readOrCreateToken } from '../../access/tokens.ts';
import { dataPaths } from '../../store/data-folder.ts';
import { temporaryFolder } from '../../store/testing/temporary-store.ts';
import { readWorkerFile, writeWorkerFile } from '../../store/worker-file.ts';
import { isObject } from './rpc-message.ts';
import { modernRevision } from './standard-headers.ts';

const cli = resolve(import.meta.dirname, '../../cli.ts');
const folder = temporaryFolder();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
afterAll(() => folder.remove());

/** `cmem` as an agent starts it. */
function start(args: readonly string[], dataDir: string) {
  const child = spawn(process.execPath, [cli, ...args, '--data', dataDir], {
    env: { ...process.env, CLAUDE_MEM_PORT: '0', CLAUDE_CONFIG_DIR: join(dataDir, 'claude') },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited: Promise<unknown[]> = once(child, 'exit');
  ends.push(() => child.kill('SIGKILL'));
  const received: unknown[] = [];
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  // Whatever is no JSON on this stream breaks the agent's connection.
  createInterface({ input: child.stdout }).on('line', (line) => received.push(JSON.parse(line)));
  return {
    say: (...lines: (string | object)[]) =>
      lines.forEach((line) => child.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`)),
    answer: (id: number | null) =>
      vi.waitFor(
        () => {
          const found = received.find((message) => isObject(message) && message['id'] === id && !('method' in message));
          if (found === undefined) throw new Error(`No answer to ${id}: ${JSON.stringify(received)} ${errors}`);
          return found;
        },
        { timeout: 80_000, interval: 20 },
      ),
    received,
    errors: () => errors,
    async end() {
      child.stdin.end();
      const [code] = await exited;
      return code;
    },
  };
}

/** Ends the worker that an agent has started, also when it is only about to be ready. */
async function stopWorker(dataDir: string): Promise<void> {
  const file = dataPaths(dataDir).worker;
  const patience = { timeout: 20_000, interval: 50 };
  const worker = await vi.waitFor(() => readWorkerFile(file) ?? Promise.reject(new Error('No worker yet.')), patience);
  process.kill(worker.pid, 'SIGTERM');
  await vi.waitFor(() => expect(readWorkerFile(file)).toBeNull(), patience);
}

const hello = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};
const stats = { jsonrpc: '2.0', id: 9, method: 'tools/call', params: { name: 'stats', arguments: {} } };

// Catches: an agent that waits for its memory to start, a process that outlives its agent, and noise on the protocol's stream.
test('without a worker it answers what needs none, whatever else it is told', { timeout: 60_000 }, async () => {
  const dataDir = join(folder.dir, 'nobody');
  const agent = start(['mcp'], dataDir);
  agent.say('{"jsonrpc":', '[]', '7', '{"jsonrpc":"1.0","id":3}', '{"jsonrpc":"2.0","id":{},"method":"ping"}', '');
  agent.say(`"${'x'.repeat(10 * 1024 * 1024)}"`);
  agent.say(hello, { jsonrpc: '2.0', id: 2, method: 'ping' }, { jsonrpc: '2.0', id: 3, method: 'prompts/list' });
  expect(await agent.answer(1)).toMatchObject({ result: { protocolVersion: '2025-06-18' } });
  expect(await agent.answer(2)).toEqual({ jsonrpc: '2.0', id: 2, result: {} });
  expect(await agent.answer(3)).toMatchObject({ result: { prompts: [{ name: 'recall' }, {}, {}] } });
  const codes = agent.received.map(
    (message) => JSON.stringify(message).match(/"id":null,"error":\{"code":(-\d+)/)?.[1],
  );
  expect(codes.filter((code) => code !== undefined)).toEqual([
    '-32700',
    '-32600',
    '-32600',
    '-32600',
    '-32600',
    '-32600',
  ]);
  expect(await agent.end()).toBe(0);
  expect(agent.errors()).toBe('');
  expect(readWorkerFile(dataPaths(dataDir).worker)).toBeNull();
});

// Catches: a call that waits for half a minute for a worker that has said at once why it cannot start, and does not tell.
test('a worker that cannot start is not waited for, and its reason is the answer', { timeout: 60_000 }, async () => {
  const dataDir = join(folder.dir, 'broken');
  mkdirSync(dataDir);
  writeFileSync(dataPaths(dataDir).database, 'This is no database. '.repeat(500));
  const agent = start(['mcp'], dataDir);
  agent.say(hello, { jsonrpc: '2.0', method: 'notifications/initialized' }, stats);
  const told = JSON.stringify(await agent.answer(9));
  expect(told).toContain('is not a database of this app or is damaged');
  expect(told).toContain('Move it away');
  expect(await agent.end()).toBe(0);
});

// Catches: an update of the command line beside an app that still runs, and a refusal that an agent cannot do anything about.
test.each([
  [404, { error: 'There is nothing at POST /mcp.' }, /worker of an earlier version.*Close the app/],
  [
    503,
    { jsonrpc: '2.0', id: null, error: { code: -32_000, message: 'All sessions are in use.' } },
    /All sessions are/,
  ],
])('a worker that answers initialize with %i is told of', { timeout: 60_000 }, async (status, body, said) => {
  const dataDir = join(folder.dir, `answers-${status}`);
  mkdirSync(dataDir);
  const ownerToken = readOrCreateToken(dataDir, 'owner');
  const worker = createServer(({ url }, response) => {
    const challenge = new URL(url ?? '/', 'http://localhost').searchParams.get('challenge');
    response.writeHead(challenge === null ? status : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(challenge === null ? body : { proof: proofOf(ownerToken, challenge) }));
  }).listen(0, '127.0.0.1');
  ends.push(() => worker.close());
  await once(worker, 'listening');
  const place = worker.address();
  if (place === null || typeof place === 'string') throw new Error('It listens nowhere.');
  const { port } = place;
  writeWorkerFile(dataPaths(dataDir).worker, {
    pid: process.pid,
    port,
    url: `http://127.0.0.1:${port}`,
    started_at: new Date().toISOString(),
  });
  const agent = start(['mcp'], dataDir);
  agent.say(hello, { jsonrpc: '2.0', method: 'notifications/initialized' }, stats);
  expect(JSON.stringify(await agent.answer(9))).toMatch(said);
  expect(await agent.end()).toBe(0);
});

// Catches: a hook that holds up or breaks a session because the memory is not there.
test('a hook without a worker says nothing and ends well', { timeout: 30_000 }, async () => {
  const hook = start(['hook'], join(folder.dir, 'nobody'));
  hook.say({ session_id: 's', hook_event_name: 'Stop' });
  expect(await hook.end()).toBe(0);
  expect([hook.received, hook.errors()]).toEqual([[], '']);
});

// Catches: a worker for each agent, a worker that dies with the first, and answers that are lost while it starts.
test('two agents at once start one worker, which outlives them', { timeout: 180_000 }, async () => {
  const dataDir = join(folder.dir, 'shared');
  // Whatever becomes of the test: nobody else ends it.
  ends.push(() => stopWorker(dataDir));
  const agents = [start(['mcp'], dataDir), start(['mcp'], dataDir)];
  for (const agent of agents) agent.say(hello, { jsonrpc: '2.0', method: 'notifications/initialized' }, stats);
  for (const agent of agents) {
    expect(await agent.answer(9)).toMatchObject({ result: { structuredContent: { sessions: 0 } } });
  }
  const worker = readWorkerFile(dataPaths(dataDir).worker);
  if (worker === null) throw new Error('No worker says that it runs.');
  for (const agent of agents) expect(await agent.end()).toBe(0);
  const health = await fetch(`${worker.url}/api/v1/health`);
  expect(await health.json()).toMatchObject({ pid: worker.pid });

  // Catches: a call before initialize that spoils every later one, and lines that are never answered, or wrongly as done.
  const hasty = start(['mcp'], dataDir);
  const method = 'tools/call';
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  hasty.say(
    { ...stats, id: 20 },
    { jsonrpc: '2.0', id: 21, method: 'constructor' },
    { jsonrpc: '2.0', id: 22, method, params: [] },
    { jsonrpc: '2.0', id: null, method: 'ping' },
    '{"jsonrpc":"2.0","id":1e999,"method":"ping"}',
    `{"jsonrpc":"2.0","id":23,"method":"${method}","params":${deep}}`,
    { jsonrpc: '2.0', id: 24, method, params: { name: '中', _meta: { [modernRevision]: '2026-07-28' } } },
  );
  for (const id of [20, 21]) {
    expect(JSON.stringify(await hasty.answer(id))).toContain('Begin with initialize');
  }
  for (const id of [22, 23, 24]) expect(await hasty.answer(id)).toMatchObject({ error: { code: -32_600 } });
  expect(hasty.received.filter((message) => isObject(message) && message['id'] === null)).toHaveLength(2);
  hasty.say(hello, { jsonrpc: '2.0', method: 'notifications/initialized' }, stats);
  expect(await hasty.answer(9)).toMatchObject({ result: { structuredContent: { sessions: 0 } } });
  hasty.say(
    { jsonrpc: '2.0', id: 30, method: 'resources/read', params: {} },
    { jsonrpc: '2.0', id: 31, method: 'prompts/get', params: { name: 7 } },
    { jsonrpc: '2.0', id: 32, method: 'tools/list', params: { cursor: 7 } },
  );
  for (const [id, at] of [
    [30, ' uri: '],
    [31, ' name: '],
    [32, ' cursor: '],
  ] as const) {
    const told = JSON.stringify(await hasty.answer(id));
    expect(told).toContain('-32602');
    expect(told).toContain(at);
  }
  expect(await hasty.end()).toBe(0);
});
