import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TemporaryStore, temporaryStore } from '../../store/testing/temporary-store.ts';
import { operatingReader } from '../testing/operating-reader.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import { createStatsService } from './stats-service.ts';

let store: TemporaryStore;
beforeEach(() => {
  store = temporaryStore();
  store.writable.exec(`
    INSERT INTO projects VALUES (1, 'shop', 'shop', '/shop', NULL, 0, 9), (2, 'site', 'site', '/site', NULL, 0, 9);
    INSERT INTO sessions (pk, id, project_pk, agent, cwd, status, started_at, last_event_at, prompt_count, observation_count, failure_count)
      VALUES (1, 's1', 1, 'claude-code', '/shop', 'ended', ${at('2026-10-24T21:30:00Z')}, ${at('2026-10-25T02:00:00Z')}, 2, 4, 1),
        (2, 's2', 2, 'codex', '/site', 'active', ${at('2026-10-26T09:00:00Z')}, ${at('2026-10-26T10:00:00Z')}, 1, 2, 0);`);
  const rows: [number, string, string, string | null, number][] = [
    [1, '2026-10-24T21:30:00Z', 'request', null, 0],
    // Saturday evening in Lisbon and in New York, Sunday in Berlin.
    [1, '2026-10-24T22:30:00Z', 'change', 'Edit', 0],
    // Both a quarter past two in Berlin, before and after the clock is put back.
    [1, '2026-10-25T00:15:00Z', 'command', 'Bash', 1],
    [1, '2026-10-25T01:15:00Z', 'command', 'Bash', 0],
    [2, '2026-10-26T09:00:00Z', 'change', 'Edit', 0],
    [2, '2026-10-26T10:00:00Z', 'discovery', 'Read', 0],
  ];
  for (const [place, [session, time, type, tool, failed]] of rows.entries()) {
    const pk = place + 1;
    store.writable.exec(
      `INSERT INTO events (pk, event_key, source, source_rank, name, session_pk, occurred_at, received_at, original_bytes, payload)
       VALUES (${pk}, randomblob(16), 'hook', 3, 'x', ${session}, ${at(time)}, 0, 0, '{}')`,
    );
    store.writable
      .prepare(
        `INSERT INTO observations (pk, id, session_pk, project_pk, event_pk, type, tool, title, importance, failed, occurred_at, term_count, revision)
         VALUES (?, ?, ?, ?, ?, ?, ?, 't', 0.5, ?, ?, 1, ?)`,
      )
      .run(pk, `o${pk}`, session, session, pk, type, tool, failed, at(time), pk);
  }
  store.writable.exec(`
    INSERT INTO messages (id, session_pk, event_pk, role, is_final, text, occurred_at) VALUES ('m1', 1, 1, 'assistant', 1, 'x', 1);
    INSERT INTO memories (id, type, project_pk, version, created_at, updated_at, forgotten_at)
      VALUES ('a', 'semantic', 1, 1, ${at('2026-10-25T12:00:00Z')}, 1, NULL), ('b', 'semantic', NULL, 1, ${at('2026-10-25T12:00:00Z')}, 1, 5);
    INSERT INTO learnings (id, category, statement, language, scope, state, confidence, source, origin, created_at, updated_at)
      VALUES ('l1', 'x', 's', 'en', 'global', 'proposed', 0.5, 'rule', 'o1', ${at('2026-10-26T12:00:00Z')}, 1),
        ('l2', 'x', 's', 'en', 'global', 'approved', 0.5, 'rule', 'o2', ${at('2026-10-26T12:00:00Z')}, 1);`);
});
afterEach(() => store.close());

function at(iso: string): number {
  return Date.parse(iso);
}

function stats(zone: string) {
  const reader = operatingReader(store.readable);
  return createStatsService({ reader, intake: reader, zone });
}

const period = { since: '2026-10-24T12:00:00Z', until: '2026-10-27T00:00:00Z' };

