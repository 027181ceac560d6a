import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ModelError, type ModelProvider, type ModelReply, type ModelRequest } from '../../ai/model.ts';
import { openWritable } from '../../store/database.ts';
import { temporaryStore, type TemporaryStore } from '../../store/testing/temporary-store.ts';
import { inOneTurn } from '../testing/in-one-turn.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import type { WriterClient } from '../writer-client.ts';
import { createCostReading } from './cost-reading.ts';
import { createPaidCalls, type CallAccount, type PaidCalls } from './paid-calls.ts';

/** A dollar for a million tokens in, ten for a million out: an answer of 10,000 tokens costs ten cents. */
const rate = { input: 1, output: 10, cacheRead: 0.1, cacheWrite: 1.25 };
const request: ModelRequest = { model: 'big', system: 's', prompt: 'p', schema: null, maxOutputTokens: 10_000 };
const account: CallAccount = { purpose: 'summarise', jobId: 'job', projectPk: null, billing: 'priced' };
const signal = new AbortController().signal;

let store: TemporaryStore;
let writer: Pick<WriterClient, 'call'>;
let paid: PaidCalls;

const noon = new Date(2026, 5, 15, 12);
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: noon });
  store = temporaryStore();
  writer = operatingWriter(store.writable);
  paid = createPaidCalls(writer);
  await writer.call('setModelPrice', { price: { model: 'big', ...rate }, at: 0 });
  for (const id of ['job', 'other']) {
    store.writable
      .prepare(
        `INSERT INTO task_queue (id, kind, key, payload, state, priority, run_after, created_at)
         VALUES (?, 'summarise', ?, '{}', 'running', 0, 0, 0)`,
      )
      .run(id, id);
  }
});
afterEach(() => store.close());

/** Answers with so many tokens; counts how often it is asked. */
function provider(outputTokens: number, before: () => Promise<void> = async () => {}) {
  const asked = { count: 0, atOnce: 0, mostAtOnce: 0 };
  const reply = (): ModelReply => ({
    text: 'The answer.',
    value: { n: asked.count },
    model: 'big-1',
    usage: { inputTokens: 0, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0, costUsd: null },
  });
  const model: ModelProvider = {
    kind: 'openai',
    async complete() {
      asked.count += 1;
      asked.atOnce += 1;
      asked.mostAtOnce = Math.max(asked.mostAtOnce, asked.atOnce);
      await before();
      asked.atOnce -= 1;
      return reply();
    },
    async *stream() {
      asked.count += 1;
      await before();
      yield { delta: 'The ' };
      yield { delta: 'answer.' };
      yield { reply: reply() };
    },
  };
  return { model, asked };
}

const ask = (model: ModelProvider, change: Partial<ModelRequest> = {}, whose: Partial<CallAccount> = {}) =>
  paid.complete(model, { ...request, ...change }, { ...account, ...whose }, signal);
const calls = () => createCostReading(store.readable).modelCalls({ limit: 100 }).data;
const spent = () =>
  createCostReading(store.readable).costOverview({
    range: { since: null, until: null, projectId: null },
    now: Date.now(),
  });

