import { describe, expect, test } from 'vitest';
import { isWorthRecalling } from './worth-recalling.ts';

describe('prompts that say nothing', () => {
  test.each([
    'continue',
    'yes',
    'Yes, please!',
    'ok, go ahead',
    'thanks',
    'looks good, commit it',
    '继续',
    '好的，谢谢！',
    '可以',
    '请继续',
    '对的',
    '/compact',
    '/review the database',
    '!npm test',
    '   ',
    '?',
    'y',
    '<command-name>/clear</command-name>',
    '<task-notification>done</task-notification>',
    'This session is being continued from a previous conversation that ran out of context.',
  ])('%s', (prompt) => {
    expect(isWorthRecalling(prompt)).toBe(false);
  });

  test.each([
    'why is the database locked?',
    '数据库为什么被锁',
    '# The checkout\n\nWhy is the database locked?',
    '/home/dev/shop/db.ts fails',
    'continue with the database lock',
  ])('%s says something', (prompt) => {
    expect(isWorthRecalling(prompt)).toBe(true);
  });
});
