import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startWorkerProcess, type WorkerServer } from '../../bench/lib/child-server.ts';
import { scopes } from '../../src/shared/access-views.ts';
import { parseDocument, routesOf, type Route } from './fuzz/openapi.ts';
import { send, type Answer } from './request.ts';

const hooks = '/hooks/claude-code';
const api = '/api/v1';

/** Two organisations with the same kind of things in them, each under a word of its own; and the owner with nothing. */
interface Tenant {
  name: string;
  word: string;
  organizationId: string;
  key: string;
  /** Of everything that the lists of it name. */
  ids: string[];
  sessionId: string;
}

const folder = mkdtempSync(join(tmpdir(), 'cmem-tenants-'));
let worker: WorkerServer;
let routes: Route[];
let north: Tenant;
let south: Tenant;

async function call(key: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return send(worker.port, path, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    },
    ...(text === undefined ? {} : { body: text }),
  });
}

async function made(answer: Promise<Answer>, field: string): Promise<string> {
  const { status, text } = await answer;
  if (status !== 201 && status !== 200) throw new Error(`${status} ${text}`);
  const value: unknown = Reflect.get(JSON.parse(text) as object, field);
  return typeof value === 'string' ? value : '';
}

function hookEvents(sessionId: string, word: string): object[] {
  const base = { session_id: sessionId, cwd: `/home/dev/${word}`, transcript_path: `/nowhere/${sessionId}.jsonl` };
  return [
    { ...base, hook_event_name: 'SessionStart', source: 'startup', model: 'a-model' },
    { ...base, hook_event_name: 'UserPromptSubmit', prompt_id: `p-${word}`, prompt: `Remember that ${word} is blue` },
    {
      ...base,
      hook_event_name: 'PostToolUse',
      prompt_id: `p-${word}`,
      tool_name: 'Bash',
      tool_use_id: `t-${word}`,
      tool_input: { command: `echo ${word}`, description: `Say ${word}` },
      tool_response: { stdout: `${word}\n`, stderr: '', interrupted: false },
    },
    { ...base, hook_event_name: 'Stop', prompt_id: `p-${word}`, last_assistant_message: `The ${word} is blue now.` },
  ];
}

