import { expect, test } from 'vitest';
import { z } from 'zod';
import { sentenceOf } from './input-sentences.ts';
import { metadata } from './metadata-schema.ts';
import { newTag } from './tags-schema.ts';

const saying = (schema: z.ZodType, input: unknown) =>
  schema.safeParse(input, { error: sentenceOf }).error?.issues.map(({ message }) => message);

// Catches: words of the parser, which tell people what it expected and not what to do.
test.each<[z.ZodType, unknown, string]>([
  [z.string(), undefined, 'It is missing: give a text.'],
  [z.string(), 1, 'Give a text, not a number.'],
  [z.int(), 1.5, 'Give a whole number.'],
  [z.array(z.string()), 'a', 'Give a list, not a text.'],
  [z.object({}), null, 'Give an object, not null.'],
  [z.boolean(), [], 'Give true or false, not a list.'],
  [z.string().min(1), '', 'At least 1 character.'],
  [z.string().max(2), 'abc', 'At most 2 characters.'],
  [z.number().max(5), 6, 'At most 5.'],
  [z.array(z.int()).min(1), [], 'At least 1 of them.'],
  [z.enum(['a', 'b']), 'c', 'Give one of a, b.'],
  [z.enum(['a', 'b']), undefined, 'It is missing: give one of a, b.'],
  [z.literal('a'), 1, 'Give "a", not a number.'],
  [z.iso.datetime(), 'today', 'Give a time as 2026-01-31T00:00:00Z.'],
  [z.union([z.string(), z.boolean()]), {}, 'Give a text or true or false, not an object.'],
  [z.discriminatedUnion('t', [z.object({ t: z.literal('x') })]), { t: 'y' }, 'Give one of x.'],
  [z.strictObject({}), { a: 1 }, 'There is no such field: a.'],
  [z.string().min(1, { error: 'Say it.' }), '', 'Say it.'],
  [newTag, 'a,b', 'A tag has no comma: give two tags for two words.'],
  [metadata, { a: { b: new Map() } }, 'Give JSON: text, numbers, true, false, null, lists and objects of them.'],
  [metadata, { a: Number.NaN }, 'Give JSON: text, numbers, true, false, null, lists and objects of them.'],
  [metadata, { a: [[[[[[[[1]]]]]]]] }, 'At most 8 levels deep.'],
  [metadata, { a: 'x'.repeat(16_000) }, 'All of it is at most 16000 characters of JSON.'],
  [metadata, { ['x'.repeat(101)]: 1 }, 'A name has at most 100 characters.'],
])('%# says %2$s', (schema, input, sentence) => expect(saying(schema, input)).toEqual([sentence]));

test('metadata is kept as it was sent', () => {
  const sent = { a: { b: [1, 'x', null, { c: [[true]] }] }, __proto__x: 1 };
  expect(metadata.parse(sent)).toEqual(sent);
});
