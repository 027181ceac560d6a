import { expect, test } from 'vitest';
import { accessEnglish } from './window-access-en.ts';
import { auditEnglish } from './window-audit-en.ts';
import { formsEnglish } from './window-forms-en.ts';
import { givenEnglish } from './window-given-en.ts';
import { windowEnglish } from './window-en.ts';
import { jobsEnglish } from './window-jobs-en.ts';
import { laterEnglish } from './window-later-en.ts';
import { laterMessages } from './window-later.ts';
import { learningsEnglish } from './window-learnings-en.ts';
import { notesEnglish } from './window-notes-en.ts';
import { permissionsEnglish } from './window-permissions-en.ts';
import { recallEnglish } from './window-recall-en.ts';
import { rightsEnglish } from './window-rights-en.ts';
import { workEnglish } from './window-work-en.ts';
import { windowMessages } from './window.ts';

const en = { ...windowMessages.en, ...laterMessages.en };
const zh = { ...windowMessages['zh-CN'], ...laterMessages['zh-CN'] };
const catalogues: object[] = [
  windowEnglish,
  accessEnglish,
  auditEnglish,
  formsEnglish,
  givenEnglish,
  jobsEnglish,
  laterEnglish,
  learningsEnglish,
  notesEnglish,
  permissionsEnglish,
  recallEnglish,
  rightsEnglish,
  workEnglish,
];
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();
const keys = Object.keys(en) as (keyof typeof en)[];

// Catches: a text that exists in one language only, or loses a number in the other.
test('both languages have the same keys and placeholders', () => {
  expect(keys.length).toBeGreaterThan(150);
  expect(Object.keys(zh).toSorted()).toEqual(Object.keys(en).toSorted());
  for (const key of keys) expect([key, placeholders(zh[key])]).toEqual([key, placeholders(en[key])]);
});

// Catches: a key that two catalogues have, of which one speaks for both: a page that says what belongs to another.
test('no two catalogues have the same key', () => {
  expect(catalogues.flatMap(Object.keys).toSorted()).toEqual(Object.keys(en).toSorted());
});

// Catches: a text that was copied and never translated. These are alike on purpose: names and signs.
test('every Chinese text is Chinese', () => {
  const alike = keys.filter((key) => !/\p{Script=Han}/u.test(zh[key]));
  expect(alike).toEqual([]);
});

// Catches: an English text with Chinese in it, half-width punctuation between Chinese characters.
test('each language keeps to its own writing', () => {
  expect(keys.filter((key) => /\p{Script=Han}/u.test(en[key]))).toEqual([]);
  expect(keys.filter((key) => /\p{Script=Han}[,;:?!]/u.test(zh[key]))).toEqual([]);
});

// Catches: a plural that has one form only, which i18next answers with the bare key.
test('plural forms come in pairs', () => {
  const ones = keys.filter((key) => key.endsWith('_one'));
  expect(ones.length).toBeGreaterThan(3);
  expect(keys.filter((key) => key.endsWith('_other')).map((key) => key.replace('_other', '_one'))).toEqual(ones);
});
