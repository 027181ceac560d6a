import { expect, test } from 'vitest';
import { CursorError, cursorsOf } from './paging.ts';

const filters = { project: 'shop', tags: ['a'], since: undefined };
const ours = cursorsOf('things', filters);
const place = [0.85, 1_763_739_389_000, -7];
const cursor = ours.at(place);
const written = (text: string) => Buffer.from(text).toString('base64url');
const [check] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as number[];

test('a cursor is read as it was made, and is short', () => {
  expect(ours.read(cursor, 3)).toEqual(place);
  expect(cursorsOf('things', { project: 'shop', tags: ['a'] }).read(cursor, 3)).toEqual(place);
  expect(ours.read(undefined, 3)).toBeNull();
  expect(cursor.length).toBeLessThan(60);
});

// Catches: rows that are skipped without a word, and a place that nobody has been at.
test.each([
  ['another list', cursorsOf('others', filters).at(place)],
  ['another filter', cursorsOf('things', { ...filters, project: 'blog' }).at(place)],
  ['no filters', cursorsOf('things', {}).at(place)],
  ['more numbers', ours.at([...place, 1])],
  ['no numbers', ours.at([])],
  ['a place that was changed', written(JSON.stringify([check, 0.85, 1, -7]))],
  ['no check', written(JSON.stringify(place))],
  ['a check alone', written(`[${check}]`)],
  ['the same place with spaces', written(JSON.stringify([check, ...place]).replaceAll(',', ', '))],
  ['padding', `${cursor}=`],
  ['something behind it', `${cursor}!`],
  ['less of it', cursor.slice(0, -1)],
  ['too large a number', written(`[${check},0.85,1e999,-7]`)],
  ['texts', written('["1","2","3","4"]')],
  ['no list', written('{"length":4}')],
  ['rubbish', 'rubbish'],
  ['nothing', ''],
])('a cursor of %s is refused', (_what, foreign) => {
  expect(() => ours.read(foreign, 3)).toThrow(CursorError);
  expect(() => ours.read(foreign, 3)).toThrow(/leave it out/);
});
