import { expect, test } from 'vitest';
import { chooseLanguage } from './i18n.ts';

// Catches: a Chinese system that gets English, a choice that the system overrules.
test.each([
  [null, ['zh-CN', 'en'], 'zh-CN'],
  [null, ['zh-Hant-TW'], 'zh-CN'],
  [null, ['en-GB', 'zh-CN'], 'en'],
  [null, ['de-DE', 'zh'], 'zh-CN'],
  [null, ['de-DE'], 'en'],
  [null, [], 'en'],
  ['en', ['zh-CN'], 'en'],
  ['zh-CN', ['en'], 'zh-CN'],
  ['klingon', ['zh-CN'], 'zh-CN'],
] as const)('kept %s, preferred %j: %s', (kept, preferred, expected) => {
  expect(chooseLanguage(kept, preferred)).toBe(expected);
});
