import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLedger, type Ledger } from '../../capture/ledger.ts';
import { toldMemory, type ToldMemory } from '../../memory/testing/told-memory.ts';
import { observe } from '../../memory/observe.ts';
import { play } from '../../memory/summaries/testing/script.ts';
import { chinese, compacted, manyTurns, research } from '../../memory/summaries/testing/sessions.ts';
import { weekOf } from '../../../shared/weeks.ts';
import type { SummaryPlan } from '../../memory/summaries/plan.ts';
import { createLexicalIndex } from '../../search/lexical-index.ts';
import type { SummaryScope, SummaryView } from '../../../shared/summary-views.ts';
import { Refusal } from '../refusal.ts';
import { createSummaryReading } from './summary-reading.ts';
import { createSummaryOperations } from './summary-writer.ts';
import { among, saying } from '../../memory/summaries/testing/matchers.ts';

const at = Date.parse('2026-11-20T18:00:00Z');

let memory: ToldMemory;
let ledger: Ledger;
let write: ReturnType<typeof createSummaryOperations>;
let read: ReturnType<typeof createSummaryReading>;

beforeEach(() => {
  memory = toldMemory();
  const db = memory.writable;
  const onFault = (fault: unknown) => {
    throw fault;
  };
  ledger = createLedger(db, { observe, index: createLexicalIndex(db), onFault });
  ledger.listen(true);
  write = createSummaryOperations({ db, ledger });
  read = createSummaryReading(memory.db);
});
afterEach(() => memory.close());

function plan(scope: SummaryScope, session: string, promptId: string | null = null): SummaryPlan {
  const sessionPk = memory.session(session);
  const week = scope === 'week' ? weekOf(memory.now()) : null;
  const projectPk = memory.project('/home/dev/shop');
  const made = read.planSummary({ scope, projectPk, sessionPk, promptId, week });
  if (made === null) throw new Error('There is nothing to be told.');
  return made;
}

function keep(made: SummaryPlan, { force = false, now = at } = {}): number {
  return write.keepSummaries({ summaries: made.summaries, force, at: now });
}

const current = (query: object = {}): SummaryView[] => read.listSummaries({ limit: 50, ...query }).data;
const only = (query: object = {}): SummaryView => {
  const [summary, ...more] = current(query);
  if (summary === undefined || more.length > 0) throw new Error('There is not exactly one.');
  return summary;
};

test('a session’s summary as the contract has it, and the window hears of it', () => {
  play(memory, research);
  expect(keep(plan('session', 'research'))).toBe(1);
  expect(only()).toMatchObject({
    scope: 'session',
    source: 'extractive',
    session_id: 'research',
    session_title: saying('session cache'),
    project: { name: 'shop' },
    prompt_id: null,
    week: null,
    version: 1,
    is_current: true,
    model: null,
    title: 'How does the session cache decide what to evict?',
    created_at: '2026-11-20T18:00:00.000Z',
  });
  const [entry] = ledger.flush();
  expect(entry).toMatchObject({
    type: 'summary.created',
    session_id: 'research',
    data: { summary_id: only().id, scope: 'session', prompt_id: null, week: null },
  });
});

