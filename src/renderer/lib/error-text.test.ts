import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { errorText } from './error-text.ts';
import { startI18n } from './i18n.ts';

function answered(code: string, message: string): Error {
  return TRPCClientError.from({ error: { code: -32_600, message, data: { code } } });
}

const gone = TRPCClientError.from(new TypeError('Failed to fetch'));
const tooLong = answered('BAD_REQUEST', '✖ Say it in a sentence.\n  → at change.statement');
const wrongOne = answered('FORBIDDEN', 'The current password is wrong.');
const foreign = answered('FORBIDDEN', 'Only the owner may name another organisation.');
const missing = answered('NOT_FOUND', 'There is no learning with the id nope.');

// Catches: the browser's "Failed to fetch", a parser's marks and field names, and English in a Chinese window.
test.each([
  ['en', gone, 'The worker does not answer'],
  ['zh-CN', gone, '后台服务没有响应'],
  ['en', tooLong, 'Say it in a sentence.'],
  ['en', missing, 'There is no learning with the id nope.'],
  ['zh-CN', missing, '记忆中没有这一项'],
  ['zh-CN', wrongOne, '当前密码不正确。'],
  ['zh-CN', foreign, '您的账号没有此权限，请联系这份记忆的管理员。'],
  ['en', 'as it is', 'as it is'],
] as const)('in %s: %s', (language, error, text) => {
  const { t } = startI18n(language);
  expect(errorText(error, t, language)).toBe(text);
});
