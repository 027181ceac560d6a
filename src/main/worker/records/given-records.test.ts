import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewObservation } from '../../api/record-services.ts';
import { recordMemory, tellSession, type RecordMemory } from './testing/record-memory.ts';

let memory: RecordMemory;
beforeEach(() => void (memory = recordMemory()));
afterEach(() => memory.close());

const at = () => Date.now();
const search = { filters: {}, limit: 20, mode: 'lexical', fusion: 'mass', vector: 'off' } as const;
const ids = (text: string) => memory.read.search({ ...search, text }).hits.map(({ observation }) => observation.id);

const given: NewObservation = {
  session_id: 'g1',
  type: 'discovery',
  title: 'The cache forgets what it was told',
  tool: 'Probe',
  facts: ['it was seen twice', 'api_key=sk-ant-api03-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ'],
  narrative: 'Only <private>on Tuesdays</private> at noon.',
  concepts: ['caching'],
  files_read: ['/shop/src/cache.ts'],
  files_changed: [],
  importance: 0.7,
  failed: true,
};

// Catches a door of its own into the tables: without the ledger, the redaction, the index or the log.
test('what a program records goes the way of a hook', () => {
  const session = { id: 'g1', agent: 'night-watch', cwd: '/shop', title: 'Watching', model: 'small' };
  expect(memory.call('recordsAddSession', { session, at: at() })).toBe('g1');
  const id = memory.call('recordsAddObservation', { observation: given, at: at() });
  expect(memory.read.getObservation(id)).toMatchObject({
    session_id: 'g1',
    type: 'discovery',
    tool: 'Probe',
    title: given.title,
    files_read: ['src/cache.ts'],
    concepts: ['caching'],
    importance: 0.7,
    failed: true,
    source: 'api',
  });
  expect(memory.read.getSession('g1')).toMatchObject({
    agent: 'night-watch',
    title: 'Watching',
    model: 'small',
    status: 'active',
    observation_count: 1,
    failure_count: 1,
  });
  const all = JSON.stringify(memory.db.prepare('SELECT * FROM events, observations').all());
  expect(all).not.toMatch(/sk-ant-api03|Tuesdays/);
  expect(ids('cache forgets')).toEqual([id]);
  expect(ids('tag:caching')).toEqual([id]);
  expect(memory.db.prepare<[], string>('SELECT type FROM event_log ORDER BY id').pluck().all()).toEqual(
    expect.arrayContaining(['session.started', 'observation.created']),
  );
  expect(memory.read.checkIndexes().faulty).toEqual([]);
});

test.each([
  ['an id that is there', { id: 'there', agent: 'x', cwd: '/' }, 'CONFLICT: There is a session'],
  ['an id that was deleted', { id: 'gone', agent: 'x', cwd: '/' }, 'CONFLICT: The session gone was deleted'],
])('a session is not made under %s', (_, session, message) => {
  tellSession(memory, 'there', 'harbour');
  tellSession(memory, 'gone', 'harbour');
  memory.call('recordsDeleteSession', { id: 'gone', at: at() });
  expect(() => memory.call('recordsAddSession', { session, at: at() })).toThrow(message);
});

test.each(['never', 'gone'])('an observation needs its session: %s', (session_id) => {
  tellSession(memory, 'gone', 'harbour');
  memory.call('recordsDeleteSession', { id: 'gone', at: at() });
  expect(() => memory.call('recordsAddObservation', { observation: { ...given, session_id }, at: at() })).toThrow(
    'NOT_FOUND',
  );
});

test('sessions without an id get one, and times are those that were given', () => {
  const session = { agent: 'x', cwd: '/shop', started_at: '2026-01-02T03:04:05Z' };
  const id = memory.call('recordsAddSession', { session, at: at() });
  expect(memory.read.getSession(id)).toMatchObject({ started_at: '2026-01-02T03:04:05.000Z' });
  expect(memory.call('recordsAddSession', { session, at: at() })).not.toBe(id);
});

