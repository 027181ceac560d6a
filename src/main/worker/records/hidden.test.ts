import { afterAll, beforeAll, expect, test } from 'vitest';
import { lay } from './testing/laid-memory.ts';
import { recordMemory, type RecordMemory } from './testing/record-memory.ts';

let memory: RecordMemory;
let observation: string;
beforeAll(() => {
  memory = recordMemory();
  observation = lay(memory);
});
afterAll(() => memory.close());

const search = { filters: {}, limit: 20, fusion: 'mass', vector: 'off' } as const;

/** Without the question, which is said back. */
function found(text: string): object {
  const answer = memory.read.search({ ...search, text, mode: 'lexical' });
  return { ...answer, query: null, terms: [] };
}

/** What readers answer to questions about the session; the readers stay open, so that what they keep in memory is asked, too. */
const questions: Record<string, () => unknown> = {
  listSessions: () => memory.read.listSessions({ limit: 50 }),
  'listSessions by text': () => memory.read.listSessions({ limit: 50, text: 'marzipan' }),
  getSession: () => memory.read.getSession('mine'),
  timeline: () => memory.read.timeline({ session_id: 'mine', limit: 50 }),
  getObservation: () => memory.read.getObservation(observation),
  listPrompts: () => memory.read.listPrompts({ limit: 50 }),
  listMessages: () => memory.read.listMessages({ limit: 50 }),
  listObservations: () => memory.read.listObservations({ limit: 50 }),
  'search lexical': () => found('marzipan'),
  'search for a phrase': () => found('"marzipan queue"'),
  similar: () => memory.read.similar({ id: observation, filters: {}, limit: 9 })?.hits,
  suggest: () => memory.read.suggest({ text: 'marz', limit: 20 }),
  'suggest a value': () => memory.read.suggest({ text: 'file:marz', limit: 20 }),
  around: () => memory.read.observationsAround({ observation_id: observation, before: 9, after: 9 }),
  listSummaries: () => memory.read.listSummaries({ limit: 50 }),
  listInjections: () => memory.read.listInjections({ limit: 50 }),
  eventPage: () => memory.read.eventPage({ after: 0, limit: 500 }),
  'graph of the session': () => memory.read.listEntities({ limit: 50 }),
  graphOverview: () => memory.read.graphOverview({ limit: 50 }),
  ...Object.fromEntries(
    (['session', 'summary', 'learning', 'observation'] as const).map((kind) => [
      `export of ${kind}`,
      () => memory.read.exportPage({ kind, after: 0, limit: 500 }),
    ]),
  ),
  'context at a start': () =>
    memory.read.handBack({ kind: 'startup', projectPk: 1, sessionPk: null, prompt: null, file: null, vector: 'off' }),
};

const answers = () =>
  Object.fromEntries(Object.entries(questions).map(([name, ask]) => [name, JSON.stringify(ask() ?? null)]));
const saying = (word: string) =>
  Object.entries(answers())
    .filter(([, answer]) => answer.toLowerCase().includes(word))
    .map(([name]) => name);

// Catches a reader that keeps a deleted session in memory, in all of its lists, indexes and caches.
test('no reader tells of a deleted session, and all of them tell of it again when it is back', () => {
  const before = saying('marzipan');
  expect(before.length).toBeGreaterThan(12);
  memory.call('recordsDeleteSession', { id: 'mine', at: Date.now() });
  expect(saying('marzipan')).toEqual([]);
  expect(saying('harbour').length).toBeGreaterThan(7);
  memory.call('recordsRestoreSession', { id: 'mine', at: Date.now() });
  expect(saying('marzipan').filter((name) => name !== 'eventPage')).toEqual(
    before.filter((name) => name !== 'eventPage'),
  );
});
