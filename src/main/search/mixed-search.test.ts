import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SearchAnswer, SearchHit } from '../../shared/search-views.ts';
import { createTestMemory } from './test-memory.ts';

let memory: ReturnType<typeof createTestMemory>;

beforeEach(() => {
  memory = createTestMemory();
});
afterEach(() => {
  memory.close();
});

const rows = [
  { title: 'Users cannot sign in after the password reset', session: 1 },
  { title: 'The login form rejects valid credentials', session: 1 },
  { title: 'Database locked by another process', session: 2, failed: true },
  { title: 'The transaction waits for a lock in SQLite', session: 2 },
  { title: 'New colours for the dark theme', session: 3 },
  { title: 'Button icons of the toolbar', session: 3 },
];

function sumOf({ voices, boosts }: SearchHit): number {
  const parts = [voices.observation, voices.window, voices.session, voices.vector];
  const ofVoices = parts.reduce((sum, { normalized, weight }) => sum + normalized * weight, 0);
  const { recency, importance, pinned, project, feedback } = boosts;
  return ofVoices + recency + importance + pinned + project + feedback;
}

const ids = (answer: SearchAnswer) => answer.hits.map((hit) => hit.observation.id);

describe('words and meaning', () => {
  it('finds what shares no word with the query, and only when vectors are heard', () => {
    memory.writeAll(rows);
    const vector = memory.embedAll();
    const question = 'authentication problem';
    expect(ids(memory.search(question))).toEqual([]);
    const mixed = memory.search(question, { mode: 'mixed', vector });
    expect(mixed).toMatchObject({ mode: 'mixed', vector_problem: null });
    expect(['o1', 'o2']).toContain(ids(mixed)[0]);
    expect(mixed.hits[0]?.voices.observation.raw).toBe(0);
    expect(mixed.hits[0]?.voices.vector.raw).toBeGreaterThan(0.2);
  });

  it.each([
    ['lexical', 'mass'],
    ['mixed', 'mass'],
    ['mixed', 'rrf'],
    ['vector', 'mass'],
  ] as const)('explains each score of %s (%s) to the last digit', (mode, fusion) => {
    memory.writeAll(rows);
    memory.run(`INSERT INTO observation_marks VALUES (3, 'hidden', 1), (4, 'pinned', 1)`);
    const vector = memory.embedAll();
    const { hits } = memory.search('database lock', { mode, fusion, vector, near_project_id: 'project-1' });
    expect(hits.length).toBeGreaterThan(1);
    for (const hit of hits) {
      expect(hit.score).toBeCloseTo(sumOf(hit), 10);
      for (const voice of Object.values(hit.voices)) {
        expect(voice.normalized).toBeGreaterThanOrEqual(0);
        expect(voice.normalized).toBeLessThanOrEqual(1);
      }
    }
    expect(hits.map((hit) => hit.score)).toEqual(hits.map((hit) => hit.score).toSorted((one, other) => other - one));
  });

  it.each(['off', 'not_ready', 'failed'] as const)('answers with words when vectors are %s', (vector) => {
    memory.writeAll(rows);
    const answer = memory.search('database', { mode: 'mixed', vector });
    expect(answer).toMatchObject({ mode: 'lexical', vector_problem: vector });
    expect(ids(answer)).toEqual(['o3']);
  });

  it('answers with words when the vectors are of another model or dimension', () => {
    memory.writeAll(rows);
    const vector = memory.embedAll();
    const other = { ...vector, modelPk: vector.modelPk + 1 };
    expect(memory.search('database', { mode: 'mixed', vector: other })).toMatchObject({ vector_problem: 'not_ready' });
    const short = { ...vector, vector: new Float32Array(3).fill(1) };
    expect(memory.search('database', { mode: 'mixed', vector: short })).toMatchObject({
      mode: 'lexical',
      vector_problem: 'failed',
      total: 1,
    });
  });

  it('keeps to the filters, in both voices', () => {
    memory.writeAll(rows);
    const vector = memory.embedAll();
    const answer = memory.search('database lock', { mode: 'mixed', vector, filters: { failed: true } });
    expect(ids(answer)).toEqual(['o3']);
    expect(answer.total).toBe(1);
  });

  // Catches a filter, or a word that is excluded, which brings in rows that say something else.
  it('finds nothing more because a filter leaves few rows, and the nearest of them by meaning alone', () => {
    const far = Array.from({ length: 45 }, (_value, index) => ({
      title: `Toolbar colour ${index}`,
      tool: 'Edit',
      session: 10 + index,
    }));
    memory.writeAll([...rows, ...far]);
    const vector = memory.embedAll();
    const text = 'authentication problem';
    const found = (query: string) => new Set(ids(memory.search(query, { mode: 'mixed', vector, limit: 100 })));
    const all = found(text);
    expect(all.size).toBeGreaterThan(0);
    expect(found(`${text} tool:Edit`)).toEqual(new Set());
    for (const narrower of [`${text} -redis`, `${text} -lock`, `${text} is:failed`, `${text} project:project-1`]) {
      expect(
        [...found(narrower)].filter((id) => !all.has(id)),
        narrower,
      ).toEqual([]);
    }
    const nearest = memory.search(`${text} tool:Edit`, { mode: 'vector', vector, limit: 100 });
    expect(nearest.total).toBeGreaterThan(20);
    expect(nearest.hits.every(({ voices }) => voices.vector.raw >= 0 && voices.vector.raw < 0.2)).toBe(true);
  });
});

