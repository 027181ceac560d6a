import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Fault, ModelServer } from '../../ai/testing/model-server.ts';
import { temporaryStore, type TemporaryStore } from '../../store/testing/temporary-store.ts';
import { modelServers, modelSource, settingsFor, wireFormats } from '../testing/model-source.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import type { WriterClient } from '../writer-client.ts';
import { createCostReading } from './cost-reading.ts';
import { billingOf, createModelGateway, type GatewayRequest, type ModelGateway } from './model-gateway.ts';
import { createPaidCalls } from './paid-calls.ts';

const type = z.object({ title: z.string() });
const request: GatewayRequest<z.infer<typeof type>> = {
  purpose: 'summarise',
  tier: 'large',
  system: 'Sum up.',
  prompt: 'It was locked.',
  schema: { name: 'summary', type },
  maxOutputTokens: 1_000,
  projectPk: null,
  jobId: 'job',
};
const signal = new AbortController().signal;
/** A dollar for a thousand tokens, whatever they are. */
const price = { model: 'test-model', input: 1_000, output: 1_000, cacheRead: 100, cacheWrite: 1_250 };

let store: TemporaryStore;
let writer: Pick<WriterClient, 'call'>;
let server: ModelServer;

beforeEach(async () => {
  store = temporaryStore();
  writer = operatingWriter(store.writable);
  await writer.call('setCostCaps', { caps: { day_usd: null, month_usd: null }, at: 0 });
  await writer.call('setModelPrice', { price, at: 0 });
  store.writable.exec(`INSERT INTO task_queue (id, kind, key, payload, state, priority, run_after, created_at)
    VALUES ('job', 'summarise', 'job', '{}', 'running', 0, 0, 0)`);
});
afterEach(async () => {
  await server.close();
  store.close();
});

const rows = () =>
  createCostReading(store.readable)
    .modelCalls({ limit: 100 })
    .data.map(({ state, failure, spend }) => [state, failure?.class ?? null, spend.cost_usd])
    .toReversed();

describe.each(wireFormats)('over a server that speaks %s', (kind) => {
  let gateway: ModelGateway;
  beforeEach(async () => {
    server = await modelServers[kind]();
    gateway = createModelGateway({
      models: modelSource(settingsFor(kind, server)),
      paid: createPaidCalls(writer),
      writer,
    });
  });

  test('an answer of the wanted form comes with what it cost, cached tokens at their own rate', async () => {
    server.next({ json: { title: 'Unlocked' }, tokens: { input: 10, output: 5, cacheRead: 100 } });
    const { value, cost } = await gateway.complete(request, signal);
    expect(value).toEqual({ title: 'Unlocked' });
    expect(cost).toEqual({ input_tokens: 110, output_tokens: 5, cost_usd: 0.025 });
    expect(rows()).toEqual([['answered', null, 0.025]]);
  });

  test('a repair is a call of its own; the job that is done again pays for neither', async () => {
    server.next({ fault: 'malformed', tokens: { input: 10, output: 10 } });
    server.next({ json: { title: 'Unlocked' }, tokens: { input: 20, output: 10 } });
    const first = await gateway.complete(request, signal);
    expect(first.cost).toMatchObject({ input_tokens: 30, output_tokens: 20 });
    expect(first.cost.cost_usd).toBeCloseTo(0.05);
    expect(rows().map(([state]) => state)).toEqual(['answered', 'answered']);
    expect(await gateway.complete(request, signal)).toEqual(first);
    expect(server.requests).toHaveLength(2);
  });

  // Catches: a parked job that a person tries again and that is given the same useless answers for ever.
  test('two answers that do not fit are paid, fail in class format and are not given again', async () => {
    server.always({ fault: 'malformed', tokens: { input: 10, output: 10 } });
    await expect(gateway.complete(request, signal)).rejects.toMatchObject({ class: 'format' });
    expect(rows()).toEqual([
      ['failed', 'format', 0.02],
      ['failed', 'format', 0.02],
    ]);
    server.always({ json: { title: 'Unlocked' } });
    expect((await gateway.complete(request, signal)).value).toEqual({ title: 'Unlocked' });
    expect(server.requests).toHaveLength(3);
  });

  test.each<[Fault, string]>([
    ['rate_limit', 'rate_limit'],
    ['overloaded', 'transient'],
    ['server_error', 'transient'],
    ['auth', 'auth'],
    ['quota', 'quota'],
    ['too_long', 'too_long'],
    ['hang', 'transient'],
    ['cut', 'transient'],
    ['reset', 'transient'],
  ])('%s is one call in class %s, asked once and written down', async (fault, failure) => {
    server.next({ fault });
    await expect(gateway.complete(request, signal)).rejects.toMatchObject({ class: failure });
    expect(server.requests).toHaveLength(1);
    expect(rows().map(([state, failed]) => [state, failed])).toEqual([['failed', failure]]);
    // Once it is over the same job is answered.
    server.next({ json: { title: 'Unlocked' } });
    expect((await gateway.complete(request, signal)).value).toEqual({ title: 'Unlocked' });
  });

  test('free text grows; its end says what it cost', async () => {
    server.next({ text: 'It opens in WAL mode now.', tokens: { input: 3, output: 2 } });
    let text = '';
    for await (const item of gateway.stream({ ...request, jobId: null }, signal)) {
      if ('delta' in item) text += item.delta;
      else expect(item.answer).toMatchObject({ value: text, cost: { cost_usd: 0.005 } });
    }
    expect(text).toBe('It opens in WAL mode now.');
  });

  test('whoever cancels hangs up, and the call counts at the most that it may have cost', async () => {
    server.next({ fault: 'stall' });
    const stopped = new AbortController();
    const stream = gateway.stream({ ...request, jobId: null }, stopped.signal);
    const reading = (async () => {
      for await (const _item of stream) stopped.abort(new Error('Cancelled.'));
    })();
    await expect(reading).rejects.toThrow('Cancelled.');
    await expect.poll(() => server.hungUp(), { timeout: 20_000 }).toBe(1);
    expect(rows()).toEqual([['failed', 'transient', expect.any(Number)]]);
    expect(rows()[0]?.[2]).toBeGreaterThan(1);
  });
});

test.each([
  [{ kind: 'claude-cli', base_url: null }, 'said'],
  [{ kind: 'anthropic', base_url: null }, 'priced'],
  [{ kind: 'openai', base_url: 'https://openrouter.ai/api/v1' }, 'priced'],
  [{ kind: 'openai', base_url: 'http://localhost:11434/v1' }, 'free'],
  [{ kind: 'openai', base_url: 'http://127.8.9.1:1234/v1' }, 'free'],
  [{ kind: 'openai', base_url: 'http://[::1]:1234/v1' }, 'free'],
  [{ kind: 'openai', base_url: 'http://localhost.evil.example/v1' }, 'priced'],
  [{ kind: 'openai', base_url: 'http://127.0.0.1.evil.example/v1' }, 'priced'],
  [{ kind: 'openai', base_url: 'http://192.168.1.5:11434/v1' }, 'priced'],
] as const)('%j is %s', async (settings, billing) => {
  server = await modelServers.openai();
  expect(billingOf(settings)).toBe(billing);
});
