import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { codingMode } from '../../ai/modes/coding.ts';
import { defaultModelSettings } from '../../ai/settings.ts';
import { startAnthropicServer } from '../../ai/testing/anthropic-server.ts';
import type { ModelServer } from '../../ai/testing/model-server.ts';
import { startOpenAiServer } from '../../ai/testing/openai-server.ts';
import type { SecretStore } from '../../embed/secret-store.ts';
import type { ModelSettings } from '../../../shared/model-views.ts';
import { testWorkers, type TestWorker, type TestWorkers } from '../testing/test-worker.ts';

let workers: TestWorkers;
let server: ModelServer;
beforeEach(async () => {
  workers = testWorkers();
  server = await startOpenAiServer();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await workers.end();
  await server.close();
});

function endpoint(more: Partial<ModelSettings> = {}): ModelSettings {
  return {
    ...defaultModelSettings,
    kind: 'openai',
    base_url: server.url,
    models: { small: null, large: 'a-model' },
    ...more,
  };
}

/** A keychain in memory, as the desktop hands one in. */
function memoryKeychain(): SecretStore & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    available: () => Promise.resolve(true),
    get: (name) => Promise.resolve(kept.get(name) ?? null),
    set: (name, value) => Promise.resolve(void (value === null ? kept.delete(name) : kept.set(name, value))),
  };
}

function holdsNowhere(worker: TestWorker, text: string): void {
  for (const file of readdirSync(worker.dataDir, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) expect(readFileSync(join(file.parentPath, file.name)).includes(text)).toBe(false);
  }
}

