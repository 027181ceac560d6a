import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Locale } from '../../shared/messages/fill.ts';
import type { ModelServer } from '../ai/testing/model-server.ts';
import { modelServers, settingsFor } from '../worker/testing/model-source.ts';
import { testWorkers, type TestWorker } from '../worker/testing/test-worker.ts';
import { runCli } from './run-cli.ts';

const recorded = join(import.meta.dirname, '../../../e2e/fixtures/recorded');
const question = 'Why did the checkout endpoint fail with SQLITE_BUSY?';
const price = { model: 'test-model', input: 1_000, output: 1_000, cache_read: 100, cache_write: 1_250 };
const answer = z.object({ mode: z.string(), text: z.string(), sources: z.array(z.object({ number: z.number() })) });

const workers = testWorkers();
let worker: TestWorker;
let server: ModelServer;

beforeAll(async () => {
  server = await modelServers.openai();
  worker = await workers.start();
  for (const name of ['fix-lock-timeout', 'zh-session']) {
    for (const body of readFileSync(join(recorded, `${name}.hooks.jsonl`), 'utf8')
      .trim()
      .split('\n')) {
      expect((await worker.hook(body)).ok).toBe(true);
    }
  }
}, 60_000);
afterAll(async () => {
  await workers.end();
  await server.close();
});

async function cmem(args: string[], locale: Locale = 'en') {
  const pieces: string[] = [];
  let failed = '';
  const terminal = {
    out: (text: string) => void pieces.push(`${text}\n`),
    write: (text: string) => void pieces.push(text),
    error: (text: string) => void (failed += text),
    colour: false,
    columns: 100,
    locale,
  };
  const exitCode = await runCli([...args, '--data', worker.dataDir], terminal);
  return { exitCode, pieces, printed: pieces.join(''), failed };
}

describe('cmem ask', () => {
  test('answers in the sentences of the sources, names them, and in JSON gives the whole answer', async () => {
    const { exitCode, printed } = await cmem(['ask', ...question.split(' ')]);
    expect(exitCode).toBe(0);
    expect(printed).toMatch(/^The database was opened in rollback-journal mode without a busy timeout.* \[1\]\n/);
    expect(printed).toMatch(/\nSources:\n\[1\] .*observation · shop-api/);
    const json = answer.parse(JSON.parse((await cmem(['ask', question, '--json'])).printed));
    // Jobs sum the sessions up meanwhile, so that more may speak to it by now.
    expect(json.mode).toBe('extractive');
    expect(json.text).toContain('rollback-journal mode without a busy timeout');
    expect(json.sources.length).toBeGreaterThan(0);
  });

  test('in Chinese, of a project, and with nothing to say', async () => {
    expect((await cmem(['ask', '为什么登录接口返回 401？'], 'zh-CN')).printed).toMatch(/exp 使用了毫秒[^]*\n来源:\n/);
    expect((await cmem(['ask', question, '--project', 'shop-api'])).printed).toContain('rollback-journal');
    const nothing = await cmem(['ask', 'How do I deploy to kubernetes?']);
    expect(nothing).toMatchObject({ exitCode: 0, printed: 'Nothing in memory speaks to this question.\n' });
  });

  test.each([
    [['ask', question, '--project', 'nowhere'], /no project "nowhere"/, 1],
    [['ask', question, '--since', 'tomorrowish'], /--since takes a time/, 2],
    [['ask', 'x'.repeat(4_001)], /^error: At most 4000 characters/, 2],
    [['ask'], /argument/, 2],
    [['costs', '--day-cap', 'much'], /--day-cap takes a number/, 2],
    [['costs', '--month-cap', '-1'], /--month-cap takes a number/, 2],
  ] as const)('%j is refused in a sentence', async (args, message, code) => {
    const { exitCode, failed } = await cmem([...args]);
    expect(failed).toMatch(message);
    expect(exitCode).toBe(code);
  });

  test('with a model the answer grows, what it wrote cannot move the cursor, and its cost is told', async () => {
    await worker.client.costs.setCaps.mutate({ day_usd: null, month_usd: null });
    await worker.client.costs.setPrice.mutate(price);
    await worker.client.models.configure.mutate({ settings: settingsFor('openai', server) });
    server.next({
      text: 'Two writers\u001b[2J collided [1] [8].\nIt opens in WAL mode now [1].',
      tokens: { input: 10, output: 10 },
    });
    const { printed, pieces } = await cmem(['ask', question]);
    expect(pieces.length).toBeGreaterThan(4);
    expect(printed).toMatch(/^Two writers \[2J collided \[1\]\.\nIt opens in WAL mode now \[1\]\.\n\nSources:\n\[1\] /);
    expect(printed).toMatch(/test-model, 20 tokens, \$0\.0200\n$/);

    server.next({ fault: 'cut' });
    const cut = (await cmem(['ask', question])).printed;
    expect(cut).toMatch(/rollback-journal mode/);
    expect(cut).toMatch(/Answered without the model: /);
  });
});

test('cmem costs tells what was spent and what is left, and sets caps', async () => {
  await worker.client.models.configure.mutate({ settings: settingsFor('openai', server) });
  await worker.client.costs.setPrice.mutate(price);
  server.next({ text: 'Two writers [1].', tokens: { input: 1_000, output: 500 } });
  await cmem(['ask', question]);
  const set = await cmem(['costs', '--day-cap', '2.5', '--month-cap', 'none', '--calls']);
  expect(set.exitCode).toBe(0);
  expect(set.printed).toMatch(/^Today +\$1\.\d\d of \$2\.50 +\d calls\nThis month +\$1\.\d\d +\d calls\n/);
  expect(set.printed).toMatch(/By model\n {2}test-model +\$1\.\d\d/);
  expect(set.printed).toMatch(/By purpose\n {2}questions/);
  expect(set.printed).toMatch(/questions +test-model +\$1\.50 +answered/);
  expect((await worker.client.costs.overview.query()).caps).toEqual({ day_usd: 2.5, month_usd: null });
  const { printed } = await cmem(['costs', '--json', '--project', 'shop-api']);
  expect(JSON.parse(printed)).toMatchObject({ caps: { day_usd: 2.5, month_usd: null }, total: { calls: 0 } });
});
