import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toldMemory, type ToldMemory } from '../testing/told-memory.ts';
import { createContextBuilder, type StartKind } from './builder.ts';

let memory: ToldMemory;
beforeEach(() => void (memory = toldMemory()));
afterEach(() => memory.close());

function build(kind: StartKind, session: string | null) {
  const sessionPk = session === null ? null : memory.session(session);
  return createContextBuilder(memory.db).build({ kind, projectPk: memory.project(), sessionPk, budgetTokens: 1_500 });
}

describe('clear', () => {
  // Catches: the session of a moment ago told like any other, below what was left open elsewhere.
  test('puts the session before in front, with its files and failures, and tells it once', () => {
    memory.tell({
      session: 'older',
      asked: 'old task',
      answered: 'old answer',
      ran: [{ command: 'make build', error: 'Exit code 2' }],
    });
    memory.tell({
      session: 'before',
      asked: 'move the cart',
      answered: 'Moved it.',
      changed: ['src/cart.ts', 'src/cart.ts', 'src/shop.ts'],
      ran: [{ command: 'npm test', error: 'Exit code 1\ncart is empty' }],
    });
    memory.tell({ session: 'after', asked: 'hello', answered: 'hi' });
    const { text, sections } = build('clear', 'after');
    expect(sections[0]?.name).toBe('progress');
    expect(text).toContain('src/shop.ts, src/cart.ts (2 times)');
    expect(text.split('move the cart')).toHaveLength(2);
    expect(text.split('cart is empty')).toHaveLength(2);
    expect(text.indexOf('move the cart')).toBeLessThan(text.indexOf('make build'));
    expect(text).toContain('old answer');
  });

  test('without a session before, it is a start like any other', () => {
    memory.tell({ session: 'only', asked: 'a', answered: 'b' });
    expect(build('clear', 'only').text).toBe('');
  });
});

describe('compact', () => {
  // Catches: the session that asks being left out, when it is the very one whose memory is gone.
  test('tells this session first, then a little of the others', () => {
    memory.tell({ session: 'other', asked: 'other task', answered: 'other answer' });
    memory.tell({
      session: 'this',
      asked: 'build the cart',
      answered: 'Decided to keep it in the cookie.',
      changed: ['src/cart.ts'],
      ran: [{ command: 'npm test', error: 'Exit code 1' }],
      todos: [
        { content: 'cookie', status: 'completed' },
        { content: 'docs', status: 'pending' },
      ],
    });
    memory.tell({ session: 'this', asked: 'and the docs?' });
    const context = build('compact', 'this');
    const { text, lines } = context;
    expect(lines[0]?.section).toBe('progress');
    for (const part of ['keep it in the cookie', 'src/cart.ts', 'npm test', 'open: “docs”', 'and the docs?']) {
      expect(text).toContain(part);
    }
    expect(text.indexOf('keep it in the cookie')).toBeLessThan(text.indexOf('other answer'));
    expect(lines.filter((line) => line.section === 'progress').map((line) => line.reason)).toContain(
      'before_compaction',
    );
    expect(build('compact', 'this')).toEqual(context);
  });

  test('what fails elsewhere but has passed here is no longer open', () => {
    memory.tell({ session: 'other', asked: 'x', answered: 'y', ran: [{ command: 'npm test', error: 'Exit code 1' }] });
    memory.tell({ session: 'this', asked: 'z', answered: 'w', ran: [{ command: 'npm test' }] });
    expect(build('compact', 'this').text).not.toContain('not seen to pass');
  });
});

describe('resume', () => {
  test('says nothing when nothing is new, and else only that', () => {
    memory.tell({ session: 'other', asked: 'before it', answered: 'old news' });
    memory.tell({ session: 'this', asked: 'begin', answered: 'begun' });
    memory.giveContext('this');
    expect(build('resume', 'this').text).toBe('');
    memory.tell({ session: 'this', asked: 'more', answered: 'its own turns are no news' });
    // It only ends: no turn of it is new.
    memory.post({ session_id: 'other', cwd: '/a/shop', hook_event_name: 'SessionEnd', reason: 'other' });
    expect(build('resume', 'this').text).toBe('');
    memory.tell({
      session: 'other',
      asked: 'meanwhile',
      answered: 'It broke.',
      changed: ['src/new.ts'],
      ran: [{ command: 'npm test', error: 'Exit code 1' }],
    });
    const { text } = build('resume', 'this');
    const news = ['meanwhile', 'It broke.', 'src/new.ts', 'not seen to pass since: “npm test”'];
    for (const part of news) expect(text).toContain(part);
    expect(text).not.toMatch(/old news|no news|before it/);
    memory.giveContext('this');
    expect(build('resume', 'this').text).toBe('');
  });

  test('a turn that was asked before and answered since is news', () => {
    memory.tell({ session: 'other', asked: 'slow question' });
    memory.tell({ session: 'this', asked: 'begin', answered: 'begun' });
    memory.giveContext('this');
    memory.post({
      session_id: 'other',
      cwd: '/a/shop',
      prompt_id: 'other slow question',
      hook_event_name: 'Stop',
      last_assistant_message: 'Late answer.',
    });
    expect(build('resume', 'this').text).toContain('“slow question” → “Late answer.”');
  });

  // Catches: what happened between, left out because another session was given something after it.
  test('a session that was never given anything is told what happened since its own end', () => {
    memory.tell({ session: 'other', asked: 'before it', answered: 'old news' });
    memory.tell({ session: 'this', asked: 'begin', answered: 'begun' });
    memory.tell({ session: 'other', asked: 'meanwhile', answered: 'between them' });
    memory.giveContext('other');
    memory.post({ session_id: 'this', cwd: '/a/shop', hook_event_name: 'SessionStart', source: 'resume' });
    const { text } = build('resume', 'this');
    expect(text).toContain('between them');
    expect(text).not.toContain('old news');
  });

  // A fork has a new id and its parent's conversation, context included.
  test('a fork is given what is new since its folder was last given context', () => {
    memory.tell({ session: 'other', asked: 'before it', answered: 'old news' });
    memory.tell({ session: 'parent', asked: 'begin', answered: 'begun' });
    memory.giveContext('parent');
    memory.post({ session_id: 'fork', cwd: '/a/shop', hook_event_name: 'SessionStart', source: 'fork' });
    expect(build('resume', 'fork').text).not.toContain('old news');
  });
});