describe('paying once', () => {
  test('a job that is done again is given the answer that it has paid for', async () => {
    const { model, asked } = provider(10_000);
    // A worker that is gone after the answer and before the end of its job; another one opens the file.
    const died = openWritable(store.file);
    const first = await createPaidCalls(operatingWriter(died.db)).complete(model, request, account, signal);
    died.close();
    await writer.call('giveUpModelCalls', Date.now());
    const again = await ask(model);
    expect(again).toMatchObject({ text: first.text, value: first.value, model: 'big-1', paidUsd: 0.1 });
    expect(asked.count).toBe(1);
    expect(spent().total).toMatchObject({ calls: 1, cost_usd: 0.1 });
  });

  // Catches: an answer of one job, or to another question, taken for this one's.
  test.each<[string, Partial<ModelRequest>, Partial<CallAccount>]>([
    ['another job', {}, { jobId: 'other' }],
    ['no job', {}, { jobId: null }],
    ['another question', { prompt: 'q' }, {}],
    ['another system', { system: 't' }, {}],
    ['another form', { schema: { name: 'x', json: {} } }, {}],
    ['another length', { maxOutputTokens: 9_999 }, {}],
  ])('%s asks anew', async (_name, change, whose) => {
    const { model, asked } = provider(1);
    await ask(model);
    await ask(model, change, whose);
    expect(asked.count).toBe(2);
  });

  test('answers without a job are not kept; those of a job go when it is done, or is deleted with its session', async () => {
    const kept = () =>
      store.readable.prepare<[], number>('SELECT COUNT(*) FROM model_calls WHERE reply IS NOT NULL').pluck().get();
    const { model } = provider(1);
    await ask(model, {}, { jobId: null });
    expect(kept()).toBe(0);
    await ask(model);
    await ask(model, {}, { jobId: 'other' });
    expect(kept()).toBe(2);
    store.writable.exec(`UPDATE task_queue SET state = 'done' WHERE id = 'job'`);
    expect(kept()).toBe(1);
    store.writable.exec(`
      INSERT INTO projects VALUES (1, 'shop', 'shop', '/shop', NULL, 0, 0);
      INSERT INTO sessions (pk, id, project_pk, agent, cwd, status, started_at, last_event_at)
        VALUES (1, 's', 1, 'claude-code', '/shop', 'ended', 0, 0);
      UPDATE task_queue SET session_pk = 1 WHERE id = 'other';
      DELETE FROM sessions`);
    expect(kept()).toBe(0);
    expect(calls().map((call) => call.job_id)).toEqual([null, 'job', null]);
  });

  test('answers that were thrown out are asked for again, and stay paid', async () => {
    const { model, asked } = provider(10_000);
    const { callId } = await ask(model);
    await writer.call('rejectModelReplies', { ids: [callId], class: 'format', message: 'It was no JSON.' });
    await ask(model);
    expect(asked.count).toBe(2);
    expect(spent().total.cost_usd).toBeCloseTo(0.2);
    expect(calls().map((call) => [call.state, call.failure?.class])).toEqual([
      ['answered', undefined],
      ['failed', 'format'],
    ]);
  });

  // Catches: a call that nobody knows the end of taken for free, or taken for one that is still under way.
  test('a call that a crash cut off stays sent, and counts at the most that it may have cost', async () => {
    const never = provider(1, () => new Promise(() => {}));
    void ask(never.model);
    await expect.poll(() => never.asked.count).toBe(1);
    expect(spent().total.calls).toBe(0);
    // The next worker opens the same file.
    const reopened = openWritable(store.file);
    expect(await operatingWriter(reopened.db).call('giveUpModelCalls', Date.now())).toBe(1);
    reopened.close();
    expect(calls()).toMatchObject([{ state: 'sent', failure: { class: 'transient' }, took_ms: null }]);
    // 10,000 tokens out at ten dollars, some six hundred in at the price of a write.
    expect(spent().total.cost_usd).toBeGreaterThan(0.1);
    expect(spent().total.cost_usd).toBeLessThan(0.102);
    const { model, asked } = provider(1);
    await ask(model);
    expect(asked.count).toBe(1);
  });
});

