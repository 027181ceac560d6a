import fc, { type Arbitrary } from 'fast-check';

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** What stands where something sensible was asked for. */
export const hostileValue: Arbitrary<unknown> = fc.constantFrom<unknown>(
  null,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u200b\ufeff',
  '../../../etc/passwd',
  '..%2f..%2f',
  "' OR 1=1 --",
  '"; DROP TABLE observations; --',
  '* NOT AND OR NEAR("',
  'col:x ^a {b}',
  '%',
  '%00',
  '%ff%fe',
  '{{constructor.constructor("return process")()}}',
  '${jndi:ldap://127.0.0.1/a}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'toString',
  '2026-99-99T99:99:99Z',
  '0000-00-00',
  'a'.repeat(5_000),
  '字'.repeat(3_000),
  '🧨'.repeat(500),
  '-1',
  'NaN',
  'Infinity',
  '1e999',
  -1,
  0,
  1.5,
  2 ** 53,
  -(2 ** 63),
  1e308,
  true,
  false,
  [],
  {},
  [null],
  [[]],
  Array.from({ length: 600 }, (_, index) => index),
  nested(30),
  nested(200),
);

/** The same value with one leaf, somewhere, that does not belong there; or a field too many. */
export function spoil(value: unknown, place: number, poison: unknown): unknown {
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    if (items.length === 0 || place % 3 === 0) return [...items, poison];
    const at = place % items.length;
    return items.map((item, index) => (index === at ? spoil(item, Math.floor(place / 3), poison) : item));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0 || place % 5 === 0) return { ...value, [`field_${place % 7}`]: poison };
    const at = place % entries.length;
    return Object.fromEntries(
      entries.map(([name, item], index) => [name, index === at ? spoil(item, Math.floor(place / 5), poison) : item]),
    );
  }
  return poison;
}
