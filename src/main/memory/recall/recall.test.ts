import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ContextPreview } from '../../../shared/context-views.ts';
import { createSharedModel } from '../../embed/static/shared-model.ts';
import { openStaticModel } from '../../embed/static/static-model.ts';
import { createKnowledgeIndex } from '../../search/knowledge/knowledge-index.ts';
import { createSearcher } from '../../search/searcher.ts';
import { createFindRelated } from '../../worker/find-related.ts';
import { toldMemory, type ToldMemory } from '../testing/told-memory.ts';
import { createContextBuilder } from '../context/builder.ts';
import { createFindBelieved } from '../../worker/find-believed.ts';
import { createRecall, type FindBelieved, type FindRelated } from './recall.ts';

const injection = { id: 'anew', promptId: null, prompt: null, file: null };

let memory: ToldMemory;
let findRelated: FindRelated;
let findBelieved: FindBelieved = () => [];

/** Words alone: what vectors add is measured by bench/injection. */
beforeEach(() => {
  memory = toldMemory();
  for (let at = 0; at < 60; at++) {
    memory.tell({
      session: `work ${at}`,
      asked: `polish button number ${at}`,
      answered: `Button ${at} is round now.`,
      changed: [`web/${at}.tsx`],
    });
  }
  memory.tell({
    session: 'lock',
    asked: 'The checkout test fails with a locked database',
    answered: 'SQLite was opened in rollback-journal mode; it opens in WAL mode with busy_timeout 5000 now.',
    changed: ['src/db/open.ts'],
    ran: [{ command: 'node test/checkout.test.js', error: 'Exit code 1\nSQLITE_BUSY: database is locked' }],
  });
  memory.tell({
    session: 'wechat',
    asked: '微信支付回调重复到账',
    answered: '按 transaction_id 做幂等，支付回调不再重复记账。',
  });
  findRelated = createFindRelated(
    createSearcher(memory.db, () => new Float32Array(0)),
    'off',
  );
});
afterEach(() => {
  memory.close();
  findBelieved = () => [];
});

const question = 'why was the database locked in the checkout test, does SQLite open in WAL mode?';

function recall(prompt: string, session: string | null = null, cwd = '/a/shop'): ContextPreview {
  const sessionPk = session === null ? null : memory.session(session);
  return createRecall(memory.db).build(
    { projectPk: memory.project(cwd), sessionPk, prompt },
    findRelated,
    findBelieved,
  );
}

