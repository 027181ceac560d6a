import { expect, test } from 'vitest';
import { deepestBody, parseJson } from './json-body.ts';

const parse = (text: string) => parseJson(new TextEncoder().encode(text));
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

// Catches: a body that brings down the parser, what walks it, or an object's prototype.
test.each([
  ['no JSON', '{', 'INVALID_JSON'],
  ['two values', '{}{}', 'INVALID_JSON'],
  ['a comment', '{/* */}', 'INVALID_JSON'],
  ['NaN', '{"a":NaN}', 'INVALID_JSON'],
  ['a prototype', '{"__proto__":{"admin":true}}', 'INVALID_JSON'],
  ['a prototype deeper', '{"a":[{"\\u005f_proto__":1}]}', 'INVALID_JSON'],
  ['one level too many', nested(deepestBody + 1), 'BODY_TOO_DEEP'],
  ['a hundred thousand levels', nested(100_000), 'BODY_TOO_DEEP'],
  ['a hundred thousand open levels', '['.repeat(100_000), 'INVALID_JSON'],
  ['objects without end', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, 'BODY_TOO_DEEP'],
])('%s is refused', (_, text, code) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code, status: 400 }));
});

test('bytes that are no UTF-8 are refused, and the deepest body is taken', () => {
  expect(() => parseJson(Uint8Array.from([0x22, 0xff, 0x22]))).toThrow(
    expect.objectContaining({ code: 'INVALID_JSON' }),
  );
  expect(parse(nested(deepestBody))).toBeInstanceOf(Array);
  expect(parse('{"constructor":{"prototype":1}}')).toEqual({ constructor: { prototype: 1 } });
});