describe('versions', () => {
  // Catches: a job that is done again after a crash and leaves a second version.
  test('the same input is kept once, unless a person wants it anew', () => {
    play(memory, research);
    const made = plan('session', 'research');
    expect([keep(made), keep(made), keep(plan('session', 'research'))]).toEqual([1, 0, 0]);
    expect(plan('session', 'research').known).toEqual(['extractive']);
    expect(keep(made, { force: true })).toBe(1);
    const versions = read.summaryVersions(only().id);
    expect(versions.map(({ version, is_current }) => [version, is_current])).toEqual([
      [2, true],
      [1, false],
    ]);
  });

  test('what goes on gets a new version, what comes back to an earlier state too', () => {
    play(memory, manyTurns);
    keep(plan('session', 'many-turns'));
    memory.markObservation('now make the filter bar sticky', 'hidden');
    const hidden = plan('session', 'many-turns');
    expect(hidden.known).toEqual([]);
    keep(hidden);
    expect(only().request).not.toContain('sticky');
    memory.writable.exec('DELETE FROM observation_marks');
    keep(plan('session', 'many-turns'));
    expect(only()).toMatchObject({ version: 3, request: saying('sticky') });
  });

  test('a model’s version stands before that by rules; the one that a person chose before both, until there is more to tell', () => {
    play(memory, research);
    const made = plan('session', 'research');
    keep(made);
    const byModel = made.summaries.map((summary) => ({ ...summary, source: 'model' as const, model: 'm-1' }));
    write.keepSummaries({ summaries: byModel, force: false, at });
    expect(only()).toMatchObject({ version: 2, source: 'model', model: 'm-1' });
    const [, first] = read.summaryVersions(only().id);
    write.chooseSummary({ id: first?.id ?? '', at });
    expect(only()).toMatchObject({ version: 1, source: 'extractive' });
    // Another model for the same: the choice holds.
    write.keepSummaries({
      summaries: byModel.map((each) => ({ ...each, inputHash: new Uint8Array(32) })),
      force: false,
      at,
    });
    expect(only().version).toBe(3);
    write.chooseSummary({ id: first?.id ?? '', at });
    expect(keep(made)).toBe(0);
    expect(only().version).toBe(1);
    play(memory, {
      id: 'research',
      steps: [
        { user: 'Now write it up in docs/cache.md' },
        { write: 'docs/cache.md' },
        { answer: 'I wrote docs/cache.md.' },
      ],
    });
    keep(plan('session', 'research'));
    expect(only().version).toBe(4);
  });

  test('a summary that is gone cannot be chosen', () => {
    expect(() => write.chooseSummary({ id: 'nowhere', at })).toThrow(Refusal);
  });
});

test('what the client told of itself is a version of its own, once, and never the current one of a session that went on', () => {
  play(memory, compacted);
  expect(keep(plan('session', 'compacted'))).toBe(2);
  const versions = read.summaryVersions(only().id);
  expect(versions.map(({ source, is_current }) => [source, is_current])).toEqual([
    ['extractive', true],
    ['client', false],
  ]);
  expect(versions[1]).toMatchObject({
    done: among(saying('queue.ts')),
    open_ends: ['Add a dead letter queue for mails that fail five times.'],
  });
  play(memory, {
    id: 'compacted',
    steps: [{ user: 'Document the queue in the readme' }, { answer: 'The README describes the queue now.' }],
  });
  expect(keep(plan('session', 'compacted'))).toBe(1);
});

test('lists: of a session the oldest first, else the newest; pages by cursor', () => {
  for (const script of [research, chinese, manyTurns]) play(memory, script);
  const turns = memory.db
    .prepare<[], string>('SELECT prompt_id FROM prompts WHERE session_pk = 3 ORDER BY occurred_at')
    .pluck()
    .all();
  for (const turn of turns) {
    const made = read.planSummary({ scope: 'turn', projectPk: null, sessionPk: 3, promptId: turn, week: null });
    if (made !== null) keep(made);
  }
  for (const script of [research, manyTurns]) keep(plan('session', script.id));
  const told = current({ scope: 'turn', session_id: 'many-turns' }).map(({ prompt_id }) => prompt_id);
  // Thanks are no turn of which there is something to tell.
  expect(told).toEqual(turns.slice(0, -1));
  expect(current({ scope: 'session' }).map(({ session_id }) => session_id)).toEqual(['many-turns', 'research']);
  const first = read.listSummaries({ session_id: 'many-turns', limit: 2 });
  expect(first.pagination).toMatchObject({ total: turns.length, total_pages: 3, has_next: true });
  const second = read.listSummaries({ session_id: 'many-turns', limit: 2, cursor: first.pagination.next_cursor ?? '' });
  expect(second.pagination).toMatchObject({ page: 2, has_prev: true });
  expect([...first.data, ...second.data].map(({ prompt_id }) => prompt_id)).toEqual(turns.slice(0, 4));
});

