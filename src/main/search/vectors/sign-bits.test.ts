import { expect, it } from 'vitest';
import { createSignBits, mostAtOnce, packSigns, wordsFor } from './sign-bits.ts';
import { randomFrom, randomVector } from './test-vectors.ts';

const signsOf = (vector: ArrayLike<number>) => Array.from(vector, (value) => value < 0);

// Catches: a kernel that reads beside a row, at the end of what one call may ask for, or of memory that has grown meanwhile.
it.each([1, 8, 127, 128, 129, 256, 1536])('counts the signs in which rows of %i dimensions differ', (dimension) => {
  const random = randomFrom(dimension);
  const bits = createSignBits(dimension);
  const rows = mostAtOnce + 3;
  const vectors = Array.from({ length: rows }, () =>
    Int8Array.from(randomVector(random, dimension), (value) => value * 127),
  );
  for (const [place, vector] of vectors.entries()) bits.set(place + 1, vector, 0);
  bits.clear(7);
  const query = randomVector(random, dimension);
  const packed = new Int32Array(wordsFor(dimension));
  packSigns(query, 0, dimension, packed, 0);
  const asked = signsOf(query);
  const differing = (signs: readonly boolean[]) => signs.filter((sign, at) => sign !== asked[at]).length;
  const expected = vectors.map((vector, place) => differing(place === 6 ? signsOf(vector.fill(0)) : signsOf(vector)));
  const first = [...bits.distances(packed, 1, mostAtOnce)];
  expect([...first, ...bits.distances(packed, mostAtOnce + 1, 3)]).toEqual(expected);
  expect([...bits.distances(packed, 1, 0)]).toEqual([]);
});
