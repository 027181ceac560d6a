import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordedHooks, recordedSessions, type RecordedSession } from '../../capture/testing/recorded.ts';
import { toldMemory, type ToldMemory } from '../testing/told-memory.ts';
import { createFactGatherer } from './gather.ts';
import { isWorthTelling, summarise } from './summarise.ts';

let memory: ToldMemory;
beforeEach(() => void (memory = toldMemory()));
afterEach(() => memory.close());

function replay(name: RecordedSession): string {
  let session = '';
  for (const body of recordedHooks(name)) {
    const event = JSON.parse(body) as { session_id: string };
    session = event.session_id;
    memory.post(event);
  }
  return session;
}

function factsOf(session: string, turn: string | null = null) {
  const gathered = createFactGatherer(memory.db)(memory.session(session), turn);
  if (gathered === null) throw new Error('Nothing was gathered.');
  return gathered.facts;
}

// Catches: a bug fix that is told by its first prompt, without what was wrong and that it was proved.
test('the lock timeout: what failed, why, and that it passes now', () => {
  expect(summarise(factsOf(replay('fix-lock-timeout')))).toEqual({
    title: 'Fixed: the checkout endpoint fails with SQLITE_BUSY under load',
    language: 'en',
    request: 'The checkout endpoint fails with SQLITE_BUSY under load, find out why and fix it',
    investigated: ['Read src/db.js'],
    done: [
      'It now opens in WAL mode with a 5 s busy_timeout, and both checkout tests pass.',
      '“Run the checkout test” failed at first (SQLITE_BUSY: database is locked) and passes now (2 passed, 0 failed)',
      'Changed src/db.js',
    ],
    learned: [
      'The database was opened in rollback-journal mode without a busy timeout, so two writers collided.',
      'We always use WAL mode and a busy timeout for every SQLite file in this repo',
    ],
    open_ends: [],
    key_points: [],
    files: [{ path: 'src/db.js', change: 'changed' }],
    commands: [
      { command: `node -e "console.log('2 passed, 0 failed')"`, outcome: 'passed', note: '2 passed, 0 failed' },
    ],
  });
});

test.each(['subagent-and-permission', 'interactive-permission'] as const)(
  '%s: what a subagent found stands under its task, and what was refused is open',
  (name) => {
    const told = summarise(factsOf(replay(name)));
    expect(told).toMatchObject({
      title: 'Add rate limiting to the API',
      investigated: [
        'Review rate limiter: The window is 60 s and the limit 100 requests; correct, but it is per process.',
      ],
      done: ['Rate limiting is in src/rate-limit.js (100 requests per minute).'],
      open_ends: ['The review found no problem; I was not allowed to delete the build folder.'],
      files: [{ path: 'src/rate-limit.js', change: 'changed' }],
    });
    // Refused is not failed; where the person allowed it, it ran.
    expect(told.commands.map(({ outcome }) => outcome)).toEqual(name === 'interactive-permission' ? ['passed'] : []);
  },
);

test('a Chinese session is told in Chinese', () => {
  expect(summarise(factsOf(replay('zh-session')))).toMatchObject({
    title: '登录接口偶尔返回 401：已找到原因',
    language: 'zh',
    request: '登录接口偶尔返回 401，请检查 JWT 过期时间的处理',
    investigated: ['阅读了 src/auth.js'],
    done: ['已写入说明，并允许 30 秒的时钟偏差。', '新建了 docs/auth.md'],
    learned: ['原因是 exp 使用了毫秒而不是秒，服务器时钟有偏差时会返回 401。'],
    open_ends: [],
    commands: [{ command: 'cat missing-file.txt', outcome: 'failed' }],
  });
});

// Catches: a private block, a key, or the mark of one, in anything that a summary says or is made from for a model.
test('nothing of what was private, secret, or asked not to be remembered is told', () => {
  const session = replay('zh-session');
  const turns = memory.db.prepare<[], string>('SELECT prompt_id FROM prompts ORDER BY occurred_at').pluck().all();
  const told = JSON.stringify([summarise(factsOf(session)), ...turns.map((turn) => summarise(factsOf(session, turn)))]);
  for (const word of ['客户', 'customers', 'AKIA', 'sk-ant', 'REDACTED', '密钥', '不会记录']) {
    expect(told).not.toContain(word);
  }
  expect(turns.map((turn) => isWorthTelling(factsOf(session, turn)))).toEqual([true, false]);
});

// Catches: a sentence that was made up or cut, in whatever session.
test.each(recordedSessions)('%s: every sentence was said or follows a phrase of ours', (name) => {
  const facts = factsOf(replay(name));
  const { done, learned, open_ends, key_points } = summarise(facts);
  const spoken = facts.turns.flatMap(({ asked, said }) => [asked, ...said.map(({ text }) => text)]).join('\n');
  const ours = /^(?:Changed|Created|Committed|Still failing|To do|“|修改了|新建了|提交了|仍然失败|待办)/;
  for (const text of [...done, ...learned, ...open_ends, ...key_points].filter((each) => !ours.test(each))) {
    expect(spoken.toLowerCase()).toContain(text.toLowerCase());
  }
});