// Catches a title that the next prompt takes away, and an end that a late counter undoes.
test('a session is called what a person calls it, and ends when it is told to', () => {
  tellSession(memory, 'mine', 'harbour');
  const change = { title: 'The long night', status: 'ended', end_reason: 'given up' } as const;
  expect(memory.call('recordsChangeSession', { id: 'mine', change, at: at() })).toBe(true);
  expect(memory.read.getSession('mine')).toMatchObject({
    title: 'The long night',
    status: 'ended',
    end_reason: 'given up',
  });
  memory.hook({
    session_id: 'mine',
    cwd: '/shop',
    hook_event_name: 'UserPromptSubmit',
    prompt_id: 'q',
    prompt: 'Go on',
  });
  expect(memory.read.getSession('mine')).toMatchObject({ title: 'The long night', status: 'active', end_reason: null });
  expect(memory.call('recordsChangeSession', { id: 'never', change, at: at() })).toBe(false);
  const late = { end_reason: 'given up' };
  expect(() => memory.call('recordsChangeSession', { id: 'mine', change: late, at: at() })).toThrow('CONFLICT');
});

// Catches a correction that a better report of the same event undoes, or that search does not hear of.
test('a correction is found, and survives a better source', () => {
  const call = {
    session_id: 'mine',
    cwd: '/shop',
    tool_name: 'Bash',
    tool_use_id: 't1',
    tool_input: { command: 'npm test' },
  };
  memory.hook({ ...call, hook_event_name: 'PostToolBatch', tool_calls: [{ ...call, tool_response: 'short' }] });
  const [seen] = memory.read.timeline({ session_id: 'mine', limit: 9 }).data;
  const id = seen?.id ?? '';
  const change = {
    title: 'The marzipan tests',
    concepts: ['sweets'],
    facts: ['token=ghp_0123456789abcdefghijklmnopqrstuvwxyzAB'],
  };
  expect(memory.call('recordsCorrect', { id, change, at: at() })).toBe(true);
  expect(ids('marzipan')).toEqual([id]);
  expect(ids('tag:sweets')).toEqual([id]);
  expect(JSON.stringify(memory.read.getObservation(id))).not.toContain('ghp_');
  memory.hook({ ...call, hook_event_name: 'PostToolUse', tool_response: { stdout: '3 lanterns passed', stderr: '' } });
  expect(memory.read.getObservation(id)).toMatchObject({ title: 'The marzipan tests', concepts: ['sweets'] });
  expect(JSON.stringify(memory.read.getObservation(id)?.result)).toContain('lanterns');
  expect(memory.call('recordsCorrect', { id, change: { importance: 0.9 }, at: at() })).toBe(true);
  expect(memory.read.getObservation(id)).toMatchObject({ title: 'The marzipan tests', importance: 0.9 });
  expect(memory.read.checkIndexes().faulty).toEqual([]);
});

// Catches what has no name any more, in every list.
test('a title of which nothing is left is refused, and the one before stays', () => {
  const title = '<private>me</private>';
  memory.call('recordsAddSession', {
    session: { id: 'g1', agent: 'codex', cwd: '/shop', title: 'Watching' },
    at: at(),
  });
  const id = memory.call('recordsAddObservation', { observation: given, at: at() });
  expect(() => memory.call('recordsCorrect', { id, change: { title }, at: at() })).toThrow('REFUSED');
  expect(() => memory.call('recordsChangeSession', { id: 'g1', change: { title }, at: at() })).toThrow('REFUSED');
  expect(() =>
    memory.call('recordsAddSession', { session: { id: 'g2', agent: 'codex', cwd: '/shop', title }, at: at() }),
  ).toThrow('REFUSED');
  expect(memory.read.getObservation(id)).toMatchObject({ title: given.title });
  expect(memory.read.getSession('g1')).toMatchObject({ title: 'Watching' });
  expect(memory.read.getSession('g2')).toBeNull();
});