describe('caps', () => {
  const caps = (day_usd: number | null, month_usd: number | null = null) =>
    writer.call('setCostCaps', { caps: { day_usd, month_usd }, at: Date.now() });

  test('the call that has no room is refused, with which cap and until when', async () => {
    await caps(0.35);
    const { model, asked } = provider(10_000);
    for (const prompt of ['1', '2', '3']) await ask(model, { prompt });
    const error: unknown = await ask(model, { prompt: '4' }).catch((thrown: unknown) => thrown);
    expect(asked.count).toBe(3);
    if (!(error instanceof ModelError)) throw error;
    expect(error.class).toBe('cap');
    expect(error.message).toMatch(/today's cap: \$0\.30 of \$0\.35 are spent.*00:00/);
    const midnight = new Date(2026, 5, 16);
    expect(error.retryAfterMs).toBe(midnight.getTime() - noon.getTime());
    expect(spent().capped).toMatchObject({ cap: 'day', until: midnight.toISOString() });
    expect(spent().today.cost_usd).toBeCloseTo(0.3);

    await caps(0.45);
    expect(spent().capped).toBeNull();
    await ask(model, { prompt: '4' });
    expect(asked.count).toBe(4);
  });

  test('a month without room is named before a day without', async () => {
    await caps(0.01, 0.01);
    await expect(ask(provider(1).model)).rejects.toThrow(/One call may cost up to .* Raise the cap/);
    expect(spent().capped?.cap).toBe('month');
  });

  // Catches: jobs that run at once each finding the same money.
  test('calls at once never go over the cap together, and all of them are made that fit', async () => {
    await caps(1.05);
    const { model, asked } = provider(5_000, () => new Promise((resolve) => setImmediate(resolve)));
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, at) => ask(model, { prompt: String(at) }, { jobId: null })),
    );
    const made = results.filter(({ status }) => status === 'fulfilled').length;
    expect(asked.count).toBe(made);
    expect(spent().total.cost_usd).toBeLessThanOrEqual(1.05);
    // Each may cost ten cents and costs five: one more would have fitted only if it had cost less than it might.
    expect(spent().total.cost_usd).toBeGreaterThan(0.94);
    expect(asked.mostAtOnce).toBeGreaterThan(1);
    expect(asked.mostAtOnce).toBeLessThanOrEqual(10);
  });

  // Catches: a job put off until tomorrow because another one began in the same moment and might have cost all that is left.
  test('calls that begin in one commit wait for each other too', async () => {
    await caps(0.15);
    const together = createPaidCalls(inOneTurn(writer));
    const { model, asked } = provider(1);
    const begun = ['1', '2', '3'].map((prompt) =>
      together.complete(model, { ...request, prompt }, { ...account, jobId: null }, signal),
    );
    await Promise.all(begun);
    expect(asked).toMatchObject({ count: 3, mostAtOnce: 1 });
  });

  test('one that waits for room gives up with its signal, and one that fails makes room', async () => {
    await caps(0.15);
    let refuse = () => {};
    const first = provider(
      1,
      () => new Promise((_, reject) => (refuse = () => reject(new ModelError('rate_limit', 'Later.')))),
    );
    const failing = ask(first.model, { prompt: '1' });
    await expect.poll(() => first.asked.count).toBe(1);
    const { model, asked } = provider(1);
    const stopped = new AbortController();
    const given = paid.complete(model, { ...request, prompt: '2' }, account, stopped.signal);
    const patient = ask(model, { prompt: '3' });
    stopped.abort(new Error('Cancelled.'));
    await expect(given).rejects.toThrow('Cancelled.');
    expect(asked.count).toBe(0);
    refuse();
    await expect(failing).rejects.toMatchObject({ class: 'rate_limit' });
    await patient;
    expect(asked.count).toBe(1);
  });

  test('without a cap, with a free endpoint and at no price nothing is held back', async () => {
    await caps(null, null);
    await ask(provider(1_000_000).model);
    await caps(0, 0);
    await ask(provider(1).model, { model: 'llama3' }, { billing: 'free' });
    await expect(ask(provider(1).model, { prompt: 'q' })).rejects.toMatchObject({ class: 'cap' });
  });

  test('a model without a price waits for one, unless it runs here or says itself what it cost', async () => {
    const { model, asked } = provider(1);
    await expect(ask(model, { model: 'unknown' })).rejects.toThrow('No price is known for the model unknown');
    expect(asked.count).toBe(0);
    await ask(model, { model: 'unknown' }, { billing: 'free' });
    await ask(model, { model: 'unknown' }, { billing: 'said', jobId: null });
    await writer.call('setModelPrice', { price: { ...rate, model: 'unk*' }, at: Date.now() });
    await ask(model, { model: 'unknown', prompt: 'q' });
    expect(asked.count).toBe(3);
  });
});

// Catches: money that was spent and is nowhere.
test('a call whose price is taken away meanwhile counts at the most', async () => {
  const { model } = provider(1_000, () => writer.call('resetModelPrice', { model: 'big', at: Date.now() }));
  expect((await ask(model)).paidUsd).toBeGreaterThan(0.1);
  expect(spent().total.cost_usd).toBeGreaterThan(0.1);
});

describe('calls that come to nothing', () => {
  test.each([
    ['with what it cost all the same', { outputTokens: 2_000 }, 0.02],
    ['at nothing where nothing came back', null, 0],
  ])('a failure is written down with its class, %s', async (_name, usage, cost) => {
    const full = { inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, costUsd: null };
    const { model } = provider(1, async () => {
      throw new ModelError('transient', 'The stream was cut.', {
        usage: usage === null ? null : { ...full, ...usage },
      });
    });
    await expect(ask(model)).rejects.toThrow('The stream was cut.');
    expect(calls()).toMatchObject([
      { state: 'failed', failure: { class: 'transient', message: 'The stream was cut.' }, spend: { cost_usd: cost } },
    ]);
  });

  test('a stream is kept whole; one that nobody listens to any longer counts at the most', async () => {
    const { model } = provider(1_000);
    let text = '';
    for await (const item of paid.stream(model, request, { ...account, jobId: null }, signal)) {
      if ('delta' in item) text += item.delta;
      else expect(item.reply.paidUsd).toBeCloseTo(0.01);
    }
    expect(text).toBe('The answer.');
    for await (const _item of paid.stream(model, request, { ...account, jobId: null }, signal)) break;
    expect(calls().map(({ state, spend }) => [state, spend.cost_usd > 0.1])).toEqual([
      ['failed', true],
      ['answered', false],
    ]);
    expect(spent().total.calls).toBe(2);
  });
});
