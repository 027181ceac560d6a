import { expect, test } from 'vitest';
import { isOffRecord, isStanding, kindOf, kindUnder, type Kind } from './cues.ts';

// Catches: a wish for privacy that is told, and a wish about code that silences its whole turn.
test.each([
  ["My password is hunter2, don't remember this", true],
  ['Please do not store this.', true],
  ['This is off the record: we are being bought', true],
  ['客户名单在这里，请不要记住', true],
  ['这是测试密钥，别记下来', true],
  ['以上内容不要保存。', true],
  ["Don't store this in localStorage, use a cookie", false],
  ['Do not log it twice when the request fails', false],
  ['never keep this connection open longer than a minute', false],
  ['forget this approach, use a queue instead', false],
  ['不要保存这个字段到数据库', false],
  ['登录后不要记录密码到日志文件里', false],
  ['Remember that we always use WAL', false],
])('“%s” is off the record: %s', (prompt, expected) => {
  expect(isOffRecord(prompt)).toBe(expected);
});

test.each<[sentence: string, kind: Kind]>([
  ['I fixed the race in the queue.', 'done'],
  ['All 96 tests pass.', 'done'],
  ['The fix still needs a test.', 'open'],
  ["I haven't run the end-to-end tests.", 'open'],
  ['I was not allowed to delete the folder.', 'open'],
  ['Replaced the cache because it leaked.', 'done'],
  ['The cache leaked because nobody closed it.', 'learned'],
  ['Shall I also update the docs?', 'question'],
  ['I checked the three callers.', 'investigated'],
  ['The module has four functions.', 'other'],
  ['已将配置改为环境变量。', 'done'],
  ['原因是连接没有关闭。', 'learned'],
  ['还需要补充集成测试。', 'open'],
  ['是否需要我一并处理？', 'question'],
  ['查看了三个调用方。', 'investigated'],
  ['模块有四个函数。', 'other'],
  // What is denied or only thinkable is not done.
  ["The tests don't pass.", 'open'],
  ['None of the tests passed.', 'open'],
  ['It is not fixed.', 'open'],
  ["I didn't fix the root cause.", 'open'],
  ['I tried to fix it, but failed.', 'open'],
  ['The upload failed, so nothing was pushed.', 'other'],
  ['An index should be added.', 'other'],
  ['Once you have added the key, run it again.', 'other'],
  ["I'm not sure yet.", 'open'],
  ['Fixed the test that did not pass.', 'done'],
  ['After the fix was applied, all tests pass.', 'done'],
  ['测试没有通过。', 'open'],
  ['修复失败了。', 'open'],
  ['我没有修改任何文件。', 'other'],
  ['可以添加一个索引来解决。', 'other'],
  ['可以改成 \\p{L} 并加上 u 标志。', 'other'],
  ['已修复构建失败的问题。', 'done'],
])('“%s” is %s', (sentence, kind) => {
  expect(kindOf(sentence)).toBe(kind);
});

test('a heading says more than the words under it, except of questions and of what is open', () => {
  expect(kindUnder('open', 'Replace the polling loop.')).toBe('open');
  expect(kindUnder('done', 'The test for refunds is not yet written.')).toBe('open');
  expect(kindUnder('learned', 'Should it be so?')).toBe('question');
  expect(kindUnder('key', 'I fixed the login.')).toBe('done');
});

test.each([
  ['From now on, run the linter first', true],
  ['always use pnpm', true],
  ['以后都用 pnpm', true],
  ['Use pnpm for this', false],
])('“%s” holds for all times: %s', (sentence, expected) => {
  expect(isStanding(sentence)).toBe(expected);
});