describe('overview', () => {
  test('counts everything, or one project', async () => {
    expect(await stats('UTC').overview({})).toMatchObject({
      sessions: 2,
      active_sessions: 1,
      prompts: 3,
      messages: 1,
      observations: 6,
      failures: 1,
      learnings: { proposed: 1, approved: 1, total: 2 },
      memories: 1,
      projects: 2,
      agents: 2,
      first_event_at: '2026-10-24T21:30:00.000Z',
      last_event_at: '2026-10-26T10:00:00.000Z',
    });
    expect(await stats('UTC').overview({ project_id: 'site' })).toMatchObject({
      sessions: 1,
      observations: 2,
      messages: 0,
      failures: 0,
      memories: 0,
      projects: 1,
      agents: 1,
    });
    await expect(stats('UTC').overview({ project_id: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('of an empty memory is all zero, and has no times', async () => {
    store.writable.exec(
      'DELETE FROM projects; DELETE FROM learnings; DELETE FROM memories; DELETE FROM agent_programs',
    );
    const empty = await stats('UTC').overview({});
    expect(empty).toMatchObject({ sessions: 0, observations: 0, first_event_at: null, last_event_at: null });
    expect(empty.database_bytes).toBeGreaterThan(0);
  });
});

describe('growth', () => {
  // Catches: days of another clock than the worker's, and what happened between two midnights on the wrong day.
  test('by days of the place, the empty ones too, with the total at each end', async () => {
    const days = async (zone: string) =>
      (await stats(zone).growth({ bucket: 'day', ...period })).map((point) => [
        point.at.slice(0, 10) + point.at.slice(23),
        point.observations,
        point.total_observations,
      ]);
    expect(await days('Europe/Berlin')).toEqual([
      ['2026-10-24+02:00', 1, 1],
      ['2026-10-25+02:00', 3, 4],
      ['2026-10-26+01:00', 2, 6],
      ['2026-10-27+01:00', 0, 6],
    ]);
    expect(await days('America/New_York')).toEqual([
      ['2026-10-24-04:00', 4, 4],
      ['2026-10-25-04:00', 0, 4],
      ['2026-10-26-04:00', 2, 6],
    ]);
  });

  test('of sessions, memories and learnings, and of one project', async () => {
    const points = await stats('UTC').growth({ bucket: 'day', ...period });
    expect(points.map(({ sessions, memories, learnings }) => [sessions, memories, learnings])).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [1, 0, 2],
    ]);
    const site = await stats('UTC').growth({ bucket: 'day', project_id: 'site', ...period });
    expect(site.map(({ total_observations }) => total_observations)).toEqual([0, 0, 2]);
  });

  test('the hour that comes twice is two points', async () => {
    const night = { since: '2026-10-25T00:00:00Z', until: '2026-10-25T02:00:00Z' };
    const points = await stats('Europe/Berlin').growth({ bucket: 'hour', ...night });
    expect(points.map((point) => [point.at, point.observations])).toEqual([
      ['2026-10-25T02:00:00.000+02:00', 1],
      ['2026-10-25T02:00:00.000+01:00', 1],
    ]);
  });

  test('what was there before is in the total', async () => {
    const [point] = await stats('UTC').growth({
      bucket: 'month',
      since: '2026-10-26T00:00:00Z',
      until: '2026-10-27T00:00:00Z',
    });
    expect(point).toMatchObject({ at: '2026-10-01T00:00:00.000Z', observations: 6, total_observations: 6 });
    const [later] = await stats('UTC').growth({
      bucket: 'day',
      since: '2026-10-26T00:00:00Z',
      until: '2026-10-26T12:00:00Z',
    });
    expect(later).toMatchObject({ observations: 2, total_observations: 6 });
  });

  // Catches: a size that is told of days on which nobody measured it.
  test('the size of the file comes from the day’s own snapshot, the last of it', async () => {
    const writer = operatingWriter(store.writable);
    for (const hour of ['08', '20']) {
      await writer.call('statsSnapshot', { at: at(`2026-10-25T${hour}:00:00Z`), zone: 'Europe/Berlin' });
    }
    const points = await stats('Europe/Berlin').growth({ bucket: 'day', ...period });
    expect(points.map(({ database_bytes }) => database_bytes)).toEqual([
      null,
      expect.any(Number) as unknown,
      null,
      null,
    ]);
    expect(store.readable.prepare('SELECT observations, memories FROM stats_snapshots').all()).toEqual([
      { observations: 6, memories: 1 },
    ]);
  });

  test.each([
    [{ bucket: 'hour', since: '2020-01-01T00:00:00Z' }, /2000 points/],
    [{ bucket: 'day', since: '2026-10-26T00:00:00Z', until: '2026-10-25T00:00:00Z' }, /before/],
  ] as const)('%j is refused', async (request, message) => {
    await expect(stats('UTC').growth(request)).rejects.toThrow(message);
  });

  test('without a period it ends now', async () => {
    expect(await stats('UTC').growth({ bucket: 'day' })).toHaveLength(91);
  });
});

describe('activity', () => {
  test('by weekday and hour of the place, and by what was used where', async () => {
    const berlin = await stats('Europe/Berlin').activity({});
    const busy = berlin.hours.flatMap((day, weekday) =>
      day.flatMap((count, hour) => (count === 0 ? [] : [[weekday, hour, count]])),
    );
    expect(busy).toEqual([
      [0, 10, 1],
      [0, 11, 1],
      [5, 23, 1],
      [6, 0, 1],
      [6, 2, 2],
    ]);
    const { hours: _hours, ...rest } = berlin;
    expect(rest).toEqual({
      tools: [
        { tool: 'Bash', count: 2, failure_count: 1 },
        { tool: 'Edit', count: 2, failure_count: 0 },
        { tool: 'Read', count: 1, failure_count: 0 },
      ],
      types: [
        { type: 'change', count: 2 },
        { type: 'command', count: 2 },
        { type: 'discovery', count: 1 },
        { type: 'request', count: 1 },
      ],
      projects: [
        { id: 'shop', name: 'shop', count: 4 },
        { id: 'site', name: 'site', count: 2 },
      ],
      agents: [
        { name: 'claude-code', count: 4 },
        { name: 'codex', count: 2 },
      ],
    });
  });

  test('of a time and of a project', async () => {
    const { tools, agents } = await stats('UTC').activity({ project_id: 'site', since: '2026-10-26T09:30:00Z' });
    expect([tools, agents]).toEqual([[{ tool: 'Read', count: 1, failure_count: 0 }], [{ name: 'codex', count: 1 }]]);
    await expect(stats('UTC').activity({ project_id: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
