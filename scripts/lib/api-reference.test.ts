import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { signalTypes } from '../../src/shared/signal-views.ts';
import { memoryEventTypes } from '../../src/shared/views.ts';
import { pageFile, withReference } from './api-reference.ts';
import { apiTypes, typesFile } from './api-types.ts';

const page = readFileSync(pageFile, 'utf8');
const hint = 'run node scripts/api-reference.ts';

// Catches: an operation that was added or changed and not written down.
test('the tables of docs/api.md are those of the contract', () => {
  expect(page.length).toBeGreaterThan(10_000);
  expect(withReference(page) === page, hint).toBe(true);
});

test('the types of the client are those of the contract', async () => {
  // How it is broken into lines is the formatter's affair.
  const squeezed = (text: string) => text.replaceAll(/[\s|]+/g, '');
  expect(squeezed(await apiTypes()) === squeezed(readFileSync(typesFile, 'utf8')), hint).toBe(true);
});

test('a page without a place for each tag is refused', () => {
  expect(() => withReference(page.replace('<!-- operations: jobs -->', ''))).toThrow(/jobs/);
  expect(() => withReference(`${page}\n<!-- operations: jobs -->\n<!-- end -->`)).toThrow(/once/);
});

test('every event and every signal is explained', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const explained = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([\w.]+)`/g)].map(([, name]) => name),
  );
  expect([...memoryEventTypes, ...signalTypes].filter((type) => !explained.includes(type))).toEqual([]);
});
