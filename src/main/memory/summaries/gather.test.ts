import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toldMemory, type ToldMemory } from '../testing/told-memory.ts';
import { createFactGatherer } from './gather.ts';
import { isWorthTelling, summarise } from './summarise.ts';
import { play, type Script } from './testing/script.ts';
import { chinese, interrupted, manyTurns, refactoring, sessions } from './testing/sessions.ts';

let memory: ToldMemory;
beforeEach(() => void (memory = toldMemory()));
afterEach(() => memory.close());

function factsOf(id: string, turn: string | null = null) {
  const gathered = createFactGatherer(memory.db)(memory.session(id), turn);
  if (gathered === null) throw new Error('Nothing was gathered.');
  return gathered.facts;
}

// Catches: rows told in the order in which they were written; a transcript that is read later writes old things last.
test.each(Object.entries(sessions))('%s: the order of writing changes nothing', (_, script) => {
  play(memory, script);
  const told = JSON.stringify(summarise(factsOf(script.id)));
  const other = toldMemory();
  try {
    const { post } = other;
    const events: { body: object; at: number }[] = [];
    let at = 0;
    play({ post: (body) => void events.push({ body, at: (at += 1_000) }) }, script);
    const begin = other.now();
    let place = 7;
    // A fixed shuffle, the same on each run.
    const shuffled = events
      .map((event) => ({ ...event, place: (place = (place * 48_271) % 2_147_483_647) }))
      .toSorted((one, two) => one.place - two.place);
    for (const { body, at: after } of shuffled) {
      other.wait(begin + after - other.now() - 1_000);
      post(body);
    }
    const gathered = createFactGatherer(other.db)(other.session(script.id), null);
    expect(gathered && JSON.stringify(summarise(gathered.facts))).toBe(told);
  } finally {
    other.close();
  }
});

describe('what a person has hidden or marked wrong', () => {
  test.each(['hidden', 'wrong'] as const)('%s: an answer and what it says', (mark) => {
    play(memory, manyTurns);
    const [title] = memory.db
      .prepare<[], string>(`SELECT title FROM observations WHERE type = 'conclusion' AND title LIKE 'The filter bar%'`)
      .pluck()
      .all();
    memory.markObservation(title ?? '', mark);
    const told = JSON.stringify(summarise(factsOf(manyTurns.id)));
    expect(told).not.toContain('sticks');
    expect(told).toContain('virtual list');
  });

  test('a prompt: its turn is told without it', () => {
    play(memory, manyTurns);
    memory.markObservation('now make the filter bar sticky', 'hidden');
    const told = summarise(factsOf(manyTurns.id));
    expect(JSON.stringify(told)).not.toMatch(/sticky/);
    expect(told.files.map(({ path }) => path)).toContain('src/search/filter-bar.css');
  });

  test('a failing run; one that passed and is hidden settles it all the same', () => {
    const run = (error?: string) => ({
      bash: 'npm test',
      description: error ? 'Test' : 'Run test',
      ...(error ? { error } : {}),
    });
    const script: Script = {
      id: 's',
      steps: [{ user: 'Make the tests pass please' }, run('Exit code 1\nboom'), run(), { answer: 'ok' }],
    };
    play(memory, script);
    expect(factsOf('s').work.commands).toMatchObject([{ outcome: 'passed', failedBefore: 'boom' }]);
    memory.markObservation('Run test', 'hidden');
    expect(factsOf('s').work.commands).toEqual([]);
    expect(summarise(factsOf('s')).open_ends).toEqual([]);
  });

  test('a change: its file is not named', () => {
    play(memory, interrupted);
    memory.markObservation('src/orders/export-csv.ts', 'wrong');
    expect(JSON.stringify(summarise(factsOf(interrupted.id)))).not.toContain('export-csv');
  });
});

test.each([
  ['a machine began it', [{ user: '<task-notification>done</task-notification>' }, { answer: 'Noted.' }]],
  ['nobody wants it remembered', [{ user: "My password is hunter2, don't remember this" }, { answer: 'I will not.' }]],
  ['nothing was said', [{ user: '   ' }]],
] satisfies [string, Script['steps']][])('not told: %s', (_, steps) => {
  play(memory, { id: 's', steps });
  const facts = factsOf('s');
  expect(JSON.stringify(summarise(facts))).not.toMatch(/hunter2|task-notification/);
  if (_ !== 'a machine began it') expect(isWorthTelling(facts)).toBe(false);
});

test('work of a subagent counts: its files and commands by themselves, what it found under its task', () => {
  play(memory, {
    id: 's',
    steps: [
      { user: 'Have the payment module reviewed and mended' },
      { read: 'src/pay/secret-reads.ts', agent: 'a1' },
      { edit: 'src/pay/refund.ts', agent: 'a1' },
      { bash: 'npm test -- pay', description: 'Test payments', out: 'Tests: 4 passed, 4 total', agent: 'a1' },
      {
        agent: 'Review payments',
        prompt: 'Review it',
        report: "I'll start now. Refunds were rounded twice, because both layers round. I removed one.",
      },
      { answer: 'The review is done.' },
    ],
  });
  expect(summarise(factsOf('s'))).toMatchObject({
    investigated: ['Review payments: Refunds were rounded twice, because both layers round.'],
    files: [{ path: 'src/pay/refund.ts', change: 'changed' }],
    commands: [{ command: 'npm test -- pay', outcome: 'passed', note: 'Tests: 4 passed, 4 total' }],
  });
});

test('turns without ids of prompts are told apart by time', () => {
  for (const [event, rest] of [
    ['UserPromptSubmit', { prompt: 'Add the login page' }],
    ['PostToolUse', { tool_use_id: '1', tool_name: 'Write', tool_input: { file_path: '/a/login.ts', content: 'x' } }],
    ['Stop', { last_assistant_message: 'I added the login page.' }],
    ['UserPromptSubmit', { prompt: 'Add the logout page' }],
    ['PostToolUse', { tool_use_id: '2', tool_name: 'Write', tool_input: { file_path: '/a/logout.ts', content: 'x' } }],
  ] as const) {
    memory.post({ session_id: 's', cwd: '/a', hook_event_name: event, ...rest });
  }
  const facts = factsOf('s');
  expect(facts.turns.map(({ asked, calls, said }) => [asked, calls, said.length])).toEqual([
    ['Add the login page', 1, 1],
    ['Add the logout page', 1, 0],
  ]);
  expect(facts.ending).toBe('unanswered');
});

test('no such session, no such turn', () => {
  play(memory, chinese);
  const gather = createFactGatherer(memory.db);
  expect(gather(4_711, null)).toBeNull();
  expect(gather(memory.session(chinese.id), 'nowhere')).toBeNull();
});

test('a turn that the provider ended says so', () => {
  play(memory, {
    ...refactoring,
    steps: [{ user: 'Add a health endpoint' }, { event: { hook_event_name: 'StopFailure', error: 'overloaded' } }],
  });
  const facts = factsOf(refactoring.id);
  expect(facts.ending).toBe('failed');
  expect(summarise(facts).open_ends).toEqual(['Ended with an error of the provider: Add a health endpoint']);
});
