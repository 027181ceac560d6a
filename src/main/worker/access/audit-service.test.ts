import { afterEach, beforeEach, expect, test } from 'vitest';
import { anonymousCaller } from '../../access/caller.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import { createAudit } from './audit-service.ts';
import { type AccessDesk, accessDesk } from './testing/access-desk.ts';

let desk: AccessDesk;
beforeEach(() => void (desk = accessDesk()));
afterEach(() => desk.close());

const entry = {
  action: 'http.request',
  target: 'GET /x',
  outcome: 'refused',
  code: 'UNAUTHORIZED',
  requestId: 'r',
} as const;
const rows = () =>
  desk.store.readable
    .prepare(
      'SELECT actor_kind AS kind, actor_name AS name, action, outcome, code, address, count FROM audit_logs ORDER BY pk',
    )
    .all();

function open(more: { accessKeysUsed?: (uses: unknown) => void } = {}) {
  const writer = operatingWriter(desk.store.writable);
  const faults: unknown[] = [];
  const audit = createAudit({
    reader: { call: () => Promise.reject(new Error('Nothing is read here.')) },
    writer,
    access: { keyUses: () => desk.access.keyUses() },
    onFault: (fault) => void faults.push(fault),
  });
  return { audit, faults, ...more };
}

// Catches: a flood of refusals that fills the disk, and one that hides how many there were.
test('a thousand refusals of one kind are two rows: the first, and how many followed', async () => {
  const { audit } = open();
  for (let n = 0; n < 1_000; n++) audit.service.record({ ...entry, caller: null, address: '10.0.0.1' });
  audit.service.record({ ...entry, caller: anonymousCaller, address: '10.0.0.2' });
  const owners = { ...entry, caller: desk.owner, address: null, outcome: 'done', code: null } as const;
  for (let n = 0; n < 3; n++) audit.service.record(owners);
  await audit.close();
  const refused = { kind: 'nobody', name: 'nobody', action: 'http.request', outcome: 'refused', code: 'UNAUTHORIZED' };
  const done = {
    kind: 'owner',
    name: 'owner',
    action: 'http.request',
    outcome: 'done',
    code: null,
    address: null,
    count: 1,
  };
  expect(rows()).toEqual([
    { ...refused, address: '10.0.0.1', count: 1 },
    { ...refused, address: '10.0.0.2', count: 1 },
    done,
    done,
    done,
    { ...refused, address: '10.0.0.1', count: 999 },
  ]);
});

test('refusals from ever new addresses stay a bounded number of rows', async () => {
  const { audit } = open();
  for (let n = 0; n < 5_000; n++) audit.service.record({ ...entry, caller: null, address: `10.0.0.1:${n}` });
  await audit.close();
  expect(rows().length).toBeLessThanOrEqual(502);
  const total = desk.store.readable.prepare<[], number>('SELECT SUM(count) FROM audit_logs').pluck().get();
  expect(total).toBe(5_000);
});

test('it is listed newest first, by what is asked for; each organisation its own', async () => {
  const { services, owner } = desk;
  const ours = await desk.organization('ours');
  const theirs = await desk.organization('theirs');
  const admin = await desk.person(ours, 'admin');
  const stranger = await desk.person(theirs, 'admin');
  const done = { ...entry, outcome: 'done', code: null, address: null } as const;
  const before = new Date(Date.now() - 1).toISOString();
  for (const action of ['a.one', 'a.two', 'a.three']) services.audit.record({ ...done, caller: admin.caller, action });
  services.audit.record({ ...done, caller: stranger.caller, action: 'b.one' });
  services.audit.record({ ...entry, caller: null, address: '10.0.0.1' });
  const list = async (caller = admin.caller, more = {}) =>
    (await services.audit.list(caller, { limit: 10, ...more })).data.map(({ action }) => action);
  await expect.poll(() => list()).toEqual(['a.three', 'a.two', 'a.one']);
  expect(await list(stranger.caller)).toEqual(['b.one']);
  expect(await list(owner)).toEqual(['http.request', 'b.one', 'a.three', 'a.two', 'a.one']);
  expect(await list({ ...owner, organizationId: ours })).toHaveLength(3);
  expect(await list(owner, { outcome: 'refused' })).toEqual(['http.request']);
  expect(await list(owner, { actor_id: stranger.id })).toEqual(['b.one']);
  expect(await list(owner, { since: before, action: 'a.two' })).toEqual(['a.two']);
  expect(await list(owner, { until: before })).toEqual([]);
});

// Catches: an audit that grows for ever, and one that forgets what is younger than it should be.
test('rows go when they are older than they are kept', async () => {
  const writer = operatingWriter(desk.store.writable);
  const day = 24 * 60 * 60 * 1000;
  const now = 1_000 * day;
  const at = (age: number) => ({
    id: `age ${age}`,
    at: now - age * day,
    organizationId: null,
    actorKind: 'owner' as const,
    actorId: null,
    actorName: 'owner',
    action: 'x',
    target: null,
    outcome: 'done' as const,
    code: null,
    address: null,
    requestId: null,
    count: 1,
  });
  await writer.call('accessAudit', [at(100), at(89), at(20), at(1)]);
  expect(await writer.call('accessPruneAudit', { before: now - 90 * day })).toBe(1);
  expect(await writer.call('accessPruneAudit', { before: now - 10 * day })).toBe(2);
});