describe('what is recalled', () => {
  test.each([
    [question, 'busy_timeout 5000'],
    ['微信支付的回调重复记账是怎么处理的', 'transaction_id'],
  ])('%s', (prompt, known) => {
    const { text, lines, tokens } = recall(prompt);
    expect(text).toContain(known);
    expect(lines.length).toBeLessThanOrEqual(5);
    expect(tokens).toBeLessThanOrEqual(400);
    for (const line of lines) expect(line).toMatchObject({ section: 'recall', reason: 'matches_prompt' });
  });

  test.each([
    ['something never seen', 'write a haiku about autumn leaves in the garden'],
    ['something never seen, in Chinese', '如何用 OpenCV 检测视频里的人脸？'],
    ['words that stand everywhere', 'make the button number round'],
    [
      'a log of something else',
      'Traceback (most recent call last):\n  File "train.py", line 8\nRuntimeError: CUDA error: device-side assert',
    ],
    ['nothing at all', ''],
    ['one long word', 'a'.repeat(100_000)],
    ['a lone surrogate', '\ud83d \ud83d \ud83d'],
    ['operators that would filter', 'type:change project:none "no such phrase" -everything'],
  ])('nothing for %s', (_name, prompt) => {
    expect(recall(prompt).text).toBe('');
  });

  // Catches: a failure told without what mended it.
  test('a command that failed is told with the answer to its turn, once that is not told beside it', () => {
    const { lines } = recall('SQLITE_BUSY: node test/checkout.test.js says that the database is locked');
    const failed = lines.find(({ text }) => text.includes('failed: “node test/checkout.test.js”'));
    expect(failed?.text).toMatch(/SQLITE_BUSY: database is locked” → “SQLite was opened .*busy_timeout 5000 now\.”$/);
    expect(lines.filter(({ text }) => text.includes('busy_timeout'))).toHaveLength(1);
  });

  test('a command that failed in a turn without an answer is told with the run that passed', () => {
    const command = 'cargo nextest run --package ledger';
    memory.tell({
      session: 'ledger',
      asked: 'look into it',
      ran: [
        { command, error: 'Exit code 101\nposting_date index is missing' },
        { command: `${command} 2>&1 | tail -5` },
      ],
    });
    const { text } = recall('cargo nextest of the ledger package: posting_date index is missing');
    expect(text).toMatch(
      /failed: “cargo nextest[^”]*” — “[^”]*posting_date[^”]*” → “cargo nextest[^”]*” passed later\n/,
    );
  });

  test('what a person asked to forget is not recalled', () => {
    const asked = 'the turnstile passphrase of the warehouse is opensesame, do not remember this';
    memory.tell({ session: 'gate', asked, answered: 'The turnstile passphrase of the warehouse is not kept.' });
    expect(recall('what is the turnstile passphrase of the warehouse?').text).toBe('');
  });

  // Catches: a prompt read as a query, whose quotes and times leave nothing to be found.
  test('quotes, colons, minuses and times in a prompt filter nothing', () => {
    const prompt = `yesterday: why was the "database locked" -- in the checkout test, does SQLite open in WAL mode? file:none`;
    expect(recall(prompt).text).toContain('busy_timeout');
  });

  test('what was hidden or wrong is not recalled, nor anything of a hidden session', () => {
    const answer = 'SQLite was opened in rollback-journal mode; it opens in WAL mode with busy_timeout 5000 now.';
    memory.markObservation(answer, 'wrong');
    expect(recall(question).text).not.toContain('busy_timeout');
    memory.markSession('lock', 'hidden');
    expect(recall(question).text).toBe('');
  });

  test('a session is not told what it has in its conversation, until a compaction takes it away', () => {
    expect(recall(question, 'lock').text).toBe('');
    memory.post({
      session_id: 'lock',
      cwd: '/a/shop',
      hook_event_name: 'PostCompact',
      compact_summary: 'It was about tests.',
    });
    const { text, lines } = recall(question, 'lock');
    expect(text).toContain('busy_timeout');
    // Catches: its own rows told as those of another session.
    expect(text).not.toMatch(/earlier sessions/i);
    expect(text).toContain('## Earlier in this session');
    for (const line of lines) expect(line.section).toBe('progress');
  });

  test('a session that is about the same stands under its own heading beside what a compaction took away', () => {
    memory.tell({
      session: 'lock again',
      asked: 'is the checkout database locked again, in spite of WAL mode?',
      answered: 'The SQLite database of the checkout test was not locked; WAL mode and busy_timeout 5000 hold.',
    });
    memory.post({ session_id: 'lock', cwd: '/a/shop', hook_event_name: 'PostCompact', compact_summary: 'Tests.' });
    const { text } = recall(question, 'lock');
    expect(text).toMatch(
      /^Recorded before.*\n\n## Earlier sessions\n(?:- .*\n)+\n## Earlier in this session\n(?:- .*\n)+$/,
    );
  });

  // Catches: the moment of a compaction taken from its summary, which may come after the context that tells the session anew.
  test.each([
    ['with its beginning', true],
    ['without', false],
  ])('what was told anew after a compaction is not recalled, %s, though its summary comes later', (_name, hasBegun) => {
    const hook = (name: string, rest: object = {}) =>
      memory.post({ session_id: 'lock', cwd: '/a/shop', hook_event_name: name, ...rest });
    if (hasBegun) hook('PreCompact');
    const sessionPk = memory.session('lock');
    const anew = createContextBuilder(memory.db).build({
      kind: 'compact',
      projectPk: memory.project(),
      sessionPk,
      budgetTokens: 1_500,
    });
    expect(anew.text).toContain('busy_timeout');
    memory.inject({ ...anew, ...injection, sessionPk, kind: 'compact', budgetTokens: 1_500 });
    hook('PostCompact', { compact_summary: 'It was about tests.' });
    expect(recall(question, 'lock').text).not.toContain('busy_timeout');
  });

  test('nor what the same answer tells already', () => {
    const { lines } = recall(question);
    const request = { projectPk: memory.project(), sessionPk: null, prompt: question };
    const { text } = createRecall(memory.db).build({ ...request, toldNow: lines }, findRelated, findBelieved);
    for (const line of lines) expect(text).not.toContain(line.text);
  });

  test('nor what it was given before, as a line of its own or within a turn', () => {
    memory.tell({ session: 'asks', asked: 'good morning', answered: 'Morning.' });
    const first = recall(question, 'asks');
    const give = (id: string, lines: ContextPreview['lines']) =>
      memory.inject({
        id,
        sessionPk: memory.session('asks'),
        kind: 'prompt',
        promptId: null,
        prompt: null,
        file: null,
        text: first.text,
        tokens: 1,
        budgetTokens: 400,
        lines,
      });
    give('one', first.lines);
    for (const line of first.lines) expect(recall(question, 'asks').text).not.toContain(line.text);
  });

  // Catches: a search of all projects where the session's own knows nothing; the prompt itself is always its best hit there.
  test('never anything of another project, nor the prompt itself', () => {
    const same = `SQLITE_BUSY: database is locked; SQLite was opened in rollback-journal mode, WAL mode with busy_timeout 5000`;
    expect(recall(same).text).toContain('busy_timeout');
    memory.tell({ session: 'other', cwd: '/b/other', asked: same });
    expect(recall(same, null, '/b/other').text).not.toContain('rollback-journal mode; it');
    expect(recall(same, 'other', '/b/other').text).toBe('');
  });
});

