import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { recordedHooks, recordedSessions, recordedTranscript } from '../capture/testing/recorded.ts';
import { dataPaths } from '../store/data-folder.ts';
import { createLogger } from '../observe/logger.ts';
import { startWorker } from './start-worker.ts';
import { testWorkers } from './testing/test-worker.ts';

const workers = testWorkers();
afterEach(() => workers.end());

const common = { session_id: 's1', cwd: '/nowhere/shop', prompt_id: 'p1' };

function toolCall(id: string, stdout = 'ok') {
  return {
    ...common,
    hook_event_name: 'PostToolUse',
    tool_name: 'Bash',
    tool_use_id: id,
    tool_input: { command: 'npm test' },
    tool_response: { stdout },
  };
}

test('a hook is answered with 204 once it is durable, and found again after a restart', async () => {
  const worker = await workers.start();
  const response = await worker.hook(toolCall('t1', 'SQLITE_BUSY: database is locked'));
  expect(response.status).toBe(204);
  expect(await response.text()).toBe('');
  await worker.close();
  expect(existsSync(`${dataPaths(worker.dataDir).database}-wal`), 'a closed memory is one whole file').toBe(false);
  const again = await worker.restart();
  const answer = await again.client.search.query.query({ text: 'database locked' });
  expect(answer.hits.map((hit) => hit.observation.title)).toEqual(['npm test']);
});

test('a second worker on the folder is refused while the first runs, and not after', async () => {
  const worker = await workers.start();
  const second = () =>
    startWorker({
      dataDir: worker.dataDir,
      engine: 'headless',
      rendererDir: '',
      port: 0,
      claudeSettingsFile: join(worker.claudeDir, 'settings.json'),
      log: createLogger('error', () => {}),
    });
  await expect(second()).rejects.toMatchObject({
    code: 'DATA_FOLDER_IN_USE',
    holder: { pid: process.pid, url: worker.url },
  });
  await worker.close();
  await (await second()).close();
});

