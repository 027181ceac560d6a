import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TemporaryStore, temporaryStore } from '../../store/testing/temporary-store.ts';
import type { AgentService } from '../../api/record-services.ts';
import { operatingReader } from '../testing/operating-reader.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import { createAgentService } from './agent-service.ts';

let store: TemporaryStore;
let agents: AgentService;
beforeEach(() => {
  store = temporaryStore();
  store.writable.exec("INSERT INTO projects VALUES (1, 'p', 'shop', '/shop', NULL, 0, 9)");
  agents = createAgentService({ reader: operatingReader(store.readable), writer: operatingWriter(store.writable) });
});
afterEach(() => store.close());

function addSession(agent: string, lastEventAt: number, observations = 0): void {
  store.writable
    .prepare(
      `INSERT INTO sessions (id, project_pk, agent, cwd, status, started_at, last_event_at, observation_count)
       VALUES (?, 1, ?, '/shop', 'ended', ?, ?, ?)`,
    )
    .run(crypto.randomUUID(), agent, lastEventAt - 10, lastEventAt, observations);
}

const names = async (query: Partial<Parameters<AgentService['list']>[0]> = {}) =>
  (await agents.list({ limit: 50, ...query })).data.map(({ name }) => name);

// Catches: programs that nobody registered and that no list shows, and counters that do not say what the sessions do.
test('whoever has a session is on the list, with what its sessions come to, the last active first', async () => {
  const now = Date.now();
  addSession('claude-code', now - 60_000, 3);
  addSession('claude-code', now - 50_000, 4);
  addSession('codex', now - 3_600_000, 1);
  await agents.create({ name: 'nightly', description: 'Runs at night', metadata: { team: 'ops' } });
  const { data, pagination } = await agents.list({ limit: 50 });
  expect(pagination.total).toBe(3);
  expect(data).toMatchObject([
    { name: 'claude-code', state: 'active', session_count: 2, observation_count: 7, dropped_count: 0 },
    { name: 'codex', state: 'idle', session_count: 1, observation_count: 1 },
    { name: 'nightly', state: 'idle', session_count: 0, last_active_at: null, description: 'Runs at night' },
  ]);
  expect(data[0]?.first_seen_at).toBe(new Date(now - 60_010).toISOString());
  expect(data[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
});

// Catches: pages that repeat or lose a program, also where several were last active at the same time.
test('pages end where the next begins', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) addSession(name, 1_000);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await agents.list({ limit: 2, cursor });
    seen.push(...page.data.map(({ name }) => name));
    cursor = page.pagination.next_cursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
  await expect(agents.list({ limit: 2, cursor: 'not ours' })).rejects.toMatchObject({ code: 'INVALID_CURSOR' });
});

test('found by name, description and state', async () => {
  addSession('claude-code', Date.now());
  addSession('codex', 1_000);
  const nightly = await agents.create({ name: 'nightly', description: 'Builds of Claude', metadata: {} });
  expect(await names({ text: 'CLAUDE' })).toEqual(['claude-code', 'nightly']);
  expect(await names({ state: 'idle' })).toEqual(['codex', 'nightly']);
  await agents.setState(nightly.id, 'disabled');
  expect(await names({ state: 'disabled' })).toEqual(['nightly']);
  expect(await names({ text: '%' })).toEqual([]);
});

test('is changed field by field, and refused in the contract’s words', async () => {
  const made = await agents.create({ name: 'nightly', description: 'x', metadata: { a: 1 } });
  expect(await agents.update(made.id, { metadata: { b: true } })).toMatchObject({
    description: 'x',
    metadata: { b: true },
  });
  expect(await agents.update(made.id, { description: null })).toMatchObject({
    description: null,
    metadata: { b: true },
  });
  await expect(agents.create({ name: 'nightly', metadata: {} })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await agents.update('none', { description: 'x' })).toBeNull();
  expect(await agents.setState('none', 'disabled')).toBeNull();
  expect(await agents.get('none')).toBeNull();
});

test('is deleted only without sessions', async () => {
  addSession('codex', 1_000);
  const [codex] = (await agents.list({ limit: 1 })).data;
  await expect(agents.delete(codex?.id ?? '')).rejects.toMatchObject({ code: 'CONFLICT' });
  const made = await agents.create({ name: 'nightly', metadata: {} });
  expect(await agents.delete(made.id)).toBe(true);
  expect(await agents.delete(made.id)).toBe(false);
});
