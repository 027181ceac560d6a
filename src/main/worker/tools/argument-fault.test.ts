import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { faultInArguments } from './argument-fault.ts';
import { schemaOptions } from './tool-schema.ts';

const schema = {
  type: 'object',
  required: ['n'],
  additionalProperties: false,
  properties: {
    n: { type: 'number', minimum: 0 },
    kind: { enum: ['a', 'b'] },
    list: { type: 'array', items: { type: 'object', required: ['name'], properties: { 'a/b': { type: 'string' } } } },
  },
};
const isValid = new Ajv2020(schemaOptions).compile(schema);

// Catches: an argument that is wrong and is not named.
test.each([
  [{}, 'arguments.n', 'It is missing.'],
  [{ n: 'a' }, 'arguments.n', 'Give a number.'],
  [{ n: -1 }, 'arguments.n', 'It must be >= 0.'],
  [{ n: 1, m: 2 }, 'arguments.m', 'There is no such argument.'],
  [{ n: 1, kind: 'c' }, 'arguments.kind', 'Give one of ["a","b"].'],
  [{ n: 1, list: [{ name: 1 }, {}] }, 'arguments.list[1].name', 'It is missing.'],
  [{ n: 1, list: [{ name: 1, 'a/b': 1 }] }, 'arguments.list[0].a/b', 'Give a text.'],
])('%j is wrong at %s', (input, path, message) => {
  isValid(input);
  const rules = (isValid.errors ?? []).map((error) => faultInArguments({ message: '', ...error }));
  expect(rules).toEqual([{ path, message }]);
});
