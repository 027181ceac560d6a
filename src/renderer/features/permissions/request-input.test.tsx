import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { laterMessages } from '../../../shared/messages/window-later.ts';
import { addMessages, startI18n } from '../../lib/i18n.ts';
import { RequestInput } from './request-input.tsx';

beforeAll(() => {
  startI18n('en');
  addMessages(laterMessages);
});
afterEach(cleanup);

const path = '/home/dev/shop-api/src/db.js';

/** The blocks that are seen at once, each with its heading and its lines; signs stand before what is added and removed. */
function shown(tool: string, input: object): [string, string][] {
  render(<RequestInput tool={tool} input={input} summary="src/db.js" />);
  return screen
    .getAllByRole('region')
    .filter((block) => block.closest('details:not([open])') === null)
    .map((block) => {
      const heading = block.querySelector('header')?.textContent ?? '';
      const lines = [...block.querySelectorAll('[role="group"] > div > div')].map((line) => line.textContent);
      return [heading, lines.join('\n')];
    });
}

// Catches: a change that a person has to put together from two boxes with the names of fields.
test('an edit is shown as a change, with its fields folded beneath', () => {
  const input = { file_path: path, old_string: 'const a = 1;\nwait(1_000)', new_string: 'const a = 1;\nwait(5_000)' };
  expect(shown('Edit', input)).toEqual([[path, 'const a = 1;\n−wait(1_000)\n+wait(5_000)']]);
  const fields = screen.getByText('All that Edit would be given').closest('details');
  expect(fields?.open).toBe(false);
  for (const name of Object.keys(input)) expect(fields?.textContent).toContain(name);
});

test('several edits and a whole file are shown as such', () => {
  const edits = [
    { old_string: 'a', new_string: 'b' },
    { old_string: 'c', new_string: '', replace_all: true },
  ];
  expect(shown('MultiEdit', { file_path: path, edits })).toEqual([
    [path, '−a\n+b'],
    [path, '−c'],
  ]);
  screen.getByText(/at every place/);
  cleanup();
  expect(shown('Write', { file_path: path, content: 'one\ntwo\n' })).toEqual([[path, '1one\n2two']]);
  expect(screen.queryByText(/at every place/)).toBeNull();
});

// Catches: a character that turns or hides the text that a person allows.
test.each([
  ['Edit', { file_path: path, old_string: 'a', new_string: 'b\u202Ec\u001B[2Kd' }, '−a\n+b\\u{202e}c\\u{1b}[2Kd'],
  ['Write', { file_path: path, content: 'x\u200By\r\nz' }, '1x\\u{200b}y\\u{d}\n2z'],
  ['Write', { file_path: path, content: '[elided: 900 characters]' }, '1[elided: 900 characters]'],
])('%s shows what is hidden: %j', (tool, input, lines) => {
  expect(shown(tool, input)).toEqual([[path, lines]]);
});

// Catches: a change that is drawn from a field by which the tool does not go.
test('a field of another tool does not make another change of it', () => {
  const edits = [{ old_string: 'harmless', new_string: 'also harmless' }];
  const input = { file_path: path, old_string: 'safe', new_string: 'rm -rf /', edits };
  expect(shown('Edit', input)).toEqual([[path, '−safe\n+rm -rf /']]);
});

// Catches: a question about which nothing can be seen, because its input is not of the known form.
test.each([
  ['Edit', { file_path: path, old_string: 1, new_string: 'b' }, ['file_path', 'old_string', 'new_string']],
  ['Edit', { file_path: path, old_string: '', new_string: '' }, ['file_path', 'old_string', 'new_string']],
  ['MultiEdit', { file_path: path, edits: 'all' }, ['file_path', 'edits']],
  ['WebFetch', { url: 'https://example.com' }, ['url']],
])('%s with %j is shown field by field', (tool, input, names) => {
  expect(shown(tool, input).map(([heading]) => heading)).toEqual(names);
});
