import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Locale } from '../../shared/messages/fill.ts';
import { testWorkers, type TestWorker } from '../worker/testing/test-worker.ts';
import { runCmem } from './testing/run-cmem.ts';

const recorded = join(import.meta.dirname, '../../../e2e/fixtures/recorded');
const workers = testWorkers();
let worker: TestWorker;

beforeAll(async () => {
  worker = await workers.start();
  const hooks = readFileSync(join(recorded, 'fix-lock-timeout.hooks.jsonl'), 'utf8').trim().split('\n');
  for (const body of hooks) expect((await worker.hook(body)).ok).toBe(true);
});
afterAll(() => workers.end());

const cmem = (args: readonly string[], locale: Locale = 'en') => runCmem(worker, args, { locale, columns: 100 });

test('cmem stats tells the memory in numbers, of a project, in both languages, and how it grew', async () => {
  const { exitCode, printed } = await cmem(['stats']);
  expect(exitCode).toBe(0);
  expect(printed).toMatch(/^sessions +\d+/);
  expect(printed).toMatch(/\nobservations +\d+\n/);
  expect(printed).toMatch(/\ndatabase +[\d.]+ [KM]B\n\n.+ to .+\n$/);
  expect((await cmem(['stats'], 'zh-CN')).printed).toMatch(/^会话 +\d/);
  const overview = await worker.client.stats.overview.query({});
  expect(JSON.parse((await cmem(['stats', '--project', 'shop-api', '--json'])).printed)).toMatchObject({
    observations: overview.observations,
    projects: 1,
  });
  const grown = await cmem(['stats', '--growth', 'day', '--since', '2d']);
  expect(grown.printed).toMatch(/^from +sessions +observations +in all\n/);
  expect(grown.printed.trimEnd()).toMatch(new RegExp(`${overview.observations}$`));
});

test('cmem tools lists and calls tools', async () => {
  expect((await cmem(['tools'])).printed).toMatch(/\bsearch +built in +0 times/);
  const found = await cmem(['tools', 'run', 'search', '{"query":"busy timeout"}']);
  expect(found).toMatchObject({ exitCode: 0, failed: '' });
  expect((await cmem(['tools', 'list'])).printed).toMatch(/\bsearch +built in +1 times/);
  const settings = await worker.client.tools.settings.query();
  await worker.client.tools.setSettings.mutate({ ...settings, scripts_enabled: true, timeout_seconds: 60 });
  const source = 'console.log("\\u001b[2Jhello"); if (input.bad) throw new Error("no"); return { twice: input.a * 2 }';
  await worker.client.tools.create.mutate({ name: 'twice', title: 'Twice', description: 'x', source });
  expect((await cmem(['tools', 'run', 'twice', '{"a":4}'])).printed).toBe(' [2Jhello\n{\n  "twice": 8\n}\n');
  const failed = await cmem(['tools', 'run', 'twice', '{"bad":true}']);
  expect(failed).toMatchObject({
    exitCode: 1,
    printed: expect.stringContaining('The tool failed: Error: no') as unknown,
  });
});

test('cmem config lists, changes and resets settings by their type', async () => {
  expect((await cmem(['config'])).printed).toMatch(/\nbackups\.kept +7 +as it ships\n/);
  expect((await cmem(['config', 'set', 'backups.kept', '3'])).printed).toMatch(/^backups\.kept = 3\nHow many/);
  const patterns = ['config', 'set', 'capture.excluded_files', '*.pem', '~/private'];
  expect((await cmem(patterns)).printed).toMatch(/^capture\.excluded_files = \*\.pem, ~\/private\n/);
  expect((await cmem(['config', 'list'], 'zh-CN')).printed).toMatch(/capture\.excluded_projects +无 +默认/);
  expect(JSON.parse((await cmem(['config', 'reset', 'backups.kept', '--json'])).printed)).toMatchObject({ value: 7 });
  expect((await cmem(['config', 'get', 'backups.kept'])).printed).toMatch(/^backups\.kept = 7\n/);
});

test('cmem backup and cmem maintain care for the file', async () => {
  expect((await cmem(['backup', '--list'])).printed).toBe('There is no copy yet.\n');
  expect((await cmem(['backup'])).printed).toMatch(/^Copied to .*memory-.*\.db, [\d.]+ [KM]B\.\n$/);
  expect((await cmem(['backup', '--list'])).printed).toMatch(/ [KM]B +\S+memory-/);
  const cared = await cmem(['maintain', 'vacuum', 'integrity']);
  expect(cared.printed).toMatch(/^vacuum: ok \(.+\)\n {2}The file has [^]*\nintegrity: ok/);
  expect(cared.exitCode).toBe(0);
});

test.each([
  [['stats', '--growth', 'year'], /--growth takes/, 2],
  [['stats', '--growth', 'day', '--since', 'tomorrowish'], /--since takes a time/, 2],
  [['stats', '--project', 'nowhere'], /no project "nowhere"/, 1],
  [['tools', 'run', 'search', '[1]'], /JSON object/, 2],
  [['tools', 'run', 'nothing'], /no tool/, 1],
  [['config', 'get', 'nothing'], /no setting/, 1],
  [['config', 'set', 'backups.kept', 'many'], /takes a number/, 2],
  [['config', 'set', 'backups.kept', '0'], /from 1 to 100/, 2],
  [['remember', ''], /^error: Say what to remember\.$/, 2],
  [['remember', 'a', '--tag', 'a,b'], /^error: A tag has no comma/, 2],
  [['ask', ''], /^error: Ask something\.$/, 2],
  [['keys', 'create', 'x', '--expires', '2020-01-01'], /^error: A key ends in the future\.$/, 2],
  [['users', 'create', 'adaexample'], /^error: That is no e-mail address/, 2],
  [['tools', 'run', 'search', '{}'], /^error: search cannot be called like this\. query: It is missing/, 2],
  [['maintain', 'everything'], /no task/, 2],
] as const)('%j is refused in a sentence', async (args, message, code) => {
  const { exitCode, failed } = await cmem(args);
  expect(failed).toMatch(message);
  expect(exitCode).toBe(code);
});
