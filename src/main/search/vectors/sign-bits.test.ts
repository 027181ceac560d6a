import { expect, it } from 'vitest';
import { createSignBits, notEligible, packSigns, wordsFor } from './sign-bits.ts';
import { randomFrom, randomVector } from './test-vectors.ts';

const signsOf = (vector: ArrayLike<number>) => Array.from(vector, (value) => value < 0);

/** More than the kernel is asked for at once. */
const rows = 4_096 + 3;
const cleared = 7;

// Catches: a kernel that reads beside a row, at the end of what one call may ask for, or of memory that has grown meanwhile.
it.each([1, 8, 127, 128, 129, 256, 1536])('counts the signs in which rows of %i dimensions differ', (dimension) => {
  const random = randomFrom(dimension);
  const bits = createSignBits(dimension);
  const vectors = Array.from({ length: rows }, () =>
    Int8Array.from(randomVector(random, dimension), (value) => value * 127),
  );
  for (const [place, vector] of vectors.entries()) bits.set(place + 1, vector, 0);
  bits.clear(cleared);
  const query = randomVector(random, dimension);
  const packed = new Int32Array(wordsFor(dimension));
  packSigns(query, 0, dimension, packed, 0);
  const asked = signsOf(query);
  const differing = (vector: Int8Array) => signsOf(vector).filter((sign, at) => sign !== asked[at]).length;
  // A filter that was made before the last rows came does not reach as far as they do.
  const someAllowed = Uint8Array.from({ length: rows - 1 }, (_value, pk) => pk % 3);
  for (const allowed of [null, someAllowed]) {
    const isEligible = (pk: number) => pk !== cleared && (allowed === null || allowed[pk] === 1);
    const expected = vectors.map((vector, place) => (isEligible(place + 1) ? differing(vector) : notEligible));
    const distances = new Uint16Array(rows + 1);
    const histogram = [...bits.measure(packed, allowed, distances)];
    expect([...distances.subarray(1)]).toEqual(expected);
    expect(histogram).toEqual(histogram.map((_count, distance) => expected.filter((each) => each === distance).length));
  }
});

it('measures nothing where there is nothing', () => {
  expect(
    createSignBits(256)
      .measure(new Int32Array(8), null, new Uint16Array(0))
      .every((count) => count === 0),
  ).toBe(true);
});
