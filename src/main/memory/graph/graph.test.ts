import { afterEach, beforeEach, expect, it } from 'vitest';
import { randomFrom } from '../../search/vectors/test-vectors.ts';
import { createTestGraph, type TestGraph } from './test-graph.ts';

let graph: TestGraph;
beforeEach(() => void (graph = createTestGraph()));
afterEach(() => graph.close());

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** Things that agents do, now and then failing, over a few files so that they meet again. */
function act(random: () => number, session: string): void {
  const file = `/home/dev/shop/${pick(random, ['src/a.ts', 'src/b.ts', 'lib/deep/c.ts', 'top.md'])}`;
  const failed =
    random() < 0.4 ? pick(random, ['Exit code 1\nTypeError: x is not a function', 'ENOENT: no such file']) : undefined;
  const command = pick(random, ['npm test', 'npm run build', 'git status', 'node tools/run.js --fast', 'npm install']);
  const kind = random();
  if (kind < 0.35) graph.tool(session, 'Edit', { file_path: file, old_string: 'a', new_string: 'b' });
  else if (kind < 0.5) graph.tool(session, 'Read', { file_path: file });
  else if (kind < 0.9) graph.tool(session, 'Bash', { command }, failed);
  else {
    graph.post({
      session_id: session,
      cwd: '/home/dev/shop',
      hook_event_name: 'UserPromptSubmit',
      prompt: `why does busy_timeout_${Math.floor(random() * 5)} fail?`,
    });
  }
}

// Catches: a change that is not found to mend the failure, or a read that is.
it('knows the fix of the recorded session', () => {
  graph.replayRecorded();
  graph.readStale();
  const relations = graph.relations();
  expect(relations).toContain('file src/db.js solves error SQLITE_BUSY: database is locked');
  expect(relations).toContain('command node test/checkout.test.js causes error SQLITE_BUSY: database is locked');
  expect(relations).toContain('file src/db.js part_of file src/');
  expect(relations.filter((line) => line.includes('solves'))).toHaveLength(1);
});

// Catches: words of a private block, which no observation has, in the graph.
it('has nothing of what is private', () => {
  graph.replayRecorded();
  graph.readStale();
  expect(graph.lines().join('\n')).not.toMatch(/private|sk-|password/i);
});

// Catches: counters that drift from the rows, relations that outlive their evidence, a session read twice that counts twice.
it.each([1, 2, 3])('equals a rebuild after deletes and repeated reads (seed %i)', (seed) => {
  const random = randomFrom(seed);
  const rows = graph.writable.prepare<[], number>('SELECT pk FROM observations ORDER BY pk').pluck();
  for (let round = 0; round < 6; round++) {
    for (let step = 0; step < 25; step++) act(random, `session-${Math.floor(random() * 4)}`);
    for (const session of graph.sessions()) if (random() < 0.5) graph.read(session);
    const gone = rows.all().filter(() => random() < 0.15);
    graph.writable.transaction(() => graph.eraser.erase(gone))();
  }
  graph.writable.exec('DELETE FROM sessions WHERE pk = (SELECT min(pk) FROM sessions)');
  graph.eraser.sweep();
  graph.readStale();
  const kept = graph.lines();
  expect(graph.sessions().map((session) => graph.read(session))).not.toContain(true);
  expect(graph.lines()).toEqual(kept);
  graph.rebuild();
  expect(graph.lines()).toEqual(kept);
  expect(kept.length).toBeGreaterThan(50);
  graph.writable.exec('DELETE FROM projects');
  expect(graph.lines()).toEqual([]);
});

// Catches: words of a deleted row that the graph keeps until somebody reads the session again.
it('forgets with the row what only that row said', () => {
  graph.tool('s', 'Bash', { command: 'npm test' }, 'SecretError: the plan');
  graph.tool('s', 'Bash', { command: 'npm test' });
  graph.readStale();
  expect(graph.lines().join('\n')).toContain('SecretError');
  graph.writable.transaction(() => graph.eraser.erase([1]))();
  expect(graph.lines().join('\n')).not.toContain('SecretError');
  expect(graph.relations().join('\n')).not.toContain('causes');
});

// Catches: the same row counted twice after a better source reported it with another content.
it('follows a row whose content was replaced', () => {
  graph.tool('s', 'Read', { file_path: '/home/dev/shop/a.ts' });
  graph.readStale();
  graph.writable.exec(`UPDATE observations SET files_read = '["/home/dev/shop/b.ts"]', revision = revision + 1`);
  graph.readStale();
  expect(graph.lines().some((line) => line.includes(' file a.ts '))).toBe(false);
  expect(graph.lines().some((line) => line.includes(' file b.ts '))).toBe(true);
});

// Catches: a difference that is written although somebody else wrote the session's graph meanwhile.
it('refuses a difference to a state that is no longer', () => {
  graph.tool('s', 'Read', { file_path: '/home/dev/shop/a.ts' });
  const [session = 0] = graph.sessions();
  const early = graph.changes.of(session);
  graph.tool('s', 'Read', { file_path: '/home/dev/shop/b.ts' });
  graph.read(session);
  expect(graph.writer.putSession(session, early)).toBe(false);
  // Nor when rows went after the difference was made, which may change what the others say.
  graph.tool('s', 'Read', { file_path: '/home/dev/shop/c.ts' });
  const late = graph.changes.of(session);
  graph.writable.transaction(() => graph.eraser.erase([3]))();
  expect(graph.writer.putSession(session, late)).toBe(false);
  expect(graph.changes.stale(10)).toEqual([session]);
  graph.readStale();
  const kept = graph.lines();
  graph.rebuild();
  expect(graph.lines()).toEqual(kept);
});

// Catches: names that break a statement, a key or a line; each must come back as it went in, or not at all.
it.each([
  "'; DROP TABLE entities; --.ts",
  'constructor',
  '__proto__/a.ts',
  'a\nb.ts',
  '登录/数据库.ts',
  '%_\\.ts',
  `${'x'.repeat(5_000)}.ts`,
  '\u0000.ts',
  '😀.md',
  '../../outside.ts',
])('takes a file called %j', (name) => {
  graph.tool(name, 'Edit', { file_path: `/home/dev/shop/${name}`, old_string: 'a', new_string: 'b' });
  graph.tool(name, 'Bash', { command: `cat ${name}` }, name);
  graph.readStale();
  const kept = graph.lines();
  graph.rebuild();
  expect(graph.lines()).toEqual(kept);
  expect(graph.writable.pragma('foreign_key_check')).toEqual([]);
});