async function settle(name: string, word: string): Promise<Tenant> {
  const organizationId = await made(call(worker.ownerToken, 'POST', `${api}/organizations`, { name }), 'id');
  const wanted = { name: `key of ${name}`, scopes: [...scopes], organization_id: organizationId };
  const key = await made(call(worker.ownerToken, 'POST', `${api}/keys`, wanted), 'key');
  const sessionId = `session-${word}`;
  for (const event of hookEvents(sessionId, word)) {
    const answer = await call(key, 'POST', hooks, event);
    expect([200, 204]).toContain(answer.status);
  }
  const memory = { text: `The ${word} memory`, tags: [word], type: 'semantic' };
  await made(call(key, 'POST', `${api}/memories`, memory), 'id');
  const learning = { category: 'fact', statement: `The ${word} is always blue.`, scope: 'global' };
  await call(key, 'POST', `${api}/learnings`, learning);
  await call(key, 'POST', `${api}/permission-rules`, { effect: 'ask', tool: 'Bash', pattern: `echo ${word}*` });
  await call(key, 'POST', `${api}/agents`, { name: word.toLowerCase(), description: `The agent of ${word}` });
  const lists = [
    'sessions',
    'observations',
    'prompts',
    'messages',
    'projects',
    'memories',
    'learnings',
    'agents',
    'keys',
    'jobs',
    'permission-rules',
  ];
  const found = await Promise.all(lists.map((list) => call(key, 'GET', `${api}/${list}`)));
  const ids = found.flatMap(({ text }) => [...text.matchAll(/"id":"([^"]{8,80})"/g)].map((match) => match[1] ?? ''));
  return { name, word, organizationId, key, ids: [...new Set([...ids, sessionId])], sessionId };
}

/** True when its address names rows by id, and no models, settings or tools. */
function namesRows(route: Route): boolean {
  const named = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return named.length > 0 && named.every((name) => /(^|_)id$/.test(name));
}

/** One request of a route with another's ids in every place, and its word wherever a text may stand. */
function aimed(route: Route, id: string, word: string): { path: string; body: unknown } {
  const path = route.path.replaceAll(/\{\w+\}/g, encodeURIComponent(id));
  const query = route.parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap(({ name }) => {
      if (/^(q|text|query|question)$/.test(name)) return [`${name}=${word}`];
      const isPlace = name.endsWith('_id') && route.path.includes('{');
      return isPlace ? [`${name}=${encodeURIComponent(id)}`] : [];
    });
  const body =
    route.body === null ? undefined : { query: word, text: word, question: word, id, ids: [id], session_id: id };
  return { path: query.length === 0 ? path : `${path}?${query.join('&')}`, body };
}

beforeAll(async () => {
  worker = await startWorkerProcess(folder);
  const { text } = await call(worker.ownerToken, 'GET', `${api}/openapi.json`);
  routes = routesOf(parseDocument(text)).filter((route) => !route.isStream);
  north = await settle('North', 'Zebraquartz');
  south = await settle('South', 'Mangrovetin');
}, 120_000);
afterAll(async () => {
  await worker.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('two organisations', () => {
  // Catches: a route that reads past the caller's organisation, by a list, by an id or by a word.
  test('nothing that is read by one holds a word or an id of the other', { timeout: 240_000 }, async () => {
    const reads = routes.filter(({ method }) => method === 'GET');
    expect(reads.length).toBeGreaterThan(40);
    const own = new Set(south.ids);
    const foreign = north.ids.filter((id) => !own.has(id));
    expect(foreign.length).toBeGreaterThan(6);
    let tellsOwn = 0;
    for (const route of reads) {
      const wanted = route.path.includes('{') ? foreign : [foreign[0] ?? ''];
      for (const id of wanted) {
        const { path } = aimed(route, id, north.word);
        const answer = await call(south.key, 'GET', path);
        expect(answer.text.toLowerCase(), `${route.operationId} ${path}`).not.toContain(
          `the ${north.word.toLowerCase()}`,
        );
        const told = foreign.filter((known) => known !== id && answer.text.includes(known));
        expect(told, `${route.operationId} ${path}`).toEqual([]);
        // A list of what belongs to a row that is not there may be empty instead.
        const isEmpty = answer.text.includes('"total":0') || answer.text === '[]';
        if (namesRows(route) && !isEmpty) expect(answer.status, `${route.operationId} ${path}`).not.toBe(200);
      }
      const mine = aimed(route, south.sessionId, south.word);
      const answer = await call(south.key, 'GET', mine.path);
      if (answer.text.toLowerCase().includes(south.word.toLowerCase())) tellsOwn += 1;
    }
    // The search for leaks could have found something.
    expect(tellsOwn).toBeGreaterThan(8);
  });

  // Catches: the name of the owner's account and where everything lies, in the answer to a guest's administrator.
  test('no answer tells a tenant where the memory lies on the machine', { timeout: 120_000 }, async () => {
    const places = [folder, homedir(), resolve(import.meta.dirname, '../..')];
    const tellsPlace = ({ text }: Answer) => places.some((place) => text.includes(place));
    const telling: string[] = [];
    for (const { operationId, method, path } of routes) {
      if (method !== 'GET' || path.includes('{')) continue;
      if (tellsPlace(await call(south.key, 'GET', path))) telling.push(operationId);
    }
    const care = await call(south.key, 'POST', `${api}/admin/maintenance`, { tasks: ['integrity', 'checkpoint'] });
    const copy = await call(south.key, 'POST', `${api}/admin/backups`);
    expect([care.status, copy.status]).toEqual([200, 201]);
    if (tellsPlace(care)) telling.push('admin.maintain');
    if (tellsPlace(copy)) telling.push('admin.backUp');
    expect(telling).toEqual([]);
    // The search for places could have found something.
    expect(tellsPlace(await call(worker.ownerToken, 'GET', `${api}/status`))).toBe(true);
    const { text } = await call(south.key, 'GET', `${api}/status`);
    expect(JSON.parse(text)).toMatchObject({ data_dir: null, database: { file: 'memory.db' }, installation: null });
  });

  // Catches: a change by id that does not ask whose row it is.
  test('nothing of one is changed by the other', { timeout: 240_000 }, async () => {
    const snapshot = async () => {
      const lists = ['sessions', 'observations', 'memories', 'learnings', 'agents', 'keys', 'permission-rules'];
      const answers = await Promise.all(lists.map((list) => call(north.key, 'GET', `${api}/${list}`)));
      return answers.map(({ text }) =>
        text.replaceAll(/"(access_count|last_accessed_at|last_used_at|took_ms)":[^,}]+/g, ''),
      );
    };
    // The memory's own work changes it too.
    await made(call(north.key, 'PUT', `${api}/jobs/paused`, { kind: null, paused: true }), 'paused');
    const running = async () => (await call(north.key, 'GET', `${api}/jobs?states=running`)).text;
    await expect.poll(running, { timeout: 60_000 }).toContain('"total":0');
    const before = await snapshot();
    const writes = routes.filter((route) => route.method !== 'GET' && namesRows(route));
    expect(writes.length).toBeGreaterThan(20);
    for (const route of writes) {
      for (const id of north.ids) {
        const { path, body } = aimed(route, id, north.word);
        const answer = await call(south.key, route.method, path, body);
        expect(answer.status, `${route.operationId} ${path}`).toBeGreaterThanOrEqual(400);
      }
    }
    expect(await snapshot()).toEqual(before);
  });

  // Catches: a tool that stands on a memory other than the caller's.
  test('no tool tells of the other', async () => {
    const { text } = await call(south.key, 'GET', `${api}/tools`);
    const tools = (JSON.parse(text) as { name: string; read_only: boolean }[]).filter((tool) => tool.read_only);
    expect(tools.length).toBeGreaterThan(4);
    for (const { name } of tools) {
      const asked = {
        query: north.word,
        question: north.word,
        text: north.word,
        session_id: north.sessionId,
        ids: north.ids,
      };
      for (const [field, value] of Object.entries(asked)) {
        const answer = await call(south.key, 'POST', `${api}/tools/${name}/execute`, { arguments: { [field]: value } });
        expect(answer.text.toLowerCase(), name).not.toContain(`the ${north.word.toLowerCase()}`);
      }
    }
  });

  // Catches: a stream that is fed from the wrong memory.
  test('streams carry the own events and none of the other', async () => {
    const heard: string[] = [];
    const socket = new WebSocket(`ws://127.0.0.1:${worker.port}${api}/ws`, {
      headers: { authorization: `Bearer ${south.key}` },
    });
    socket.on('message', (data: Buffer) => heard.push(data.toString()));
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    socket.send(JSON.stringify({ type: 'subscribe', after: 0 }));
    const stream = new AbortController();
    const response = await fetch(`${worker.url}${api}/stream/events`, {
      headers: { authorization: `Bearer ${south.key}`, 'last-event-id': '0' },
      signal: stream.signal,
    });
    void (async () => {
      for await (const chunk of response.body ?? []) heard.push(Buffer.from(chunk).toString());
    })().catch(() => {});
    await call(north.key, 'POST', `${api}/memories`, { text: `The ${north.word} again` });
    await call(south.key, 'POST', `${api}/memories`, { text: `The ${south.word} again` });
    // Its own history and its own new event came; then the other's would have, too.
    await expect.poll(() => heard.filter((text) => text.includes('memory.changed')).length).toBeGreaterThan(1);
    const all = heard.join('\n');
    expect(all).toContain(south.sessionId);
    for (const id of north.ids) expect(all).not.toContain(id);
    expect(all.toLowerCase()).not.toContain(north.word.toLowerCase());
    socket.close();
    stream.abort();
  });

  // Catches: an organisation that is chosen by whoever asks.
  test('a key cannot choose its organisation, and the owner can', async () => {
    const headers = (token: string, organization: string) => ({
      authorization: `Bearer ${token}`,
      'x-organization-id': organization,
    });
    const asKey = await send(worker.port, `${api}/memories`, { headers: headers(south.key, north.organizationId) });
    expect(asKey.text).not.toContain(north.word);
    const asOwner = await send(worker.port, `${api}/memories`, {
      headers: headers(worker.ownerToken, north.organizationId),
    });
    expect(asOwner.text).toContain(north.word);
    const own = await call(worker.ownerToken, 'GET', `${api}/memories`);
    expect(own.text).not.toContain(north.word);
    const nobody = await send(worker.port, `${api}/memories`, { headers: headers(worker.ownerToken, 'nobody') });
    expect(nobody.status).toBe(404);
  });
});
