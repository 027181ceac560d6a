import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createProvider, modelFor } from './create-provider.ts';
import type { Manners } from './endpoint-access.ts';
import type { ModelRequest } from './model.ts';
import { defaultModelSettings } from './settings.ts';
import { completeStructured } from './structured.ts';
import { startAnthropicServer } from './testing/anthropic-server.ts';
import type { ModelServer } from './testing/model-server.ts';
import { startOpenAiServer } from './testing/openai-server.ts';

const never = new AbortController().signal;
const answer = z.object({ title: z.string().max(80), tags: z.array(z.string()).default([]) });
const question: ModelRequest = {
  model: 'a-model',
  system: 'Rules.',
  prompt: 'Go.',
  schema: null,
  maxOutputTokens: 500,
};
const structured = { ...question, schema: { name: 'summary', type: answer } };
const value = { title: 'The lock', tags: ['wal'] };

const open: ModelServer[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function started(server: Promise<ModelServer>): Promise<ModelServer> {
  open.push(await server);
  return server;
}

function providerAt(
  kind: 'anthropic' | 'openai',
  { url }: ModelServer,
  key: string | null = 'sk-1',
  manners: Manners = new Map(),
) {
  const access = { key, manners, env: {}, claudeFolder: '/nowhere' };
  return createProvider({ ...defaultModelSettings, kind, base_url: url }, access);
}

describe.each([
  ['anthropic', () => startAnthropicServer()],
  ['openai', () => startOpenAiServer()],
] as const)('%s', (kind, start) => {
  test('gives the answer as it grows, then whole, with what was used', async () => {
    const server = await started(start());
    server.always({ text: '答案是 WAL 模式。\nDone.', tokens: { input: 1_000, cacheRead: 800, output: 12 } });
    const items = [];
    for await (const item of providerAt(kind, server).stream(question, never)) items.push(item);
    const text = items.map((item) => ('delta' in item ? item.delta : '')).join('');
    expect(text).toBe('答案是 WAL 模式。\nDone.');
    expect(items.length).toBeGreaterThan(2);
    expect(items.at(-1)).toMatchObject({
      reply: { text, value: undefined, usage: { inputTokens: 1_000, cacheReadTokens: 800, outputTokens: 12 } },
    });
  });

  test('holds the model to the schema where the endpoint can, and asks for what has a default, too', async () => {
    const server = await started(start());
    server.always({ json: value });
    const reply = await completeStructured(providerAt(kind, server), structured, never);
    expect(reply.value).toEqual(value);
    expect(server.requests).toMatchObject([
      { structure: 'native', schema: { required: ['title', 'tags'], additionalProperties: false }, key: 'sk-1' },
    ]);
  });

  test('sends no key when there is none, and nothing of what the environment holds for others', async () => {
    for (const prefix of ['ANTHROPIC', 'OPENAI']) {
      vi.stubEnv(`${prefix}_API_KEY`, 'sk-of-the-environment');
      vi.stubEnv(`${prefix}_AUTH_TOKEN`, 'sk-of-the-environment');
      vi.stubEnv(`${prefix}_ORG_ID`, 'sk-of-the-environment');
      vi.stubEnv(`${prefix}_BASE_URL`, 'http://127.0.0.1:9/');
    }
    const server = await started(start());
    await providerAt(kind, server, null).complete(question, never);
    expect(server.requests).toHaveLength(1);
    expect(JSON.stringify(server.requests[0]?.headers)).not.toMatch(/environment|Bearer|none/);
  });

  test.each([
    ['a fence', 'Here it is:\n```json\n{"title": "The lock", "tags": ["wal"]}\n```\nAnything else?'],
    ['prose around it', 'Sure! {"title": "The lock", "tags": ["wal"]} Hope that helps {smile}.'],
    ['brackets in its text', '{"title": "The lock", "tags": ["wal"]} ]'],
  ])('takes an answer with %s without asking again', async (_, text) => {
    const server = await started(start());
    server.always({ text });
    const reply = await completeStructured(providerAt(kind, server), structured, never);
    expect([reply.value, reply.calls]).toEqual([value, 1]);
  });
});

test('what Anthropic may keep between requests is the part that is always the same', async () => {
  const server = await started(startAnthropicServer());
  await providerAt('anthropic', server).complete(question, never);
  expect(server.requests[0]?.body).toMatchObject({
    system: [{ text: 'Rules.', cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: 'Go.' }],
    max_tokens: 500,
  });
});

// Catches: a model that has no answer left after its thinking, and one that is never asked in a way that it takes.
test.each([
  ['an effort', {}, ['native low', 'native low']],
  ['no effort', { knowsEffort: false }, ['native low', 'native -', 'native -']],
  ['no schema', { knowsSchemas: false }, ['native low', 'tool -', 'tool -']],
  [
    'neither schema nor forced tool',
    { knowsSchemas: false, knowsEffort: false, forcesTools: false },
    ['native low', 'tool -', 'none -', 'none -'],
  ],
] as const)('a server of Anthropic’s format that takes %s is asked as it can be', async (_, options, asked) => {
  const server = await started(startAnthropicServer(options));
  server.always({ json: value });
  const manners: Manners = new Map();
  for (let at = 0; at < 2; at++) {
    const reply = await completeStructured(providerAt('anthropic', server, 'sk-1', manners), structured, never);
    expect([reply.value, reply.calls]).toEqual([value, 1]);
  }
  const effortIn = ({ output_config: config }: Record<string, unknown>) =>
    /"effort":"(\w+)"/.exec(JSON.stringify(config ?? null))?.[1] ?? '-';
  expect(server.requests.map(({ structure, body }) => `${structure} ${effortIn(body)}`)).toEqual(asked);
  if (server.requests.at(-1)?.structure === 'none') expect(server.requests.at(-1)?.system).toContain('JSON Schema');
});

test.each([
  ['JSON without a schema', { takes: 'object' }, ['native', 'object', 'object']],
  ['no JSON mode', { takes: 'nothing' }, ['native', 'object', 'none', 'none']],
  ['another name of the bound', { bound: 'max_completion_tokens' }, ['native', 'native', 'native']],
  ['no counting', { takesStreamOptions: false }, ['native', 'native', 'native']],
  [
    'none of it',
    { takes: 'nothing', bound: 'max_completion_tokens', takesStreamOptions: false },
    ['native', 'native', 'native', 'object', 'none', 'none'],
  ],
] as const)(
  'an endpoint that takes %s is asked as it can be, and that is remembered',
  async (_, options, structures) => {
    const server = await started(startOpenAiServer(options));
    server.always({ json: value });
    const manners: Manners = new Map();
    for (let at = 0; at < 2; at++) {
      const reply = await completeStructured(providerAt('openai', server, 'sk-1', manners), structured, never);
      expect([reply.value, reply.calls]).toEqual([value, 1]);
      // Whoever does not count is counted for: a cap must hold.
      expect(reply.usage.outputTokens).toBeGreaterThan(0);
    }
    expect(server.requests.map(({ structure }) => structure)).toEqual(structures);
    const last = server.requests.at(-1);
    if (last?.structure !== 'native') expect(last?.system).toContain('"title":{"type":"string"');
  },
);

// Catches: an endpoint that refuses both names of the bound asked for ever, without a pause.
test('an endpoint that refuses one manner after the other is asked once in each', async () => {
  const server = await started(startOpenAiServer({ bound: 'none' }));
  const asking = providerAt('openai', server).complete(question, never);
  await expect(asking).rejects.toThrow(/Unrecognized request argument/);
  const bounds = server.requests.map(({ body }) => Object.keys(body).filter((name) => name.startsWith('max_')));
  expect(bounds).toEqual([['max_tokens'], ['max_completion_tokens']]);
});

test('null for what a model has nothing to say of costs no second call', async () => {
  const server = await started(startOpenAiServer());
  server.always({ json: { title: 'The lock', tags: null } });
  const reply = await completeStructured(providerAt('openai', server), structured, never);
  expect([reply.value, reply.calls]).toEqual([{ title: 'The lock', tags: [] }, 1]);
});

test('a model that thinks until nothing is left for its answer is told as such', async () => {
  const server = await started(startOpenAiServer());
  server.always({ fault: 'max_tokens', text: '<think>and then' });
  await expect(providerAt('openai', server).complete(question, never)).rejects.toThrow(/before its first word/);
});

test('a refusal that is about something else is not asked again', async () => {
  const server = await started(startOpenAiServer());
  server.always({ fault: 'bad_request' });
  await expect(completeStructured(providerAt('openai', server), structured, never)).rejects.toThrow(/temperature/);
  expect(server.requests).toHaveLength(1);
});

test('the reasoning of a model that thinks aloud is no part of its answer', async () => {
  const server = await started(startOpenAiServer());
  server.always({ text: '<think>Hm, {"title": 1}.\nWell.</think>\n\n{"title": "The lock", "tags": ["wal"]}' });
  const reply = await completeStructured(providerAt('openai', server), structured, never);
  expect([reply.value, reply.text]).toEqual([value, JSON.stringify(value).replaceAll(/([:,])/g, '$1 ')]);
});

test.each([
  [{ kind: 'anthropic' }, 'small', 'claude-haiku-5-5'],
  [{ kind: 'anthropic' }, 'large', 'claude-sonnet-5-5'],
  [{ kind: 'anthropic', models: { small: null, large: 'claude-opus-5-5' } }, 'small', 'claude-haiku-5-5'],
  [{ kind: 'anthropic', base_url: 'http://localhost:1/', models: { small: null, large: 'own' } }, 'small', 'own'],
  [{ kind: 'openai', base_url: 'http://localhost:1/', models: { small: null, large: 'qwen3' } }, 'small', 'qwen3'],
  [{ kind: 'claude-cli' }, 'large', 'sonnet'],
] as const)('the model of %j for %s is %s', (settings, tier, name) => {
  expect(modelFor({ ...defaultModelSettings, ...settings }, tier)).toBe(name);
});
