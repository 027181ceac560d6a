import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ownerCaller } from '../../access/access.ts';
import type { Caller } from '../../access/caller.ts';
import { testWorkers, type TestWorker } from '../../worker/testing/test-worker.ts';
import { accept, callOf, initialize, keyWith, mcpRequests, messagesOf } from './testing/mcp-requests.ts';

const workers = testWorkers();
let worker: TestWorker;
let requests: ReturnType<typeof mcpRequests>;
const patience = { timeout: 20_000, interval: 20 };

beforeAll(async () => {
  worker = await workers.start();
  requests = mcpRequests(worker);
}, 60_000);
afterAll(() => workers.end());

describe('who may', () => {
  // Catches: a key that can do over MCP what it may not do over REST, and offers that only lead to refusals.
  test('a key is offered what it may call, and refused the rest', async () => {
    const reader = keyWith('reader', 'read');
    const session = await requests.begin(reader);
    const [listed] = await messagesOf(
      await requests.ask(reader, { jsonrpc: '2.0', id: 2, method: 'tools/list' }, session),
    );
    const offered = [...JSON.stringify(listed).matchAll(/"name":"([a-z_]+)"/g)].map((match) => match[1]);
    expect(offered).toContain('search');
    expect(offered).not.toContain('remember');
    expect(offered).not.toContain('ask');
    for (const [tool, scope] of [
      ['remember', 'write'],
      ['forget', 'write'],
      ['propose_learning', 'write'],
      ['save_session_note', 'write'],
      ['ask', 'spend'],
    ]) {
      const [refused] = await messagesOf(await requests.ask(reader, callOf(tool ?? '', { text: 'x' }), session));
      expect(refused).toMatchObject({ result: { isError: true } });
      expect(JSON.stringify(refused)).toContain(`needs the scope \\"${scope}\\"`);
    }
    await vi.waitFor(async () => {
      const { data } = await worker.client.audit.list.query({ action: 'tools.execute', limit: 50 });
      expect(data.filter(({ outcome }) => outcome === 'refused').map(({ target }) => target)).toContain('remember');
    }, patience);
  });

  test('a key without read sees nothing', async () => {
    const writer = keyWith('writer', 'write');
    const session = await requests.begin(writer);
    for (const method of ['resources/list', 'resources/templates/list', 'prompts/list']) {
      const [listed] = await messagesOf(await requests.ask(writer, { jsonrpc: '2.0', id: 2, method }, session));
      expect(JSON.stringify(listed)).toMatch(/"result":\{"\w+":\[\]\}/);
    }
    for (const body of [
      { method: 'resources/read', params: { uri: 'memory://projects' } },
      { method: 'prompts/get', params: { name: 'review_learnings' } },
    ]) {
      const [refused] = await messagesOf(await requests.ask(writer, { jsonrpc: '2.0', id: 3, ...body }, session));
      expect(refused).toMatchObject({ error: { code: -32_602 } });
    }
  });

  // Catches: whoever learns the id of a session goes on in the name of another.
  test('a session belongs to whoever began it', async () => {
    const [one, other] = [keyWith('one', 'read'), keyWith('other', 'read', 'write')];
    const session = await requests.begin(one);
    const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' };
    for (const method of ['POST', 'GET', 'DELETE']) {
      const stranger = await requests.ask(other, list, session, method);
      expect(stranger.status).toBe(404);
    }
    const elsewhere = { ...one, organizationId: 'elsewhere' };
    expect((await requests.ask(elsewhere, list, session)).status).toBe(404);
    expect((await requests.ask(one, list, session)).status).toBe(200);
    expect((await requests.ask(one, null, session, 'DELETE')).status).toBe(200);
    expect((await requests.ask(one, list, session)).status).toBe(404);
  });

  // Catches: one caller that pushes the others out, or holds sessions without bound.
  test('the oldest session of a caller gives way', { timeout: 30_000 }, async () => {
    const [quiet, busy] = [keyWith('quiet', 'read'), keyWith('busy', 'read')];
    const ping = { jsonrpc: '2.0', id: 2, method: 'ping' };
    const kept = await requests.begin(quiet);
    const first = await requests.begin(busy);
    for (let index = 0; index < 32; index++) await requests.begin(busy);
    expect((await requests.ask(busy, ping, first)).status).toBe(404);
    expect((await requests.ask(quiet, ping, kept)).status).toBe(200);
  });
});

describe('an open stream', () => {
  const ping = { jsonrpc: '2.0', id: 2, method: 'ping' };
  const listen = (caller: Caller, session: Record<string, string>) => requests.ask(caller, null, session, 'GET');

  // Catches: the 33rd agent of a machine that ends the first one's session, which comes back and ends the next one's, for ever.
  test('keeps its session when others of its caller come', { timeout: 60_000 }, async () => {
    const crowd = keyWith('crowd', 'read');
    const [used, idle] = [await requests.begin(crowd), await requests.begin(crowd)];
    const stream = await listen(crowd, used);
    for (let index = 0; index < 33; index++) await requests.begin(crowd);
    expect((await requests.ask(crowd, ping, idle)).status).toBe(404);
    expect((await requests.ask(crowd, ping, used)).status).toBe(200);
    await stream.body?.cancel();
  });

  // Catches: whoever has lost the key, and goes on to hear; also one that may not read is nobody who lost it.
  test('ends when its key is revoked, and its session with it', async () => {
    const [gone, stays] = [keyWith('gone', 'read'), keyWith('stays', 'write')];
    const [session, other] = [await requests.begin(gone), await requests.begin(stays)];
    const [stream, kept] = [await listen(gone, session), await listen(stays, other)];
    requests.revoke(gone);
    await stream.text();
    expect((await requests.ask(gone, ping, session)).status).toBe(404);
    expect((await requests.ask(stays, ping, other)).status).toBe(200);
    await kept.body?.cancel();
  });
});

