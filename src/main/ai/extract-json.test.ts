import { expect, test } from 'vitest';
import { extractJson } from './extract-json.ts';

// Catches: an answer that was paid for and thrown away because of words around it, and half an answer taken for a whole one.
test.each<[string, string, unknown]>([
  ['the whole text', ' {"a": 1}\n', { a: 1 }],
  ['a list', '[1, 2]', [1, 2]],
  ['a fence with a name', '```json\n{"a": 1}\n```', { a: 1 }],
  ['a fence without one, among prose', 'Here:\n```\n[{"a": 1}]\n```\nDone.', [{ a: 1 }]],
  ['the fence that can be read', '```js\nfoo(\n```\n```json\n{"a": 1}\n```', { a: 1 }],
  ['prose before and behind', 'I think {"a": {"b": "}"}} is right.', { a: { b: '}' } }],
  ['the longest of several', 'Not {"a": 1} but {"a": 1, "b": [2, 3]}.', { a: 1, b: [2, 3] }],
  ['quotes and backslashes', 'x {"a": "\\"}\\\\"} y', { a: '"}\\' }],
  ['what follows a bracket that is never closed', '{ [ {"a": 1}', { a: 1 }],
  ['nothing in prose', 'No JSON here.', undefined],
  ['nothing in half an answer', '{"title": "The lock", "done": [', undefined],
  ['nothing in code', '{ a: 1 }', undefined],
  ['nothing in nothing', '', undefined],
])('finds %s', (_, text, value) => {
  expect(extractJson(text)).toEqual(value);
});

// Catches: a parser that is quadratic in what a model says.
test('comes to an end with a text of brackets alone', () => {
  expect(extractJson('['.repeat(200_000))).toBeUndefined();
  expect(extractJson('{"a":'.repeat(50_000))).toBeUndefined();
});