describe('what is believed', () => {
  const statements: readonly [state: string, statement: string][] = [
    ['approved', 'Never log the full request body in the payment handler.'],
    ['approved', '限流按 API key 计数，不按 IP'],
    ['approved', 'Deploys go out on Tuesdays after the stand-up.'],
    ['approved', 'Use pnpm instead of npm in this repository.'],
    ['proposed', 'Amounts are in cents, rounded half to even.'],
  ];

  beforeEach(() => {
    const insert = memory.writable.prepare(
      `INSERT INTO learnings (id, category, statement, language, scope, state, confidence, source, origin, created_at, updated_at)
       VALUES (?, 'best_practice', ?, 'en', 'global', ?, 0.8, 'person', ?, 0, 0)`,
    );
    for (const [at, [state, statement]] of statements.entries()) insert.run(`l${at}`, statement, state, `o${at}`);
    const model = openStaticModel(createSharedModel('resources/embedder'));
    findBelieved = createFindBelieved(createKnowledgeIndex(memory.db, (text) => model.embed(text)));
  });

  test.each([
    ['add logging to the payment handler so that we see what customers send', 'l0'],
    ['为什么同一个 IP 的用户被限流了', 'l1'],
  ])('%s', (prompt, id) => {
    const { lines } = recall(prompt);
    expect(lines.map((line) => line.learning_id)).toEqual([id]);
    expect(lines[0]).toMatchObject({ section: 'rules', reason: 'matches_prompt' });
  });

  // Catches: a proposal told as a rule, and rules for prompts that they have nothing to do with.
  test.each([
    'polish the button of the settings page',
    'amounts are in cents and rounded half to even, right?',
    '写一首关于秋天的诗',
  ])('nothing for: %s', (prompt) => {
    expect(recall(prompt).lines.filter((line) => line.section === 'rules')).toEqual([]);
  });

  test('once a session', () => {
    const [prompt] = ['add logging to the payment handler so that we see what customers send'];
    const { text, tokens, lines } = recall(prompt, 'work 1');
    memory.inject({
      ...injection,
      kind: 'prompt',
      sessionPk: memory.session('work 1'),
      text,
      tokens,
      budgetTokens: 400,
      lines,
    });
    expect(recall(prompt, 'work 1').text).toBe('');
    expect(recall(prompt, 'work 2').text).toBe(text);
  });
});
