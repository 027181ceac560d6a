import { afterEach, beforeEach, expect, test } from 'vitest';
import { learningMemory, type LearningMemory } from './testing/learning-memory.ts';

let memory: LearningMemory;
beforeEach(() => {
  memory = learningMemory();
});
afterEach(() => memory.close());

const cents = 'Prices are integers in cents.';
const push = 'Never push directly to the main branch.';
const everywhere = { scope: 'global' } as const;
const idOf = (said: string) => memory.all().find(({ statement }) => statement === said)?.id ?? '';
const add = (statement: string, place: object = everywhere) =>
  memory.write.create({ category: 'convention', statement, scope: 'global', ...place });

// Catches: the same learning twice, however it is written; and a guard that also stops what is another learning.
test('the same words for the same place are refused, and the refusal names what is there', async () => {
  await memory.say('a', push);
  const projectId = memory.all()[0]?.project?.id ?? '';
  const inProject = { scope: 'project', projectId };
  add(cents);
  const refusals: [said: string, place: object, known: string][] = [
    [cents, everywhere, cents],
    ['prices are  integers\nin CENTS', everywhere, cents],
    ['Ｐrices are integers in cents。', everywhere, cents],
    [push, inProject, push],
  ];
  const before = memory.rows();
  for (const [said, place, known] of refusals) expect(() => add(said, place), said).toThrow(idOf(known));
  expect(memory.rows()).toEqual(before);
  memory.write.decide({ ids: [idOf(push)], decision: 'reject' });
  expect(() => add(push, inProject)).toThrow(/is rejected: approve that one/u);

  const [first = ''] = add(cents, inProject).ids;
  add(cents, { scope: 'path', projectId, path: 'src' });
  add('Prices are not integers in cents.');
  expect(() => memory.write.edit({ id: first, fields: { scope: 'global' } })).toThrow(/merge the two/u);
  expect(() => memory.write.edit({ id: first, fields: { statement: `${cents.slice(0, -1)}!` } })).not.toThrow();
  expect(() => memory.write.edit({ id: first, fields: { detail: 'Since 2019.' } })).not.toThrow();
});

// Catches: words that nobody may have again, although nothing says them any more.
test('what is over, superseded or deleted may be said anew', () => {
  const [first = ''] = add(cents).ids;
  memory.write.decide({ ids: [first], decision: 'expire' });
  const [second = ''] = add(cents).ids;
  memory.write.supersede({ id: second, by: first });
  const { ids } = add(cents);
  memory.write.delete({ ids });
  expect(() => add(cents)).not.toThrow();
});

// Catches: an agent that is told of a learning that is not the one its words became part of.
test.each([cents, 'Do it.', 'OK!'])(
  'an agent that proposes what a person added is given that one: %s',
  async (said) => {
    const [known] = add(said).ids;
    const proposal = { category: 'convention', statement: said, scope: 'global', at: 1 } as const;
    for (const statement of [said, said.toUpperCase()]) {
      const { origin, application } = memory.reading.learningProposal({ ...proposal, statement });
      if (application !== null) memory.write.apply(application);
      expect(memory.reading.learningOfOrigin(origin)?.id).toBe(known);
    }
    expect(memory.all()).toHaveLength(1);
  },
);
