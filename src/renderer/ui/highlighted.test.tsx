import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Highlighted } from './highlighted.tsx';
import { RichText } from './rich-text.tsx';

afterEach(cleanup);

// Catches: marks over the wrong letters, and text that is taken for markup.
test('marks ranges and leaves markup as text', () => {
  const { container } = render(<Highlighted text="<b>busy</b> timeout" ranges={[[3, 7]]} />);
  expect(container.textContent).toBe('<b>busy</b> timeout');
  expect([...container.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['busy']);
  expect(container.querySelector('b')).toBeNull();
});

// Catches: a message whose text changes by being shown nicely.
test.each([
  ['plain\nlines', ['P'], 'plain\nlines'],
  ['use `busy_timeout` and **WAL**', ['P', 'CODE', 'STRONG'], 'use busy_timeout and WAL'],
  ['before\n```js\nlet a;\n```\nafter', ['P', 'PRE', 'P'], 'beforelet a;after'],
  ['<script>alert(1)</script>', ['P'], '<script>alert(1)</script>'],
  ['an open ``` fence', ['P'], 'an open ``` fence'],
  ['2 * 3 ** 4', ['P'], '2 * 3 ** 4'],
])('shows %j', (text, tags, shown) => {
  const { container } = render(<RichText text={text} />);
  expect([...container.querySelectorAll('*')].map((element) => element.tagName)).toEqual(tags);
  expect(container.textContent).toBe(shown);
});