describe('models', () => {
  test('are off until a person chooses one, which is kept', async () => {
    let worker = await workers.start();
    expect(await worker.client.models.status.query()).toMatchObject({
      settings: defaultModelSettings,
      state: 'off',
      problem: null,
      modes: [{ name: 'coding' }],
      default_models: { anthropic: { small: 'claude-haiku-5-5' } },
    });
    const status = await worker.client.models.configure.mutate({ settings: endpoint() });
    expect([status.state, status.settings]).toEqual(['untried', endpoint()]);
    worker = await worker.restart();
    expect((await worker.client.models.status.query()).settings).toEqual(endpoint());
    // Nothing is asked before there is something to ask.
    expect(server.requests).toEqual([]);
  });

  test('take keys from the environment or the keychain, for their own address only, and tell nobody', async () => {
    vi.stubEnv('MODEL_TEST_API_KEY', 'sk-from-the-environment');
    const secrets = memoryKeychain();
    const worker = await workers.start({ secrets });
    const { models } = worker.client;
    const byName = endpoint({ key_source: 'environment', key_variable: 'MODEL_TEST_API_KEY' });
    const tested = await models.test.mutate({ settings: byName });
    expect(tested).toMatchObject({ model: 'a-model', answer: 'ready' });
    const kept = endpoint({ key_source: 'keychain' });
    const status = await models.configure.mutate({ settings: kept, key: 'sk-in-the-keychain' });
    expect(JSON.stringify([status, tested])).not.toMatch(/sk-/);
    await models.test.mutate({ settings: kept });
    await models.test.mutate({ settings: kept, key: 'sk-tried' });
    expect(server.requests.map(({ key }) => key)).toEqual([
      'sk-from-the-environment',
      'sk-in-the-keychain',
      'sk-tried',
    ]);

    const other = await startAnthropicServer();
    const elsewhere = { ...kept, kind: 'anthropic' as const, base_url: other.url };
    await expect(models.test.mutate({ settings: elsewhere })).rejects.toThrow(/keychain holds none/);
    expect(other.requests).toEqual([]);
    await other.close();
    await models.configure.mutate({ settings: kept, key: null });
    expect(secrets.kept.size).toBe(0);
    holdsNowhere(worker, 'sk-');
  });

  test('are tested without being kept, each time anew, and say what is wrong with them', async () => {
    const worker = await workers.start();
    const { models, costs } = worker.client;
    await models.test.mutate({ settings: endpoint() });
    await models.test.mutate({ settings: endpoint() });
    expect(server.requests).toHaveLength(2);
    server.always({ fault: 'auth' });
    await expect(models.test.mutate({ settings: endpoint() })).rejects.toThrow(/does not accept the key/);
    const status = await models.status.query();
    expect([status.state, status.settings.kind]).toEqual(['off', 'none']);
    const { data } = await costs.calls.query({});
    expect(data.map(({ purpose, state }) => [purpose, state])).toEqual([
      ['test', 'failed'],
      ['test', 'answered'],
      ['test', 'answered'],
    ]);
  });

  // Catches: a model that was just found not to work, or was never asked, shown as ready.
  test('are ready when they answered, failing when their test failed, and untried before', async () => {
    const worker = await workers.start({ secrets: memoryKeychain() });
    const { models } = worker.client;
    const standing = async (settings: ModelSettings, key?: string) => {
      const { state, problem } = await models.configure.mutate({ settings, ...(key !== undefined && { key }) });
      return [state, problem?.class ?? null];
    };
    const absent: ModelSettings = { ...defaultModelSettings, kind: 'claude-cli', cli_path: '/nonexistent/claude' };
    await expect(models.test.mutate({ settings: absent })).rejects.toThrow(/no program that can be run/);
    expect(await standing(absent)).toEqual(['failing', 'setup']);
    expect(await standing(endpoint())).toEqual(['untried', null]);
    await models.test.mutate({ settings: endpoint() });
    expect((await models.status.query()).state).toBe('ready');
    expect(await standing(endpoint({ input_budget_tokens: 5_000 }))).toEqual(['ready', null]);
    // The key belongs to it: another one was not tried.
    const kept = endpoint({ key_source: 'keychain' });
    await models.test.mutate({ settings: kept, key: 'sk-tried' });
    expect(await standing(kept, 'sk-other')).toEqual(['untried', null]);
    await models.test.mutate({ settings: kept, key: 'sk-tried' });
    expect(await standing(kept, 'sk-tried')).toEqual(['ready', null]);
  });

  test('that fail when they are needed are shown as failing, until they answer or others are chosen', async () => {
    const worker = await workers.start();
    const { models, ask } = worker.client;
    await worker.hook({
      hook_event_name: 'UserPromptSubmit',
      session_id: 'one',
      cwd: '/home/dev/shop',
      prompt: 'Why is the checkout database locked?',
    });
    await models.configure.mutate({ settings: endpoint() });
    const state = async () => (await models.status.query()).state;
    const question = { question: 'Why is the checkout database locked?' };
    server.always({ fault: 'quota' });
    await expect
      .poll(async () => ((await ask.answer.mutate(question)).fallback_reason ?? '') && (await models.status.query()), {
        timeout: 20_000,
      })
      .toMatchObject({
        state: 'failing',
        problem: { class: 'quota' },
      });
    expect((await models.status.query()).problem?.message).toMatch(/no credit left/);
    server.always({ text: 'It was open twice [1].' });
    await ask.answer.mutate(question);
    expect(await state()).toBe('ready');
    await models.configure.mutate({ settings: endpoint({ key_source: 'environment', key_variable: 'NOT_SET_TOKEN' }) });
    expect((await ask.answer.mutate(question)).fallback_reason).toMatch(/NOT_SET_TOKEN is not set/);
    expect((await models.status.query()).problem).toMatchObject({ class: 'setup' });
    // What it is used for says nothing of whether it can be asked.
    const other = endpoint({ key_source: 'environment', key_variable: 'NOT_SET_TOKEN', input_budget_tokens: 5_000 });
    expect((await models.configure.mutate({ settings: other })).state).toBe('failing');
    expect((await models.configure.mutate({ settings: defaultModelSettings })).problem).toBeNull();
  });

  test('are refused with what a person has to change', async () => {
    const worker = await workers.start();
    const { models } = worker.client;
    const table: [Partial<ModelSettings>, RegExp][] = [
      [{ base_url: null }, /needs its base URL/],
      [{ base_url: 'http://me:secret@localhost/' }, /name or password/],
      [{ models: { small: null, large: null } }, /Name the model/],
      [{ key_source: 'keychain' }, /no keychain here/],
      [{ key_source: 'environment', key_variable: 'PATH' }, /ends in _API_KEY/],
      [{ mode: 'poetry' }, /no mode "poetry"\. Those that there are: coding/],
      [{ kind: 'anthropic', base_url: null }, /Anthropic needs a key/],
      [{ kind: 'claude-cli', cli_path: '/bin/sh' }, /ends in claude/],
      [{ kind: 'claude-cli', cli_path: 'claude' }, /whole path/],
    ];
    for (const [more, words] of table) {
      await expect(models.configure.mutate({ settings: endpoint(more) }), JSON.stringify(more)).rejects.toThrow(words);
    }
    await expect(models.configure.mutate({ settings: endpoint(), key: 'sk-1' })).rejects.toThrow(/only kept when/);
    expect((await models.status.query()).settings.kind).toBe('none');
  });

  test('speak in the words of a mode that a person wrote', async () => {
    const worker = await workers.start();
    const folder = join(worker.dataDir, 'modes');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'research.json'),
      JSON.stringify({ ...codingMode, name: 'research', title: 'Research', role: 'You keep the memory of a lab.' }),
    );
    writeFileSync(join(folder, 'bad.json'), '{');
    await worker.hook({
      hook_event_name: 'UserPromptSubmit',
      session_id: 'one',
      cwd: '/home/dev/lab',
      prompt: 'Which buffer did we use?',
    });
    const status = await worker.client.models.configure.mutate({ settings: endpoint({ mode: 'research' }) });
    expect(status.modes).toEqual([
      { name: 'coding', title: codingMode.title },
      { name: 'research', title: 'Research' },
    ]);
    expect(status.mode_problems).toEqual([expect.stringMatching(/bad\.json: It is no JSON/)]);
    await worker.client.ask.answer.mutate({ question: 'Which buffer did we use?' });
    expect(server.requests.at(-1)?.system).toContain('memory of a lab');
  });
});