describe('boosts', () => {
  const same = (session: number) => ({ title: `deadlock number ${session}`, session, at: 1000 });

  it('raise what is pinned, near and newer, and lower what is wrong without losing it', () => {
    memory.writeAll([same(1), same(2), { ...same(3), project: 2 }, { ...same(4), at: 90 * 86_400_000 }, same(5)]);
    memory.run(`INSERT INTO observation_marks VALUES (1, 'pinned', 1), (2, 'wrong', 1)`);
    const { hits, total } = memory.search('deadlock', { near_project_id: 'project-2' });
    expect(hits.map((hit) => hit.observation.id)).toEqual(['o1', 'o3', 'o4', 'o5', 'o2']);
    expect(hits.at(-1)?.boosts.feedback).toBeLessThan(-1);
    expect(total).toBe(5);
    expect(memory.ids('', {})).toContain('o2');
  });

  it('follow marks that are made and taken away between searches, and those of a session', () => {
    memory.writeAll([same(1), same(2)]);
    expect(memory.ids('deadlock')).toEqual(['o2', 'o1']);
    memory.run(
      `INSERT INTO session_marks VALUES (2, 'hidden', 1); UPDATE observations SET revision = 100 WHERE pk = 2`,
    );
    expect(memory.ids('deadlock')).toEqual(['o1', 'o2']);
    memory.run(`DELETE FROM session_marks; UPDATE observations SET revision = 101 WHERE pk = 2`);
    expect(memory.ids('deadlock')).toEqual(['o2', 'o1']);
  });
});

describe('diversity', () => {
  it('collapses what says the same, with count and ids, and counts everything', () => {
    const read = { title: 'src/db.js', type: 'discovery', tool: 'Read' };
    memory.writeAll([
      ...Array.from({ length: 30 }, (_value, index) => ({
        ...read,
        subtitle: `${index}–${index + 9} / 90`,
        session: index + 1,
      })),
      { title: 'src/db.js', type: 'change', tool: 'Edit', subtitle: 'open()', session: 40 },
      { title: 'src/db.js', type: 'change', tool: 'Edit', subtitle: 'close()', session: 40 },
      { ...read, failed: true, session: 41 },
    ]);
    const { hits, total, facets } = memory.search('db.js');
    expect(hits.length).toBe(4);
    expect(total).toBe(33);
    const folded = hits.find((hit) => hit.collapsed.count > 0);
    expect(folded?.collapsed.count).toBe(29);
    expect(folded?.collapsed.ids.length).toBe(20);
    expect(facets.tools).toEqual([
      { value: 'Read', label: 'Read', count: 31 },
      { value: 'Edit', label: 'Edit', count: 2 },
    ]);
  });

  it('lets no session flood a page, but shows all of it to who looks into it', () => {
    memory.writeAll([
      ...Array.from({ length: 30 }, (_value, index) => ({ title: `deadlock in part ${index}`, session: 1 })),
      ...Array.from({ length: 15 }, (_value, index) => ({ title: `deadlock of case ${index}`, session: 2 + index })),
    ]);
    const sessions = memory.search('deadlock').hits.map((hit) => hit.observation.session_id);
    expect(sessions.length).toBe(20);
    expect(sessions.filter((session) => session === 'session-1').length).toBeLessThanOrEqual(8);
    const inside = memory.search('deadlock', { filters: { session_id: 'session-1' }, limit: 50 });
    expect(inside.hits.length).toBe(30);
  });
});

it('counts facets over all that matched, by local days', () => {
  const noon = new Date(2026, 4, 3, 12).getTime();
  memory.writeAll([
    { title: 'build failed', project: 1, session: 1, type: 'command', tool: 'Bash', at: noon },
    {
      title: 'build again',
      project: 1,
      session: 1,
      type: 'command',
      tool: 'Bash',
      at: new Date(2026, 4, 3, 23, 59).getTime(),
    },
    { title: 'build done', project: 2, session: 2, type: 'note', at: new Date(2026, 4, 4).getTime() },
    { title: 'unrelated', project: 3, session: 3, at: noon },
  ]);
  expect(memory.search('build', { limit: 1 }).facets).toEqual({
    types: [
      { value: 'command', label: 'command', count: 2 },
      { value: 'note', label: 'note', count: 1 },
    ],
    tools: [{ value: 'Bash', label: 'Bash', count: 2 }],
    projects: [
      { value: 'project-1', label: 'p', count: 2 },
      { value: 'project-2', label: 'p', count: 1 },
    ],
    days: [
      { value: '2026-05-04', label: '2026-05-04', count: 1 },
      { value: '2026-05-03', label: '2026-05-03', count: 2 },
    ],
  });
});

describe('similar', () => {
  it('finds what is near by the vector, without the row itself and within the filters', () => {
    memory.writeAll(rows);
    memory.embedAll();
    const answer = memory.similar({ id: 'o3', filters: {}, limit: 3 });
    expect(answer?.mode).toBe('vector');
    expect(answer?.hits[0]?.observation.id).toBe('o4');
    expect(answer?.hits.map((hit) => hit.observation.id)).not.toContain('o3');
    const elsewhere = memory.similar({ id: 'o3', filters: { session_id: 'session-1' }, limit: 3 });
    expect(elsewhere?.hits.every((hit) => hit.observation.session_id === 'session-1')).toBe(true);
  });

  it('goes by the words of a row without a vector, and knows no row that is not there', () => {
    memory.writeAll(rows);
    const answer = memory.similar({ id: 'o3', filters: {}, limit: 3 });
    expect(answer).toMatchObject({ mode: 'lexical', vector_problem: 'not_ready' });
    expect(memory.similar({ id: 'nobody', filters: {}, limit: 3 })).toBeNull();
  });
});
