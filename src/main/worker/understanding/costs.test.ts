import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ModelServer } from '../../ai/testing/model-server.ts';
import { modelServers, settingsFor } from '../testing/model-source.ts';
import { testWorkers, type TestWorker } from '../testing/test-worker.ts';
import { zoneAtNoon } from '../testing/zone-at-noon.ts';

const patience = { timeout: 40_000, interval: 50 };
const sessions = ['one', 'two', 'three', 'four', 'five'];
const title = 'The lock timed out';
/** What a summary by a model looks like; each answer costs a dollar. */
const answer = {
  json: {
    title,
    language: 'en',
    request: 'Find out why the table is locked.',
    investigated: [],
    done: ['Opened the database in WAL mode.'],
    learned: [],
    open_ends: [],
    key_points: [],
  },
  tokens: { input: 0, output: 1_000 },
};

const workers = testWorkers();
let server: ModelServer;
let worker: TestWorker;

beforeAll(async () => {
  vi.stubEnv('TZ', zoneAtNoon());
  server = await modelServers.anthropic();
  server.always(answer);
  worker = await workers.start();
  const { client } = worker;
  await client.models.configure.mutate({ settings: settingsFor('anthropic', server) });
  // The bound of an answer's tokens, some thousands, makes each call cost a few dollars at most.
  await client.costs.setPrice.mutate({ model: 'test-model', input: 0, output: 1_000, cache_read: 0, cache_write: 0 });
  for (const session of sessions) await tell(session);
}, 60_000);
afterAll(async () => {
  await workers.end();
  await server.close();
  vi.unstubAllEnvs();
});

async function tell(session: string): Promise<void> {
  const common = { session_id: session, cwd: '/shop', prompt_id: `${session}-1` };
  const prompt = `Why is the table of ${session} locked?`;
  await worker.hook({ ...common, hook_event_name: 'UserPromptSubmit', prompt });
  const said = `The table of ${session} was locked by two writers; it opens in WAL mode now.`;
  await worker.hook({ ...common, hook_event_name: 'Stop', last_assistant_message: said });
}

const summarise = (session: string) => worker.client.jobs.enqueue.mutate({ kind: 'summarise', session_id: session });
const jobs = async () =>
  (await worker.client.jobs.list.query({ kinds: ['summarise'], limit: 100 })).data.filter(
    ({ details }) => details['scope'] === 'session',
  );
const overview = () => worker.client.costs.overview.query();

describe('a cap in a worker that works', () => {
  test('stops the next paid job within one job, says so, and capture goes on; raised, the rest is done and paid once', async () => {
    const { client } = worker;
    const { data } = await client.costs.calls.query({ limit: 1 });
    expect(data).toEqual([]);
    await client.costs.setCaps.mutate({ day_usd: 6.3, month_usd: null });
    await client.models.test.mutate({ settings: settingsFor('anthropic', server), tier: 'large' });
    expect((await overview()).today.cost_usd).toBe(1);
    for (const session of sessions) await summarise(session);
    await expect
      .poll(async () => (await jobs()).filter(({ failure }) => failure?.class === 'cap').length, patience)
      .toBeGreaterThan(0);
    await expect
      .poll(
        async () => (await jobs()).every(({ state, failure }) => state === 'done' || failure?.class === 'cap'),
        patience,
      )
      .toBe(true);
    const capped = await overview();
    const waiting = (await jobs()).filter(({ state }) => state === 'waiting');
    expect(capped.today.cost_usd).toBeLessThanOrEqual(6.3);
    expect(capped.today.cost_usd).toBeGreaterThan(1);
    expect(waiting.length).toBeGreaterThan(0);
    expect(capped.capped).toMatchObject({ cap: 'day', waiting_jobs: waiting.length });
    for (const job of waiting) {
      expect(job.failure?.message).toMatch(/today's cap.*raised/);
      const late = Date.parse(job.run_after ?? '') - Date.parse(capped.capped?.until ?? '');
      // Counted from two moments of this one's clock, the second of which is the later one.
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThan(120_000);
    }
    expect((await client.models.status.query()).state).toBe('capped');
    const asked = server.requests.length;

    await tell('six');
    const { observations } = (await worker.status()).database.counts;
    expect(observations).toBe(12);
    expect(server.requests).toHaveLength(asked);

    await client.costs.setCaps.mutate({ day_usd: null, month_usd: null });
    await expect
      .poll(async () => (await jobs()).filter(({ state }) => state === 'done').length, patience)
      .toBeGreaterThanOrEqual(sessions.length);
    const done = await overview();
    expect(done.capped).toBeNull();
    const summaries = await client.summaries.list.query({ scope: 'session', limit: 50 });
    expect(summaries.data.filter(({ source }) => source === 'model')).toHaveLength(sessions.length);
    // One call a session and the test: nothing was paid twice.
    const paid = await client.costs.calls.query({ limit: 100 });
    const ofSessions = paid.data.filter(({ purpose }) => purpose === 'summarise');
    expect(ofSessions).toHaveLength(sessions.length);
    expect(ofSessions.every(({ job_id }) => job_id !== null)).toBe(true);
    expect(done.total.cost_usd).toBe(paid.data.length);
  }, 120_000);

  test('a question is answered with citations, and its cost is in the list; prices and the estimate follow the table', async () => {
    const { client } = worker;
    server.next({ text: 'Two writers locked it [1].', tokens: { input: 0, output: 50 } });
    const said = await client.ask.answer.mutate({ question: 'Why was the table of two locked?' });
    expect(said).toMatchObject({ mode: 'model', text: 'Two writers locked it [1].', cost: { cost_usd: 0.05 } });
    expect(said.sources).toHaveLength(1);
    expect((await client.costs.calls.query({ limit: 1 })).data).toMatchObject([
      { purpose: 'ask', state: 'answered', spend: { cost_usd: 0.05 } },
    ]);
    expect(await client.costs.estimate.query()).toMatchObject({ sessions: 1, model: 'test-model' });
    const prices = await client.costs.resetPrice.mutate({ model: 'test-model' });
    expect(prices.find(({ model }) => model === 'test-model')).toBeUndefined();
    expect(prices.find(({ model }) => model === 'claude-haiku-5-5*')).toMatchObject({ input: 0.1, edited: false });
    // A server on this machine is free where its model has no price.
    expect(await overview()).toMatchObject({ unpriced_models: [] });
  });
});