test('a port that is taken gives a clear error and leaves nothing open', async () => {
  const worker = await workers.start();
  const other = await workers.start();
  const dataDir = other.dataDir;
  await other.close();
  const options = {
    dataDir,
    engine: 'headless',
    rendererDir: '',
    claudeSettingsFile: '',
    log: createLogger('error', () => {}),
  } as const;
  await expect(startWorker({ ...options, port: worker.port })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
  await (await startWorker({ ...options, port: 0 })).close();
});

test('a 50 MB tool result neither blocks its neighbours nor is stored whole', async () => {
  const worker = await workers.start();
  const huge = worker.hook(toolCall('huge', `BEGIN ${'déjà vu 时钟偏差 '.repeat(2_200_000)} END`));
  const neighbours = await Promise.all(Array.from({ length: 20 }, (_, at) => worker.hook(toolCall(`t${at}`))));
  expect(neighbours.map((response) => response.status)).toEqual(neighbours.map(() => 204));
  const first = await Promise.race([huge.then(() => 'huge'), Promise.resolve('neighbours')]);
  expect(first, 'the large body must not be in front of the others').toBe('neighbours');
  expect((await huge).status).toBe(204);
  const timeline = await worker.client.sessions.timeline.query({ session_id: 's1' });
  expect(timeline.pagination.total).toBe(21);
  const details = await Promise.all(timeline.data.map((row) => worker.client.observations.get.query({ id: row.id })));
  const stored = details.find((row) => row.original_bytes > 40_000_000);
  expect(JSON.stringify(stored?.result)).toMatch(/BEGIN .*elided: \d+ characters.* END/s);
  const { database } = dataPaths(worker.dataDir);
  expect(statSync(database).size + statSync(`${database}-wal`).size).toBeLessThan(8_000_000);
});

// Catches: a parser's own words, and a fault that names no field.
test.each([
  ['{}', 'hook_event_name', /^This is no hook event: send a JSON object whose hook_event_name is a text/],
  ['[]', 'hook_event_name', /^This is no hook event/],
  [`{"hook_event_name":7,"x":"${'y'.repeat(300 * 1024)}"}`, 'hook_event_name', /^This is no hook event/],
  ['{', '', /^The body is not JSON/],
])('a hook that is none is told in a sentence: %.20s', async (body, path, sentence) => {
  const worker = await workers.start();
  const answer = await worker.hook(body);
  expect([answer.status, await answer.json()]).toMatchObject([
    400,
    {
      error: expect.stringMatching(sentence) as unknown,
      details: [{ path, message: expect.stringMatching(sentence) as unknown }],
    },
  ]);
});

test('while capture is paused nothing is kept, not even from the transcript later', async () => {
  const worker = await workers.start();
  const folder = join(worker.claudeDir, 'projects', '-nowhere-shop');
  mkdirSync(folder, { recursive: true });
  const said = (text: string, timestamp: string) =>
    `${JSON.stringify({ type: 'user', sessionId: 'p', cwd: '/nowhere/shop', promptId: text, timestamp, message: { content: text } })}\n`;
  const before = new Date(Date.now() - 5_000).toISOString();
  await worker.client.capture.setPaused.mutate({ paused: true });
  expect((await worker.hook(toolCall('t1'))).status).toBe(204);
  expect((await worker.client.status.get.query()).database.counts.events).toBe(0);
  writeFileSync(
    join(folder, 'p.jsonl'),
    said('before the pause', before) + said('in the pause', new Date().toISOString()),
  );
  const again = await worker.restart();
  expect(again.isPaused()).toBe(true);
  await vi.waitFor(async () => expect((await again.client.status.get.query()).database.counts.prompts).toBe(1), {
    timeout: 30_000,
  });
  await again.client.capture.setPaused.mutate({ paused: false });
  expect((await again.hook(toolCall('t2'))).status).toBe(204);
  const prompts = await again.client.sessions.timeline.query({ session_id: 'p' });
  expect(prompts.data.map((row) => row.title)).toEqual(['before the pause']);
  expect((await again.client.sessions.timeline.query({ session_id: 's1' })).pagination.total).toBe(1);
});

test('a session that ran while the worker was stopped is read from its transcript at the start', async () => {
  const worker = await workers.start();
  const projects = join(worker.claudeDir, 'projects', '-home-dev-shop-api');
  mkdirSync(projects, { recursive: true });
  await worker.close();
  for (const name of recordedSessions) cpSync(recordedTranscript(name), join(projects, `${name}.jsonl`));
  const again = await worker.restart();
  await vi.waitFor(async () => expect((await again.client.status.get.query()).database.counts.sessions).toBe(4), {
    timeout: 30_000,
  });
  await vi.waitFor(
    async () => {
      const page = await again.client.sessions.timeline.query({ session_id: '55218e25-6b7c-4b51-b4d9-0c2e3a7ea879' });
      expect(page.data.filter((row) => row.tool !== null)).toHaveLength(5);
    },
    { timeout: 30_000 },
  );
});

test('the context of a new session tells of its own project only, and a resumed one gets it no second time', async () => {
  const worker = await workers.start();
  for (const body of recordedHooks('fix-lock-timeout')) await worker.hook(body);
  const start = (fields: object) => worker.hook({ hook_event_name: 'SessionStart', source: 'startup', ...fields });
  const same = await start({ session_id: 'new', cwd: '/home/dev/shop-api' });
  expect(same.status).toBe(200);
  const answer = (await same.json()) as { hookSpecificOutput: { hookEventName: string; additionalContext: string } };
  expect(answer.hookSpecificOutput.hookEventName).toBe('SessionStart');
  expect(answer.hookSpecificOutput.additionalContext).toContain('WAL mode');
  expect(answer.hookSpecificOutput.additionalContext).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
  expect(answer.hookSpecificOutput.additionalContext.length).toBeLessThan(10_000);
  expect((await start({ session_id: 'new', cwd: '/home/dev/shop-api', source: 'resume' })).status).toBe(204);
  expect((await start({ session_id: 'new', cwd: '/home/dev/shop-api', source: 'compact' })).status).toBe(200);
  expect((await start({ session_id: 'other', cwd: '/home/dev/another' })).status).toBe(204);
});

test('the first prompt carries the context when SessionStart never came, the second does not', async () => {
  const worker = await workers.start();
  for (const body of recordedHooks('fix-lock-timeout')) await worker.hook(body);
  const prompt = (prompt_id: string) =>
    worker.hook({
      hook_event_name: 'UserPromptSubmit',
      session_id: 'late',
      cwd: '/home/dev/shop-api',
      prompt_id,
      prompt: `do ${prompt_id}`,
    });
  const first = await prompt('a');
  expect(await first.json()).toMatchObject({ hookSpecificOutput: { hookEventName: 'UserPromptSubmit' } });
  expect((await prompt('b')).status).toBe(204);
});

test('no byte of a secret or a private block is in the data folder', async () => {
  const worker = await workers.start();
  for (const body of recordedHooks('zh-session')) await worker.hook(body);
  await worker.close();
  for (const name of readdirSync(worker.dataDir)) {
    const bytes = readFileSync(join(worker.dataDir, name)).toString('latin1');
    for (const secret of [
      'AKIAIOSFODNN7EXAMPLE',
      'sk-ant-api03-abcdef',
      'customers.csv',
      Buffer.from('客户名单').toString('latin1'),
    ]) {
      expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false);
    }
  }
});

test('search finds what was said and done, in both languages, and takes any query', async () => {
  const worker = await workers.start();
  for (const body of recordedSessions.flatMap(recordedHooks)) {
    const answered = worker.hook(body);
    // A question waits for a person, or for the session to go on without it.
    if (!body.includes('"PermissionRequest"')) await answered;
  }
  const find = async (text: string) => (await worker.client.search.query.query({ text })).hits;
  for (const text of [
    'busy timeout',
    'busy_timeout',
    'busyTimeout',
    'sqliteBusy',
    'SQLITE_BUSY',
    '登录',
    '时钟偏差',
    'rate-limit.js',
  ]) {
    expect(await find(text), text).not.toHaveLength(0);
  }
  for (const text of [
    `'"; DROP TABLE observations`,
    '*',
    '"',
    'NEAR(a b)',
    '-',
    '🙂',
    '\u0000',
    'a'.repeat(10_000),
    '登'.repeat(10_000),
    '( OR AND NOT',
    '{title}:x',
    '',
  ]) {
    await find(text);
  }
  expect(await find('busy timeout')).not.toHaveLength(0);
});
