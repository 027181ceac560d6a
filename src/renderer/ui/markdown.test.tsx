import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Markdown } from './markdown.tsx';

afterEach(cleanup);

/** The drawn HTML without what is only looks. */
function drawn(text: string): string {
  const { container } = render(<Markdown text={text} headingLevel={4} />);
  return (container.firstElementChild?.innerHTML ?? '')
    .replaceAll(/ (?:class|dir|title|target|rel|role)="[^"]*"/g, '')
    .replaceAll(/<\/?div>/g, '');
}

// Catches: a message that shows its signs instead of what they mean, or loses text.
test.each([
  ['two\nlines\n\nthen one', '<p>two\nlines</p><p>then one</p>'],
  ['# Title #\ntext', '<div aria-level="4">Title<p>text</p>'],
  ['#hashtag', '<p>#hashtag</p>'],
  [
    '- a\n- b\n  - c\n\n    more\n- d',
    '<ul><li><p>a</p></li><li><p>b</p><ul><li><p>c</p><p>more</p></li></ul></li><li><p>d</p></li></ul>',
  ],
  ['3. x\n4. y', '<ol start="3"><li><p>x</p></li><li><p>y</p></li></ol>'],
  ['in\n2026. it began', '<p>in\n2026. it began</p>'],
  ['text:\n- a', '<p>text:</p><ul><li><p>a</p></li></ul>'],
  ['> q\n> - a', '<blockquote><p>q</p><ul><li><p>a</p></li></ul></blockquote>'],
  ['```ts\n# no\n\n- no\n```\nafter', '<pre># no\n\n- no</pre><p>after</p>'],
  ['```\nnever closed', '<pre>never closed</pre>'],
  [
    '| a | b |\n|---|:-:|\n| 1 | `x\\|y` |\n| 2 |',
    '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td><code>x|y</code></td></tr><tr><td>2</td><td></td></tr></tbody></table>',
  ],
  ['a | b', '<p>a | b</p>'],
  ['---', '<hr>'],
  ['**bold *and* more** `code`', '<p><strong>bold <em>and</em> more</strong> <code>code</code></p>'],
  ['snake_case_name and 2 * 3 * 4', '<p>snake_case_name and 2 * 3 * 4</p>'],
  ['**登录**失败', '<p><strong>登录</strong>失败</p>'],
  ['``a ` b``', '<p><code>a ` b</code></p>'],
  [String.raw`\*not\*`, '<p>*not*</p>'],
  ['[docs](https://a.b/c_(d))', '<p><a href="https://a.b/c_(d)">docs</a></p>'],
  ['见 https://a.b/c。好', '<p>见 <a href="https://a.b/c">https://a.b/c</a>。好</p>'],
  ['[me](mailto:a@b.c)', '<p><a href="mailto:a@b.c">me</a></p>'],
])('%j', (text, expected) => {
  expect(drawn(text)).toBe(expected.replaceAll(/<\/?div>/g, ''));
});

// Catches: a message that runs a script, leads to another scheme, or hides where it leads.
test.each([
  [
    '<img src=x onerror=alert(1)><script>1</script>',
    '<p>&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;1&lt;/script&gt;</p>',
  ],
  ['[x](javascript:alert(1))', '<p><em>x (javascript:alert(1))</em></p>'],
  ['[x](JaVaScRiPt:alert(1))', '<p><em>x (JaVaScRiPt:alert(1))</em></p>'],
  ['[x](data:text/html,1)', '<p><em>x (data:text/html,1)</em></p>'],
  ['[x](http://a.b)', '<p><em>x (http://a.b)</em></p>'],
  ['[x](file:///etc/passwd)', '<p><em>x (file:///etc/passwd)</em></p>'],
  ['[db.js](src/db.js)', '<p><em>db.js (src/db.js)</em></p>'],
  ['[x](https://a.b" onclick="1)', '<p><a href="https://a.b&quot;/">x</a></p>'],
  ['`\u202Egnp.exe`', '<p><code>⟨U+202E⟩gnp.exe</code></p>'],
])('%j is harmless', (text, expected) => {
  expect(drawn(text)).toBe(expected);
});

// Catches: a message that freezes the window. Linear work on these takes seconds at the most, quadratic more than a test may.
test.each([
  ['openers', '*'.repeat(200_000)],
  ['brackets', '['.repeat(200_000)],
  ['links that do not end', '[a]('.repeat(20_000)],
  ['code marks', '`a``b'.repeat(8_000)],
  ['marks with text', '**a '.repeat(8_000)],
  ['deep quotes', '>'.repeat(200_000)],
  ['deep lists', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth * 2)}- x`).join('\n')],
  ['blank lines in a list', `- a${'\n'.repeat(200_000)}  b`],
  ['pipes', `${'|'.repeat(50_000)}\n${'|-'.repeat(50_000)}`],
])('%s without end are drawn', (_name, text) => {
  const { container } = render(<Markdown text={text} headingLevel={4} />);
  expect(container.firstElementChild).not.toBeNull();
});