describe('over the port', () => {
  const post = (headers: Record<string, string>, body: string) =>
    fetch(`${worker.url}/mcp`, {
      method: 'POST',
      headers: { accept, 'content-type': 'application/json', ...headers },
      body,
    });

  test.each([
    ['no token', {}, '{}', 401],
    ['a wrong token', { authorization: 'Bearer cmo_wrong' }, '{}', 401],
    ['the token of the hooks', 'capture', '{}', 403],
    ['another origin', { origin: 'http://evil.example' }, '{}', 403],
    ['an empty batch', 'owner', '[]', 400],
    ['a body of two megabytes', 'owner', JSON.stringify({ text: 'x'.repeat(2_000_000) }), 413],
  ])('%s is refused', async (_what, headers, body, status) => {
    const tokens = { owner: worker.ownerToken, capture: await captureToken() };
    const sent =
      typeof headers === 'string'
        ? { authorization: `Bearer ${tokens[headers === 'owner' ? 'owner' : 'capture']}` }
        : headers;
    expect((await post({ ...sent }, body)).status).toBe(status);
  });

  // Catches: a list that agents keep although the owner has switched a tool off.
  test(
    'agents hear that the tools have changed, and no longer see or reach one that is off',
    { timeout: 30_000 },
    async () => {
      const authorization = `Bearer ${worker.ownerToken}`;
      const begun = await post({ authorization }, JSON.stringify(initialize()));
      const session = { authorization, 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' };
      await begun.text();
      const stop = new AbortController();
      const stream = await fetch(`${worker.url}/mcp`, {
        headers: { ...session, accept: 'text/event-stream' },
        signal: stop.signal,
      });
      const told = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
      await worker.client.tools.update.mutate({ name: 'stats', change: { enabled: false } });
      let text = '';
      while (!text.includes('notifications/tools/list_changed')) text += (await told?.read())?.value ?? '';
      stop.abort();
      const list = await messagesOf(await post(session, '{"jsonrpc":"2.0","id":2,"method":"tools/list"}'));
      expect(JSON.stringify(list)).not.toContain('"name":"stats"');
      const [refused] = await messagesOf(await post(session, JSON.stringify(callOf('stats'))));
      expect(JSON.stringify(refused)).toContain('switched off');
      await worker.client.tools.update.mutate({ name: 'stats', change: { enabled: true } });
    },
  );

  // Catches: tools of the owner that agents cannot reach, or reach while they are off or without the right to run them.
  test('a JavaScript tool of the owner is offered and called while scripts are on', { timeout: 60_000 }, async () => {
    const { tools } = worker.client;
    const input_schema = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };
    const source = 'return { doubled: input.n * 2 };';
    await tools.create.mutate({ name: 'double_it', title: 'Double', description: 'Doubles n.', input_schema, source });
    const session = await requests.begin(ownerCaller);
    const offered = async (caller: Caller, of: Record<string, string>) =>
      JSON.stringify(await messagesOf(await requests.ask(caller, { jsonrpc: '2.0', id: 2, method: 'tools/list' }, of)));
    expect(await offered(ownerCaller, session)).not.toContain('double_it');
    await tools.setSettings.mutate({ ...(await tools.settings.query()), scripts_enabled: true });
    expect(await offered(ownerCaller, session)).toContain('double_it');
    const [answer] = await messagesOf(await requests.ask(ownerCaller, callOf('double_it', { n: 21 }), session));
    expect(answer).toMatchObject({ result: { isError: false, content: [{ type: 'text', text: '{"doubled":42}' }] } });
    const [wrong] = await messagesOf(await requests.ask(ownerCaller, callOf('double_it', { n: 'x' }), session));
    expect(wrong).toMatchObject({ result: { isError: true } });
    const reader = keyWith('reader of scripts', 'read');
    const theirs = await requests.begin(reader);
    expect(await offered(reader, theirs)).not.toContain('double_it');
    const [refused] = await messagesOf(await requests.ask(reader, callOf('double_it', { n: 1 }), theirs));
    expect(JSON.stringify(refused)).toContain('needs the scope \\"execute\\"');
  });

  // Catches: an agent that listens to an organisation which is gone, and never hears so.
  test('a stream ends with its organisation', { timeout: 60_000 }, async () => {
    const { id } = await worker.client.organizations.create.mutate({ name: 'Short-lived' });
    const headers = { authorization: `Bearer ${worker.ownerToken}`, 'x-organization-id': id };
    const begun = await post(headers, JSON.stringify(initialize()));
    const session = { ...headers, 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' };
    await begun.text();
    const stream = await fetch(`${worker.url}/mcp`, { headers: { ...session, accept: 'text/event-stream' } });
    await worker.client.organizations.delete.mutate({ id });
    await stream.text();
    const answer = await post(session, JSON.stringify(callOf('stats')));
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('no organisation')]);
  });

  async function captureToken(): Promise<string> {
    return (await readFile(`${worker.dataDir}/capture.token`, 'utf8')).trim();
  }
});