test('a week is told by its sessions; what is hidden is not among them, and what was mended later is open no more', () => {
  play(memory, {
    id: 'monday',
    steps: [
      { user: 'Add the refund page' },
      { write: 'src/refund.tsx' },
      { bash: 'npm test', description: 'Run the tests', error: 'Exit code 1\nError: expected 1, got 2' },
      { answer: 'I added the refund page, but the tests fail.' },
    ],
  });
  play(memory, {
    id: 'friday',
    steps: [
      { user: 'Make the tests pass again' },
      { edit: 'src/refund.tsx' },
      { bash: 'npm test', description: 'Run the tests', out: 'Tests: 4 passed, 4 total' },
      { answer: 'I fixed the rounding in the refund page. The tests pass again.' },
    ],
  });
  play(memory, {
    id: 'secret',
    steps: [{ user: 'Plan the party for Ada' }, { answer: 'The party is on the roof, because it is warm.' }],
  });
  for (const id of ['monday', 'friday', 'secret']) keep(plan('session', id));
  expect(current({ session_id: 'monday' })[0]?.open_ends).toEqual([saying('Still failing')]);
  memory.markSession('secret', 'hidden');
  keep(plan('week', 'monday'));
  const week = only({ scope: 'week' });
  expect(week).toMatchObject({
    week: weekOf(memory.now()),
    session_id: null,
    title: 'Added the refund page; Make the tests pass again',
    open_ends: [],
    commands: [{ command: 'npm test', outcome: 'passed' }],
    files: [{ path: 'src/refund.tsx', change: 'changed' }],
  });
  expect(JSON.stringify(week)).not.toContain('Ada');
});

describe('what is deleted', () => {
  beforeEach(() => {
    for (const script of [research, chinese]) play(memory, script);
    for (const { id } of [research, chinese]) keep(plan('session', id));
    keep(plan('week', 'research'));
    expect(current()).toHaveLength(3);
  });

  // Catches: words that stay in a summary after what they are from is forgotten.
  test('an observation takes the summaries that may have its words', () => {
    memory.writable.exec(`DELETE FROM observations WHERE pk = (SELECT MIN(pk) FROM observations WHERE session_pk = 1)`);
    expect(current().map(({ session_id }) => session_id)).toEqual(['chinese']);
  });

  test('a session takes its own, and those of its week', () => {
    memory.writable.exec(`DELETE FROM sessions WHERE id = 'research'`);
    expect(current().map(({ session_id }) => session_id)).toEqual(['chinese']);
    expect(memory.db.pragma('foreign_key_check')).toEqual([]);
  });

  test('a project takes all', () => {
    memory.writable.exec('DELETE FROM projects');
    expect(current()).toEqual([]);
  });
});

test('targets of a person’s wish', () => {
  play(memory, research);
  const [prompt] = memory.db.prepare<[], string>('SELECT prompt_id FROM prompts').pluck().all();
  const [project] = memory.db.prepare<[], string>('SELECT id FROM projects').pluck().all();
  expect(read.summaryTarget({ scope: 'session', session_id: 'research' })).toEqual({ projectPk: 1, sessionPk: 1 });
  expect(read.summaryTarget({ scope: 'turn', session_id: 'research', prompt_id: prompt })).not.toBeNull();
  expect(read.summaryTarget({ scope: 'turn', session_id: 'research', prompt_id: 'nowhere' })).toBeNull();
  expect(read.summaryTarget({ scope: 'week', project_id: project })).toEqual({ projectPk: 1, sessionPk: null });
  expect(read.summaryTarget({ scope: 'session', session_id: 'nowhere' })).toBeNull();
});
