import { expect, it } from 'vitest';
import { stem } from '../../search/stem.ts';
import { likelyPairs } from './likely-pairs.ts';
import { createComparer } from './relation.ts';

const { read } = createComparer({ stem: (word) => stem(word, false), embed: null });
const subjects = 'cache index queue token cookie schema branch socket parser router'.split(' ');
const verbs = 'verify rotate compress rename flush rebuild archive deploy'.split(' ');
const always = () => true;
/** Four hundred statements about different things, each said twice. */
const said = Array.from({ length: 400 }, (_, place) => {
  const [subject, verb] = [subjects[place % 10] ?? '', verbs[Math.floor(place / 10) % 8] ?? ''];
  return [
    `Always ${verb} the ${subject} module${place} before release`,
    `Please ${verb} the ${subject} module${place} before every release`,
  ];
}).flat();

// Catches a report that compares everything with everything: five thousand learnings took half a minute.
it('compares far fewer than all pairs of many statements, and misses none that are the same', () => {
  const pairs = [...likelyPairs(said.map(read), always, 1_000)];
  expect(pairs.length).toBeLessThan(32 * said.length);
  expect(new Set(pairs.map(String)).size).toBe(pairs.length);
  expect(pairs.every(([one, other]) => one < other)).toBe(true);
  const found = new Set(pairs.map(String));
  expect(said.flatMap((_, place) => (place % 2 === 0 && !found.has(`${place},${place + 1}`) ? [place] : []))).toEqual(
    [],
  );
});

// Catches a place among the likeliest that goes to what may not be compared.
it.each([['few', Number.MAX_SAFE_INTEGER] as const, ['many', 0] as const])(
  'leaves out what may not meet when there are %s',
  (_, most) => {
    const mayMeet = (one: number, other: number) => one % 5 === other % 5;
    const pairs = [...likelyPairs(said.slice(0, 60).map(read), mayMeet, most)];
    expect(pairs.length).toBeGreaterThan(100);
    expect(pairs.every(([one, other]) => mayMeet(one, other))).toBe(true);
  },
);
