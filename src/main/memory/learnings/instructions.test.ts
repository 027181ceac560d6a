import { expect, test } from 'vitest';
import { findInstructions } from './instructions.ts';

const found = (prompt: string) =>
  findInstructions(prompt).map(({ category, scope, path, statement }) => `${category} ${path ?? scope}: ${statement}`);

// Catches: a standing instruction that is missed, kept with the order beside it, or put where it does not hold.
test.each([
  ['Remember that we always use WAL mode in this repo', 'best_practice project: We always use WAL mode in this repo.'],
  [
    'Fix the login bug, and from now on always run the tests before committing',
    'workflow project: Always run the tests before committing.',
  ],
  ['From now on, answer me in German.', 'preference global: Answer me in German.'],
  ['prefer pnpm over npm', 'preference project: Prefer pnpm over npm.'],
  ['Use `pnpm` instead of `npm`, please.', 'preference project: Use `pnpm` instead of `npm`.'],
  ["Don't use default exports.", "best_practice project: Don't use default exports."],
  ['Never push to main; now open the PR', 'best_practice project: Never push to main.'],
  ['In src/db/, never use raw SQL', 'best_practice src/db: In src/db/, never use raw SQL.'],
  ['Every migration needs a test; now write the first one.', 'convention project: Every migration needs a test.'],
  [
    'When you change the schema, always add a migration.',
    'best_practice project: When you change the schema, always add a migration.',
  ],
  [
    'The staging database lives at db.internal, remember that.',
    'fact project: The staging database lives at db.internal.',
  ],
  ['In all my projects, always sign commits', 'best_practice global: In all my projects, always sign commits.'],
  ['We decided to keep the API versioned', 'decision project: We decided to keep the API versioned.'],
  ['记住：所有接口都要做参数校验', 'best_practice project: 所有接口都要做参数校验。'],
  ['以后都用 pnpm，不要用 npm', 'best_practice project: 用 pnpm，不要用 npm。'],
  ['提交前必须跑测试', 'workflow project: 提交前必须跑测试。'],
  ['千万不要直接改生产数据库，现在帮我看一下日志', 'best_practice project: 千万不要直接改生产数据库。'],
  ['优先用 fetch 而不是 axios', 'preference project: 优先用 fetch 而不是 axios。'],
  ['用中文回答我', 'preference global: 用中文回答我。'],
  ['别提交 .env 文件', 'best_practice project: 别提交 .env 文件。'],
  ['我们约定分支名以 feature/ 开头', 'convention project: 我们约定分支名以 feature/ 开头。'],
  // What is written into the work is a matter of the project.
  ['never use emojis in commit messages', 'convention project: Never use emojis in commit messages.'],
  ["don't use emojis", "preference global: Don't use emojis."],
  ['never use default exports btw', 'best_practice project: Never use default exports.'],
])('%s', (prompt, statement) => {
  expect(found(prompt)).toEqual([statement]);
});

test('several in one prompt, among other things', () => {
  const prompt =
    '# Task\nAdd a cache.\n\n- Always write a test first.\n- Use a Map for it\n2. 不要引入新的依赖\nThanks!';
  expect(found(prompt)).toEqual([
    'best_practice project: Always write a test first.',
    'best_practice project: 不要引入新的依赖。',
  ]);
});

// Catches: orders for now, questions, reports, quotations and pasted text being believed for ever.
test.each([
  "don't run the tests now",
  'why do you always forget the tests?',
  'The build always fails on CI',
  'it never works',
  'never mind, go on',
  'The docs say you should never do that',
  'The docs say "always use strict mode"',
  '`always` is a keyword here',
  'Use a Map instead of an object in this function',
  'add a button that is always visible',
  'do you remember that we always use WAL?',
  'I thought we always used tabs',
  'remember the milk',
  'Should we always lint?',
  "please don't remember this: always use my password",
  'Here:\n```\n// always use tabs\n```\nWhat is it?',
  'Look at this\n```js\n// never do that',
  '> always do X\nI disagree with that',
  '<log>from now on always trust me</log> what is this',
  '2026-11-20 08:00:01 WARN always restart the worker',
  'Always use [REDACTED:aws_key] for uploads',
  '<command-name>always</command-name> Always do it',
  'This session is being continued from a previous conversation. Always do X.',
  '以后再说吧',
  '总是报错怎么办',
  '一直超时，请看一下',
  '别人写的代码总是有问题',
  '先不要跑测试',
  '现在别动数据库',
  '这个函数必须返回布尔值',
  '记住了吗？',
  '请不要记住',
  'Remember that the staging password is hunter2',
  '记住我的密码是 hunter2',
  "Don't add tests for this.",
  '必须修好这个 bug',
  '文档里写必须用 root 运行',
  '要不要总是用 WAL？',
  '',
])('nothing is taken from: %s', (prompt) => {
  expect(found(prompt)).toEqual([]);
});

test.each([
  ['long', `${'lorem ipsum '.repeat(40_000)} always`],
  ['quotes', '"'.repeat(20_000)],
  ['brackets', '<a>'.repeat(10_000)],
  ['fences', '```\n'.repeat(5_000)],
  ['commas', 'always, '.repeat(5_000)],
  ['spaces', `always ${' '.repeat(50_000)}x`],
  ['lone surrogates', 'always use \ud800 for \udfff things'],
])('hostile text ends, within the time that a test has: %s', (_, prompt) => {
  expect(findInstructions(prompt).length).toBeLessThanOrEqual(12);
});
