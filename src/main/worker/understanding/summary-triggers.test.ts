import { afterEach, beforeEach, expect, test } from 'vitest';
import { play } from '../../memory/summaries/testing/script.ts';
import { manyTurns, research } from '../../memory/summaries/testing/sessions.ts';
import { toldMemory, type ToldMemory } from '../../memory/testing/told-memory.ts';
import { createSummaryWriter } from '../../store/tables/summaries.ts';
import { createSummaryReading } from './summary-reading.ts';
import { createSummaryTriggers } from './summary-triggers.ts';

let memory: ToldMemory;
let triggers: ReturnType<typeof createSummaryTriggers>;

beforeEach(() => {
  memory = toldMemory();
  triggers = createSummaryTriggers(memory.writable);
  for (const script of [research, manyTurns]) play(memory, script);
  const writer = createSummaryWriter(memory.writable);
  const { planSummary } = createSummaryReading(memory.db);
  const sessionPk = memory.session('many-turns');
  for (const promptId of [null, 'many-turns-p11']) {
    const scope = promptId === null ? 'session' : 'turn';
    const plan = planSummary({ scope, projectPk: null, sessionPk, promptId, week: null });
    for (const summary of plan?.summaries ?? []) writer.insert(summary, { at: 1, force: false });
  }
});
afterEach(() => memory.close());

const queued = () =>
  memory.db
    .prepare<[], string>(`SELECT json_extract(payload, '$.scope') || ' ' || key FROM task_queue ORDER BY key`)
    .pluck()
    .all();

const idOf = (title: string) =>
  memory.db.prepare<[string], string>('SELECT id FROM observations WHERE title = ?').pluck().get(title) ?? '';

// Catches: a hidden text that stays in the summaries that were made before.
test('what a person hides goes out of the summaries of its turn and session, once', () => {
  const id = idOf('now make the filter bar sticky');
  for (const at of [1, 2]) triggers.afterMark({ target: 'observation', id, at });
  expect(queued()).toEqual(['session summarise:session:2', 'turn summarise:turn:2:many-turns-p11']);
});

test('a session goes out of its week', () => {
  triggers.afterMark({ target: 'session', id: 'many-turns', at: 1 });
  expect(queued()).toEqual([expect.stringMatching(/^week summarise:week:1:\d{4}-\d\d-\d\d:rules$/)]);
});

test('where nothing was told, nothing is queued', () => {
  triggers.afterMark({ target: 'observation', id: idOf('src/cache/clock.ts'), at: 1 });
  triggers.afterMark({ target: 'session', id: 'research', at: 1 });
  triggers.afterMark({ target: 'observation', id: 'nowhere', at: 1 });
  expect(queued()).toEqual([]);
});
