import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createProvider } from './create-provider.ts';
import { ModelError, type ModelProvider, type ModelRequest } from './model.ts';
import { defaultModelSettings } from './settings.ts';
import { completeStructured } from './structured.ts';
import { startAnthropicServer } from './testing/anthropic-server.ts';
import { faults, type Fault, type ModelServer } from './testing/model-server.ts';
import { startOpenAiServer } from './testing/openai-server.ts';
import type { FailureClass } from '../../shared/job-views.ts';

const key = 'sk-secret-key-that-nobody-may-see';
const answer = z.object({ title: z.string(), done: z.array(z.string()) });
const never = new AbortController().signal;
const question: ModelRequest = {
  model: 'a-model',
  system: 'Rules.',
  prompt: 'Go.',
  schema: null,
  maxOutputTokens: 500,
};

const formats = {
  anthropic: { start: () => startAnthropicServer(), kind: 'anthropic' },
  openai: { start: () => startOpenAiServer(), kind: 'openai' },
} as const;

/** What each fault is, and words of its sentence. */
const expected: Record<Exclude<Fault, 'malformed' | 'max_tokens'>, [FailureClass, RegExp]> = {
  rate_limit: ['rate_limit', /less often; the work waits for 7 s/],
  overloaded: ['transient', /problem of its own/],
  overloaded_midway: ['transient', /problem of its own/],
  server_error: ['transient', /problem of its own \(status 500\)/],
  auth: ['auth', /does not accept the key\. Enter another one/],
  forbidden: ['auth', /does not let this key use the model "a-model"/],
  not_found: ['setup', /knows no model "a-model"/],
  quota: ['quota', /no credit left/],
  too_long: ['too_long', /Lower the input budget/],
  bad_request: ['format', /refuses the request \(status 400\)/],
  hang: ['transient', /did not answer within/],
  stall: ['transient', /fell silent/],
  cut: ['transient', /broke off/],
  reset: ['transient', /cannot be reached|broke off/],
  empty: ['format', /answered nothing/],
  refusal: ['format', /declines to answer/],
  redirect: ['setup', /to another address/],
  web_page: ['format', /text\/html/],
};

describe.each(Object.entries(formats))('%s', (_, { start, kind }) => {
  let server: ModelServer;
  let provider: ModelProvider;
  beforeEach(async () => {
    server = await start();
    provider = providerAt(server.url, {});
  });
  afterEach(() => server.close());

  function providerAt(url: string, timeouts: { firstMs?: number; idleMs?: number; overallMs?: number }) {
    const settings = { ...defaultModelSettings, kind, base_url: url };
    return createProvider(settings, { key, manners: new Map(), env: {}, claudeFolder: '/nowhere', timeouts });
  }

  async function failureOf(asking: Promise<unknown>): Promise<ModelError> {
    const failure: unknown = await asking.then(
      () => null,
      (error: unknown) => error,
    );
    if (!(failure instanceof ModelError)) throw new Error(`It ended as ${String(failure)}`);
    return failure;
  }

  const table = faults.filter((fault) => fault !== 'malformed' && fault !== 'max_tokens');
  test.each(table)('%s ends in its class after one request, with what to do and without the key', async (fault) => {
    const isSilent = fault === 'hang' || fault === 'stall';
    const asked = isSilent
      ? providerAt(server.url, { firstMs: fault === 'hang' ? 300 : 20_000, idleMs: 300 })
      : provider;
    server.always({ fault, retryAfterS: 7 });
    const failure = await failureOf(asked.complete(question, never));
    const [failureClass, words] = expected[fault];
    expect([failure.class, failure.message]).toEqual([failureClass, expect.stringMatching(words)]);
    expect(server.requests).toHaveLength(1);
    expect(failure.message).not.toMatch(/sk-/);
    if (fault === 'rate_limit') expect(failure.retryAfterMs).toBe(7_000);
  });

  test('a server that is not there is told as such', async () => {
    await server.close();
    const failure = await failureOf(provider.complete(question, never));
    expect([failure.class, failure.message]).toEqual([
      'transient',
      expect.stringMatching(/cannot be reached \(ECONNREFUSED\)/),
    ]);
  });

  test('an answer that goes on for ever is ended, also when it never falls silent', async () => {
    server.always({ text: 'word '.repeat(200_000) });
    const failure = await failureOf(providerAt(server.url, { overallMs: 400 }).complete(question, never));
    expect([failure.class, failure.message]).toEqual(['transient', expect.stringMatching(/within 1 s/)]);
  });

  test('what an unusable answer cost is told with the error', async () => {
    server.always({ fault: 'refusal', tokens: { input: 900, output: 3 } });
    const failure = await failureOf(provider.complete(question, never));
    expect(failure.usage).toMatchObject({ inputTokens: 900, outputTokens: 3 });
  });

  test('malformed answers are repaired once, then told; both calls count', async () => {
    server.always({ fault: 'malformed', tokens: { input: 100, output: 10 } });
    const failure = await failureOf(completeStructured(provider, structured(), never));
    expect(failure.class).toBe('format');
    expect(failure.usage).toMatchObject({ inputTokens: 200, outputTokens: 20 });
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]?.prompt).toContain('Certainly! {"title": "The lock timed out"');
  });

  test('an answer that does not fit is shown what is wrong with it, and the second one is taken', async () => {
    server.next({ json: { title: 7, done: [] } }, { json: { title: 'The lock', done: ['WAL is on'] } });
    const { value, calls, usage } = await completeStructured(provider, structured(), never);
    expect({ value, calls }).toEqual({ value: { title: 'The lock', done: ['WAL is on'] }, calls: 2 });
    expect(usage.inputTokens).toBe(240);
    expect(server.requests[1]?.prompt).toMatch(/title: .*expected string/);
  });

  test('a repair that fails otherwise keeps its class, and the cost of the first call', async () => {
    server.next({ fault: 'malformed' }, { fault: 'overloaded' });
    const failure = await failureOf(completeStructured(provider, structured(), never));
    expect([failure.class, failure.usage?.inputTokens]).toEqual(['transient', 120]);
  });

  test('an answer that was cut at its bound is asked for in fewer words', async () => {
    server.next({ fault: 'max_tokens', tokens: { output: 500 } }, { json: { title: 'Short', done: [] } });
    server.next({ text: '{"title": "an endless', tokens: { output: 500 } }, { json: { title: 'Short', done: [] } });
    await completeStructured(provider, structured(), never);
    await completeStructured(provider, structured(), never);
    expect(server.requests.at(-1)?.prompt).toContain('cut off before its end: say it in fewer words');
  });

  test('who gives up while it answers gets their own reason, and the server is let go', async () => {
    const stop = new AbortController();
    server.always({ fault: 'stall' });
    const asking = (async () => {
      for await (const _item of provider.stream(question, stop.signal)) stop.abort(new Error('stopped'));
    })();
    await expect(asking).rejects.toThrow('stopped');
    await expect.poll(() => server.hungUp(), { timeout: 20_000 }).toBe(1);
  });

  test('who stops listening lets the server go', async () => {
    server.always({ fault: 'stall' });
    for await (const _item of provider.stream(question, never)) break;
    await expect.poll(() => server.hungUp(), { timeout: 20_000 }).toBe(1);
  });

  function structured() {
    return { ...question, schema: { name: 'summary', type: answer } };
  }
});
