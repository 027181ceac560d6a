import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { signalTypes } from '../../../shared/signal-views.ts';
import { memoryEventTypes } from '../../../shared/views.ts';
import { isStreamPath } from './stream-routes.ts';

const docs = resolve(import.meta.dirname, '../../../../docs');
const pages = ['events.md', 'events.zh-CN.md'];
const read = (page: string) => readFileSync(join(docs, page), 'utf8');

/** Rows of a table that begin with a name in the shape of an event's or a signal's. */
function rows(text: string, name: RegExp): { name: string; cells: string[] }[] {
  return text.split('\n').flatMap((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const found = name.exec(cells[1] ?? '')?.[1];
    return found === undefined ? [] : [{ name: found, cells }];
  });
}

test.each(pages)('%s names every event and signal once, with an example that is one', (page) => {
  const text = read(page);
  const events = rows(text, /^`(\w+\.\w+)`$/);
  expect(events.map(({ name }) => name).toSorted()).toEqual(memoryEventTypes.toSorted());
  const signals = rows(text, /^`(\w+)`$/).filter(({ cells }) => cells.at(-2)?.startsWith('`{') === true);
  expect(signals.map(({ name }) => name).toSorted()).toEqual(signalTypes.toSorted());
  for (const { cells } of [...events, ...signals]) {
    const example: unknown = JSON.parse((cells.at(-2) ?? '').replaceAll('`', ''));
    expect(example).toBeTypeOf('object');
  }
});

test.each(pages)('%s speaks of addresses that there are', (page) => {
  const addresses = rows(read(page), /^`GET (\/[^`]+)`$/).map(({ name }) => name);
  expect(addresses.length).toBeGreaterThanOrEqual(5);
  expect(addresses.filter((address) => !isStreamPath(address.replace('{session_id}', 'one')))).toEqual([]);
});
