import { expect, test } from 'vitest';
import { entityTag, isMatched, knownTag, packedTag } from './etag.ts';

const tag = entityTag({ id: 'a', title: 'One' });
const packed = packedTag(tag, 'gzip');

// Catches: a change taken for none, and a reading that is taken for a change.
test('a tag is strong, goes with what it is of, and not with what reading moves', () => {
  expect(tag).toMatch(/^"[\w-]{27}"$/);
  expect(entityTag({ id: 'a', title: 'Two' })).not.toBe(tag);
  const read = (count: number) =>
    entityTag({ id: 'a', access_count: count, use_count: count, last_used_at: String(count) });
  expect(read(1)).toBe(read(2));
});

// Catches: two writers of whom the second never hears of the first, or a client that unpacks and may then change nothing.
test.each<[header: string, ifMatch: boolean, ifNoneMatch: string | null]>([
  [tag, true, tag],
  ['*', true, tag],
  [' * ', true, tag],
  [packed, true, packed],
  [`W/${tag}`, false, `W/${tag}`],
  [`W/${packed}`, false, `W/${packed}`],
  [`"other", ${tag}`, true, tag],
  [`"other",W/"third"`, false, null],
  [tag.slice(1, -1), false, null],
  [tag.toUpperCase(), false, null],
  ['', false, null],
  ['"', false, null],
  ['"*"', false, null],
])('%s as If-Match: %j, as If-None-Match: %j', (header, ifMatch, ifNoneMatch) => {
  expect(isMatched(header, tag)).toBe(ifMatch);
  expect(knownTag(header, tag)).toBe(ifNoneMatch);
});

test('without a header nothing is known', () => expect(knownTag(undefined, tag)).toBeNull());
