import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runCmem, startWorkerProcess, type WorkerProcess } from './client/worker-process.ts';

const recorded = resolve(import.meta.dirname, 'fixtures/recorded/fix-lock-timeout.hooks.jsonl');

let root: string;
let dataDir: string;
let stoppedDir: string;
let settings: string;
let worker: WorkerProcess;

const cmem = (...args: string[]) => runCmem(dataDir, args, { CLAUDE_CONFIG_DIR: root });
const json = <T>(schema: z.ZodType<T>, output: string): T => schema.parse(JSON.parse(output));
const failure = z.strictObject({ error: z.string().min(1), code: z.string().min(1) });
const searchAnswer = z.looseObject({
  total: z.number(),
  hits: z.array(
    z.looseObject({
      observation: z.looseObject({ title: z.string(), tool: z.string().nullable(), failed: z.boolean() }),
    }),
  ),
});
const search = async (...args: string[]) => {
  const done = await cmem('search', '--json', ...args);
  expect(done.stderr).toBe('');
  return json(searchAnswer, done.stdout);
};

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'claude-mem-cli-'));
  dataDir = join(root, 'data');
  stoppedDir = join(root, 'stopped');
  for (const folder of [dataDir, stoppedDir]) mkdirSync(folder, { mode: 0o700 });
  settings = join(root, 'settings.json');
  worker = await startWorkerProcess({ dataDir, configDir: root, port: 0 });
  const token = (await cmem('token', '--capture')).stdout.trim();
  for (const body of readFileSync(recorded, 'utf8').trim().split('\n')) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${worker.url}/hooks/claude-code`, { method: 'POST', headers, body });
    expect(answer.ok).toBe(true);
  }
});
afterAll(async () => {
  await worker.stop();
  rmSync(root, { recursive: true, force: true });
});

describe('status', () => {
  test('says the same in words and as JSON', async () => {
    const [words, data] = await Promise.all([cmem('status'), cmem('status', '--json')]);
    expect([words.exitCode, data.exitCode]).toEqual([0, 0]);
    const status = json(z.looseObject({ url: z.string(), data_dir: z.string() }), data.stdout);
    expect(status).toMatchObject({ url: worker.url, data_dir: dataDir, engine: 'headless' });
    expect(words.stdout).toContain(worker.url);
    // Colour codes in a pipe would break whoever reads it.
    expect(words.stdout).not.toContain('\u001b');
  });

  test.each([
    ['LC_ALL', { LC_ALL: 'zh_CN.UTF-8' }],
    ['LANG', { LC_ALL: '', LANG: 'zh_CN.UTF-8' }],
  ])('speaks Chinese by %s', async (_name, env) => {
    expect((await runCmem(dataDir, ['status'], env)).stdout).toContain('数据文件夹');
  });
});

describe('search', () => {
  test('finds by words and keeps to each filter', async () => {
    expect((await search('busy_timeout')).hits.length).toBeGreaterThan(0);
    const bash = await search('checkout', '--tool', 'Bash');
    expect(new Set(bash.hits.map(({ observation }) => observation.tool))).toEqual(new Set(['Bash']));
    const failed = await search('checkout', '--failed');
    expect(failed.hits.map(({ observation }) => observation.failed)).toEqual([true]);
    expect((await search('checkout', '--project', 'shop-api')).total).toBeGreaterThan(0);
    expect((await search('checkout', '--until', '2020-01-01')).total).toBe(0);
    expect((await search('checkout', '--since', '1h')).total).toBeGreaterThan(0);
    expect((await search('busy', '--file', 'db.js', '--type', 'change,discovery')).total).toBeGreaterThan(0);
    expect((await search('checkout', '--limit', '1')).hits).toHaveLength(1);
  });

  test('several words need no quotes, and words that look like options can follow --', async () => {
    expect((await cmem('search', 'busy', 'timeout')).stdout).toContain('WAL');
    expect((await cmem('search', '--', '--limit')).exitCode).toBe(0);
  });

  // Catches a language that the command line quotes, splits or does not pass on.
  test('speaks the language of queries, and says how it understood one', async () => {
    const typed = await search('busy type:change,discovery today');
    expect(typed.hits.length).toBeGreaterThan(0);
    expect((await search('checkout is:failed')).hits.map(({ observation }) => observation.failed)).toEqual([true]);
    expect((await search('checkout', 'before:2020-01-01')).total).toBe(0);
    const words = await cmem('search', 'busy type:change yesterday');
    expect(words.stdout).toMatch(/Understood: words busy · type change · \d{4}-\d{2}-\d{2}\n/);
    const chinese = await runCmem(dataDir, ['search', 'busy 类型：修改 今天'], { LC_ALL: 'zh_CN.UTF-8' });
    expect(chinese.stdout).toMatch(/理解为：词 busy · 类型 change · \d{4}-\d{2}-\d{2}\n/);
    const unknown = await cmem('search', 'busy project:nope');
    expect(unknown.stdout).toContain('project:nope (no such project)');
    expect((await cmem('search', 'busy_timeout')).stdout).not.toContain('Understood');
  });

  test('offers what was probably meant', async () => {
    expect((await cmem('search', '"checkout" chekcout')).stdout).toContain('Did you mean: "checkout" checkout');
  });

  test('hears words alone, and explains each score', async () => {
    const done = await cmem('search', '--mode', 'lexical', '--explain', 'busy_timeout');
    expect(done.stdout).toMatch(/observation +\d+\.\d+ +\d\.\d+ × \d\.\d+ +\+\d\.\d+/);
    expect(done.stdout).toMatch(/score \d/);
    const data = await cmem('search', '--json', '--mode', 'lexical', 'busy_timeout');
    expect(JSON.parse(data.stdout)).toMatchObject({ mode: 'lexical' });
  });

  test.each([
    ['SQL', '\'"; DROP TABLE events;--'],
    ['a lone star', '*'],
    ['emoji', '🙂'],
    ['empty quotes', '""'],
    ['query operators', 'NEAR(a b) AND -c:'],
    ['10,000 characters', 'x'.repeat(10_000)],
    ['a text direction override', '\u202Egnp.exe'],
  ])('any characters do no harm: %s', async (_name, query) => {
    expect(await cmem('search', '--', query)).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

describe('hooks', () => {
  test('install, status, uninstall: exit codes tell the state, the file goes back to what it was', async () => {
    const before = '{\n    "model": "opus"\n}\n';
    writeFileSync(settings, before);
    const place = ['--settings', settings];
    expect((await cmem('hooks', 'status', ...place)).exitCode).toBe(1);
    expect((await cmem('hooks', 'install', ...place)).exitCode).toBe(0);
    const installed = await cmem('hooks', 'status', '--json', ...place);
    expect(installed.exitCode).toBe(0);
    expect(JSON.parse(installed.stdout)).toMatchObject({ settings_file: settings, state: 'installed', problems: [] });
    expect(readFileSync(settings, 'utf8')).toContain(`${worker.url}/hooks/claude-code`);
    expect((await cmem('hooks', 'uninstall', ...place)).exitCode).toBe(0);
    expect(readFileSync(settings, 'utf8')).toBe(before);
  });

  test('the token in the file opens nothing but the hooks', async () => {
    await cmem('hooks', 'install', '--settings', settings);
    const token = /Bearer (cmc_[\w-]+)/.exec(readFileSync(settings, 'utf8'))?.[1] ?? '';
    const headers = { authorization: `Bearer ${token}` };
    const read = await fetch(`${worker.url}/trpc/status.get`, { headers });
    const link = await fetch(`${worker.url}/api/v1/viewer/links`, { method: 'POST', headers });
    expect([read.status, link.status]).toEqual([403, 403]);
  });

  test('a settings file that is not JSON is refused with its place and stays', async () => {
    const broken = '{\n  "model": "opus",\n}\n';
    writeFileSync(settings, broken);
    const done = await cmem('hooks', 'install', '--json', '--settings', settings);
    expect(done.exitCode).toBe(1);
    expect(json(failure, done.stderr)).toMatchObject({ code: 'SETTINGS_INVALID_JSON' });
    expect(done.stderr).toContain('line 2, column 18');
    expect(readFileSync(settings, 'utf8')).toBe(broken);
  });
});

describe('doctor', () => {
  test('passes on a healthy installation and names the check that fails on a sick one', async () => {
    writeFileSync(settings, '{}');
    await cmem('hooks', 'install', '--settings', settings);
    const healthy = await cmem('doctor', '--json', '--settings', settings);
    const report = z.object({
      ok: z.boolean(),
      checks: z.array(z.object({ id: z.string(), state: z.string() }).loose()),
    });
    expect(json(report, healthy.stdout).ok, healthy.stdout).toBe(true);
    expect(healthy.exitCode).toBe(0);
    await cmem('hooks', 'uninstall', '--settings', settings);
    const sick = await cmem('doctor', '--json', '--settings', settings);
    expect(sick.exitCode).toBe(1);
    const failed = json(report, sick.stdout).checks.filter(({ state }) => state === 'fail');
    expect(failed.map(({ id }) => id)).toEqual(['hooks']);
  });
});

describe('token', () => {
  test('the link opens the viewer once', async () => {
    const link = (await cmem('token', '--link')).stdout.trim();
    const ticket = /#ticket=(.+)$/.exec(link)?.[1];
    const redeem = () =>
      fetch(`${worker.url}/api/v1/viewer/redeem`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ticket }),
      });
    expect([(await redeem()).status, (await redeem()).status]).toEqual([200, 401]);
  });

  test('the owner token stands alone on its line', async () => {
    expect((await cmem('token')).stdout).toMatch(/^cmo_[\w-]{43}\n$/);
  });
});

describe('failures', () => {
  test.each([[['status']], [['search', 'x']], [['token', '--link']]])(
    'without a worker %j exits with 3 and says how to start it',
    async (args) => {
      const words = await runCmem(stoppedDir, args);
      expect(words.exitCode).toBe(3);
      expect(words.stderr).toContain('npm start');
      const data = await runCmem(stoppedDir, [...args, '--json']);
      expect(json(failure, data.stderr).code).toBe('WORKER_NOT_RUNNING');
      expect(data.stdout).toBe('');
    },
  );

  test('a worker file that a killed worker left behind is told as such', async () => {
    const left = { pid: 1, port: 9, url: 'http://127.0.0.1:9', started_at: new Date().toISOString() };
    const folder = join(root, 'left');
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(folder, 'worker.json'), JSON.stringify(left));
    const done = await runCmem(folder, ['status', '--json']);
    expect(done.exitCode).toBe(3);
    expect(json(failure, done.stderr).code).toBe('WORKER_NOT_ANSWERING');
  });

  // Catches: the owner's token told to whoever has the port of a worker that was killed.
  test('the token is not told to another program on the port', async () => {
    const heard: string[] = [];
    const stranger = createServer((request, response) => {
      heard.push(`${request.url} ${request.headers.authorization ?? ''}`);
      response.end('{"proof":"guessed"}');
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const address = stranger.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const folder = join(root, 'stranger');
    mkdirSync(folder, { mode: 0o700 });
    const left = { pid: 1, port, url: `http://127.0.0.1:${port}`, started_at: new Date().toISOString() };
    writeFileSync(join(folder, 'worker.json'), JSON.stringify(left));
    for (const command of [['status'], ['search', 'x'], ['token', '--link']]) {
      const done = await runCmem(folder, [...command, '--json']);
      expect(done.exitCode).toBe(3);
      expect(json(failure, done.stderr)).toMatchObject({ code: 'WORKER_NOT_ANSWERING' });
    }
    stranger.close();
    expect(heard).toHaveLength(3);
    expect(heard.join()).not.toContain('Bearer');
  });

  test('hooks can be installed without a worker, for the port that it will have', async () => {
    writeFileSync(settings, '{}');
    const done = await runCmem(stoppedDir, ['hooks', 'install', '--settings', settings, '--port', '40123']);
    expect(done).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(settings, 'utf8')).toContain('http://127.0.0.1:40123/hooks/claude-code');
  });

  test.each([
    [['nonsense']],
    [['search']],
    [['search', 'x', '--limit', '0']],
    [['search', 'x', '--since', 'yesterdayish']],
    [['search', 'x', '--type', 'nonsense']],
    [['search', 'x', '--mode', 'nonsense']],
    [['status', '--nonsense']],
    [['hooks']],
    [[]],
  ])('wrong usage %j exits with 2', async (args) => {
    const done = await cmem(...args);
    expect(done.exitCode).toBe(2);
    expect(done.stderr).not.toBe('');
    expect(done.stdout).toBe('');
  });

  test('an unknown project is named, with those that there are', async () => {
    const done = await cmem('search', 'x', '--project', 'nope');
    expect(done.exitCode).toBe(1);
    expect(done.stderr).toMatch(/nope.*shop-api/);
  });
});
