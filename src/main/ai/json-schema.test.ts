import { expect, test } from 'vitest';
import { z } from 'zod';
import { graphAnswer, learnAnswer, summaryAnswer } from './answers.ts';
import { isStrict, jsonSchemaOf, withoutBounds } from './json-schema.ts';

test('what has a default is asked for all the same, at every depth', () => {
  const type = z.object({
    list: z.array(z.object({ a: z.string().default('x') })).default([]),
    b: z.number().optional(),
  });
  expect(jsonSchemaOf(type)).toEqual({
    type: 'object',
    properties: {
      list: {
        type: 'array',
        items: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false },
      },
      b: { type: 'number' },
    },
    required: ['list'],
    additionalProperties: false,
  });
});

test('a property that is called like a keyword is none', () => {
  const type = z.object({
    default: z.string(),
    items: z.string(),
    properties: z.object({ a: z.string().default('') }),
  });
  expect(jsonSchemaOf(type)).toMatchObject({
    properties: { default: { type: 'string' }, items: { type: 'string' }, properties: { required: ['a'] } },
    required: ['default', 'items', 'properties'],
  });
});

test('bounds are left out where they are none of the names', () => {
  const type = z.object({ format: z.string().min(1).max(9), list: z.array(z.int().min(3)).max(2), minimum: z.email() });
  expect(withoutBounds(jsonSchemaOf(type))).toEqual({
    type: 'object',
    properties: {
      format: { type: 'string' },
      list: { type: 'array', items: { type: 'integer' } },
      minimum: { type: 'string' },
    },
    required: ['format', 'list', 'minimum'],
    additionalProperties: false,
  });
});

// Catches: an answer of ours that OpenAI refuses to hold a model to.
test.each([
  ['summary', summaryAnswer],
  ['learn', learnAnswer],
  ['graph', graphAnswer],
])('the answer %s can be held to strictly', (_, type) => {
  expect(isStrict(jsonSchemaOf(type))).toBe(true);
});

test.each([
  [z.object({ a: z.string().optional() })],
  [z.object({ a: z.record(z.string(), z.string()) })],
  [z.array(z.object({ a: z.string().optional() }))],
])('%# what may be left out or added cannot', (type) => {
  expect(isStrict(jsonSchemaOf(type))).toBe(false);
});
