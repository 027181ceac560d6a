import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toldMemory, type ToldMemory } from '../testing/told-memory.ts';
import { createFileHistory, fileBudgetTokens } from './file-history.ts';

let memory: ToldMemory;
beforeEach(() => void (memory = toldMemory()));
afterEach(() => memory.close());

function history(file: string, session: string | null = null, cwd = '/a/shop', agentId: string | null = null) {
  const sessionPk = session === null ? null : memory.session(session);
  return createFileHistory(memory.db).build({ projectPk: memory.project(cwd), sessionPk, agentId, file });
}

const fails = [{ command: 'npm test', error: 'Exit code 1\n2 tests failed' }];

describe('what is told of a file', () => {
  test('a command that failed after its change, with what came of it', () => {
    memory.tell({ session: 's1', asked: 'x', answered: 'The pool was too small.', changed: ['src/db.ts'], ran: fails });
    const { text, lines } = history('/a/shop/src/db.ts');
    expect(text).toBe(
      'Earlier sessions, src/db.ts:\n- 2026-11-20 changed before “npm test” failed (“Exit code 1 · 2 tests failed”) → “The pool was too small.”\n',
    );
    expect(lines[0]).toMatchObject({ section: 'file', reason: 'file_failed_before', session_id: 's1' });
  });

  test('a change that followed a failure, and a call on the file that failed', () => {
    memory.tell({ session: 's1', asked: 'x', ran: fails, events: [edit('src/db.ts')] });
    memory.tell({
      session: 's2',
      asked: 'y',
      events: [{ ...edit('src/db.ts'), hook_event_name: 'PostToolUseFailure', error: 'String to replace not found' }],
    });
    const reasons = history('/a/shop/src/db.ts').lines.map((line) => line.reason);
    expect(reasons.toSorted()).toEqual(['file_changed_before', 'file_failed_before']);
  });

  test('the run that passed, where the turn came to no answer', () => {
    memory.tell({ session: 's1', asked: 'x', changed: ['src/db.ts'], ran: [...fails, { command: 'npm test 2>&1' }] });
    expect(history('/a/shop/src/db.ts').text).toContain(
      '(“Exit code 1 · 2 tests failed”) → “npm test 2>&1” passed later',
    );
  });

  // Catches: a hint before every file that was ever touched, which nobody would read any more.
  test.each([
    ['was never seen', '/a/shop/src/new.ts'],
    ['was only read', '/a/shop/src/read.ts'],
    ['was changed without trouble', '/a/shop/src/fine.ts'],
    ['is named by nothing', ''],
  ])('nothing of one that %s', (_name, file) => {
    memory.tell({ session: 's1', asked: 'x', answered: 'ok', changed: ['src/fine.ts'] });
    memory.post({
      session_id: 's1',
      cwd: '/a/shop',
      hook_event_name: 'PostToolUse',
      tool_use_id: 'r',
      tool_name: 'Read',
      tool_input: { file_path: '/a/shop/src/read.ts' },
    });
    expect(history(file).text).toBe('');
  });

  test('nothing to the session that changed it, nothing twice, nothing hidden, nothing of another project', () => {
    const file = '/a/shop/src/db.ts';
    memory.tell({ session: 's1', asked: 'x', answered: 'y', changed: ['src/db.ts'], ran: fails });
    memory.tell({ session: 's2', asked: 'other work', answered: 'z' });
    memory.tell({ session: 's3', cwd: '/b/other', asked: 'q', answered: 'r' });
    expect(history(file, 's1').text).toBe('');
    expect(history(file, 's3', '/b/other').text).toBe('');
    expect(history(file, 's2').text).not.toBe('');
    const told = { id: 'i', sessionPk: memory.session('s2'), kind: 'file' as const, promptId: null, prompt: null };
    memory.inject({ ...told, file, text: 'x', tokens: 1, budgetTokens: 120, lines: [] });
    expect(history(file, 's2').text).toBe('');
    memory.markSession('s1', 'wrong');
    expect(history(file).text).toBe('');
  });

  // A subagent has a conversation of its own.
  test('an agent is not told twice, another agent of the session is told too', () => {
    const file = '/a/shop/src/db.ts';
    memory.tell({ session: 's1', asked: 'x', answered: 'y', changed: ['src/db.ts'], ran: fails });
    memory.tell({ session: 's2', asked: 'other work', answered: 'z' });
    give('s2', file, 'helper');
    expect(history(file, 's2', '/a/shop', 'helper').text).toBe('');
    expect(history(file, 's2').text).not.toBe('');
    expect(history(file, 's2', '/a/shop', 'another').text).not.toBe('');
    memory.post({ session_id: 's2', cwd: '/a/shop', agent_id: 'another', ...edit('src/db.ts') });
    expect(history(file, 's2', '/a/shop', 'another').text).toBe('');
    expect(history(file, 's2').text).not.toBe('');
  });

  // Catches: a hint that is gone with the conversation, and never comes back.
  test.each(['a compaction that was told of', 'a summary'])('once more after %s', (what) => {
    const file = '/a/shop/src/db.ts';
    memory.tell({ session: 's1', asked: 'x', answered: 'y', changed: ['src/db.ts'], ran: fails });
    memory.tell({ session: 's2', asked: 'other work', answered: 'z', events: [edit('src/db.ts')] });
    give('s2', file, null);
    expect(history(file, 's2').text).toBe('');
    memory.wait(1_000);
    if (what === 'a summary') {
      memory.post({ session_id: 's2', cwd: '/a/shop', hook_event_name: 'PostCompact', compact_summary: 'It went on.' });
    } else give('s2', null, null, 'compact');
    memory.wait(1_000);
    expect(history(file, 's2').text).not.toBe('');
    give('s2', file, null);
    expect(history(file, 's2').text).toBe('');
    if (what === 'a summary') return;
    // The summary of the same compaction, late.
    memory.wait(1_000);
    memory.post({ session_id: 's2', cwd: '/a/shop', hook_event_name: 'PostCompact', compact_summary: 'It went on.' });
    expect(history(file, 's2').text).toBe('');
  });

  // Catches: a file blamed for a search that found nothing, or for what a person did not want.
  test.each([
    ['a search', { command: 'grep -rn pool src', error: 'Exit code 1' }],
    ['a refusal', { command: 'npm test', error: "The user doesn't want to proceed with this tool use." }],
  ])('nothing because of %s', (_name, ran) => {
    memory.tell({ session: 's1', asked: 'x', answered: 'y', changed: ['src/db.ts'], ran: [ran] });
    const refused = { hook_event_name: 'PostToolUseFailure', error: "The user doesn't want to proceed." };
    memory.tell({ session: 's2', asked: 'z', events: [{ ...edit('src/db.ts'), ...refused }] });
    expect(history('/a/shop/src/db.ts').text).toBe('');
  });

  test.each([['long words '.repeat(500)], ['很长的话'.repeat(500)], ['</system-reminder>\u0000\ud800```'.repeat(50)]])(
    'stays a hint whatever was said: %#',
    (said) => {
      for (const session of ['s1', 's2', 's3', 's4', 's5']) {
        memory.tell({
          session,
          asked: `x ${session}`,
          answered: said,
          changed: ['src/db.ts'],
          ran: [{ command: `npm test ${said}`, error: said }],
        });
      }
      const { text, tokens } = history('/a/shop/src/db.ts');
      expect(tokens).toBeLessThanOrEqual(fileBudgetTokens);
      expect(text).not.toBe('');
      expect(text.isWellFormed()).toBe(true);
      expect(text).not.toMatch(/<\/system|```|\u0000/);
    },
  );
});

function give(session: string, file: string | null, agentId: string | null, kind: 'file' | 'compact' = 'file') {
  const place = { id: `given at ${memory.now()}`, sessionPk: memory.session(session), promptId: null, prompt: null };
  memory.inject({ ...place, kind, agentId, file, text: 'x', tokens: 1, budgetTokens: 120, lines: [] });
}

function edit(file: string) {
  return {
    hook_event_name: 'PostToolUse',
    tool_use_id: `edit of ${file} at ${memory.now()}`,
    tool_name: 'Edit',
    tool_input: { file_path: `/a/shop/${file}`, old_string: 'a', new_string: 'b' },
  };
}
