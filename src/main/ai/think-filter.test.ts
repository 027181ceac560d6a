import { expect, test } from 'vitest';
import { createThinkFilter } from './think-filter.ts';

function filtered(pieces: readonly string[]): string {
  const filter = createThinkFilter();
  return pieces.map((piece) => filter.push(piece)).join('') + filter.end();
}

// Catches: a mark that is cut in two by the stream, and an answer that is lost for looking like a thought.
test.each([
  ['<think>Hm.</think>\n\nYes.', 'Yes.'],
  ['  <think>a < b </thin></think>Yes <think>of course</think>.', 'Yes <think>of course</think>.'],
  ['No thought at all.', 'No thought at all.'],
  ['<thin', '<thin'],
  ['<thinking> is a tag.', '<thinking> is a tag.'],
  ['<think>never ends', ''],
  ['', ''],
])('%j becomes %j, whole or letter by letter', (text, answer) => {
  expect(filtered([text])).toBe(answer);
  expect(filtered([...text])).toBe(answer);
});
