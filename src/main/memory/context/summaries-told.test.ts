import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSummaryWriter } from '../../store/tables/summaries.ts';
import { createSummaryPlanner } from '../summaries/plan.ts';
import { recordedMemory } from '../testing/recorded-memory.ts';
import { toldMemory, type ToldMemory } from '../testing/told-memory.ts';
import { createContextBuilder } from './builder.ts';

let memory: ToldMemory;
beforeEach(() => void (memory = toldMemory()));
afterEach(() => memory.close());

function build(root = '/a/shop', budgetTokens = 1_500) {
  const projectPk = memory.project(root);
  return createContextBuilder(memory.db).build({ kind: 'startup', projectPk, sessionPk: null, budgetTokens });
}

/** By the rules, as the job of an idle session does. */
function summarise(sessionPk: number) {
  const request = { scope: 'session', projectPk: null, sessionPk, promptId: null, week: null } as const;
  const plan = createSummaryPlanner(memory.db)(request);
  const writer = createSummaryWriter(memory.writable);
  for (const summary of plan?.summaries ?? []) writer.insert(summary, { at: memory.now(), force: true });
}

const work = {
  session: 'old',
  asked: 'The checkout fails with SQLITE_BUSY under load, find out why and fix it',
  answered: 'Fixed. Two writers collided, because there was no busy timeout. It now opens in WAL mode in src/db.ts.',
  changed: ['src/db.ts'],
};
const told = /“Fixed: [^”]*SQLITE_BUSY[^”]*” → “[^”]*Two writers collided[^”]*WAL mode/;

describe('an older session', () => {
  beforeEach(() => {
    memory.tell(work);
    memory.tell({ session: 'old', asked: 'thanks', answered: 'You are welcome.' });
    for (const session of ['s1', 's2']) memory.tell({ session, asked: `ask ${session}`, answered: 'ok' });
    memory.wait(1_000);
  });

  test('is told by its summary: why it was, and what was done', () => {
    summarise(memory.session('old'));
    const first = build();
    expect(first.text).toMatch(told);
    expect(first.text).not.toMatch(/thanks|welcome/);
    expect(build()).toEqual(first);
    const line = first.lines.find(({ text }) => told.test(text));
    expect(line).toMatchObject({ section: 'sessions', reason: 'recent_session', session_id: 'old' });
    expect(line).not.toHaveProperty('brief');
  });

  test('goes by its turns again once it went on, until it is summed up anew', () => {
    summarise(memory.session('old'));
    memory.tell({ session: 'old', asked: 'and the docs?', answered: 'The docs tell of it.', changed: ['a.md'] });
    for (const session of ['s3', 's4']) memory.tell({ session, asked: `ask ${session}`, answered: 'ok' });
    expect(build().text).not.toMatch(told);
    expect(build().text).toContain(`“${work.asked}” → “${work.answered}”`);
  });

  // Catches: a summary that tells what a person hid, as long as it has not been made again.
  test('is not told by a summary from before something was hidden in it', () => {
    summarise(memory.session('old'));
    memory.wait(1_000);
    memory.markObservation(work.asked, 'hidden');
    memory.markObservation(work.answered, 'wrong');
    expect(build().text).not.toMatch(/SQLITE_BUSY|writers collided/);
    memory.wait(1_000);
    summarise(memory.session('old'));
    expect(build().text).not.toMatch(/SQLITE_BUSY|writers collided/);
    memory.markSession('old', 'hidden');
    expect(build().text).not.toContain('src/db.ts');
  });

  test('is told by its title alone where the budget ends', () => {
    const long =
      'Because the connection pool was exhausted by a slow report, every checkout waited for its turn. '.repeat(6);
    for (let at = 0; at < 6; at++) {
      memory.tell({ ...work, session: `long ${at}`, asked: `Fix the failing checkout number ${at}`, answered: long });
      summarise(memory.session(`long ${at}`));
    }
    for (const session of ['s3', 's4']) memory.tell({ session, asked: `ask ${session}`, answered: 'ok' });
    const lines = (budget: number) =>
      build('/a/shop', budget).lines.filter(({ text }) => text.includes('checkout number'));
    expect(lines(2_500).every(({ text }) => text.includes(' → '))).toBe(true);
    const few = lines(300);
    expect(few.some(({ text }) => text.includes(' → '))).toBe(true);
    expect(few.some(({ text }) => !text.includes(' → '))).toBe(true);
    expect(build('/a/shop', 300).tokens).toBeLessThanOrEqual(300);
  });

  test('of another project stays there', () => {
    memory.tell({ ...work, cwd: '/b/other', session: 'elsewhere', asked: 'plan the secret launch' });
    summarise(memory.session('elsewhere'));
    expect(build().text).not.toContain('secret');
  });
});

// Catches: what somebody asked to forget, carried into later sessions beside what the session was about.
describe('what a person asked to forget', () => {
  test.each([
    ['first', 0],
    ['last', 1],
    ['the only one', 2],
  ])('is no turn, no beginning and no end: %s', (_name, at) => {
    const forget = {
      asked: 'my locker code is on the wall, do not remember this',
      answered: 'The locker is forgotten.',
    };
    const rest = { asked: 'why is it slow?', answered: 'The index is missing.' };
    for (const turn of at === 2 ? [forget] : at === 0 ? [forget, rest] : [rest, forget]) {
      memory.tell({ session: 'old', ...turn });
    }
    expect(build().text).not.toContain('locker');
    for (const session of ['s1', 's2', 's3']) memory.tell({ session, asked: `ask ${session}`, answered: 'ok' });
    const { text } = build();
    expect(text).not.toContain('locker');
    if (at < 2) expect(text).toContain('The index is missing.');
  });

  test('the recorded sessions are told by what they found out', () => {
    memory.close();
    memory = recordedMemory();
    const text = build('/home/dev/shop-api').text;
    expect(text).toContain('The database was opened in rollback-journal mode');
    expect(text).toContain('原因是 exp 使用了毫秒而不是秒');
    expect(text).not.toMatch(/不要记住|不会记录/);
  });
});
