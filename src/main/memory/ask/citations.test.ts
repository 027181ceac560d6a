import { expect, test } from 'vitest';
import { checkCitations, citedIn, createCitationFilter } from './citations.ts';

const texts: [given: string, checked: string, cited: number[]][] = [
  ['It is WAL. [1]', 'It is WAL. [1]', [1]],
  ['It is WAL [1][3].', 'It is WAL [1][3].', [1, 3]],
  ['It is WAL [1, 3] now', 'It is WAL [1][3] now', [1, 3]],
  ['It is WAL [1-3] now', 'It is WAL [1][2][3] now', [1, 2, 3]],
  ['用 WAL。【2】', '用 WAL。[2]', [2]],
  ['用 WAL【1、2】。', '用 WAL[1][2]。', [1, 2]],
  ['Made up [7].', 'Made up.', []],
  ['Half made up [1, 7].', 'Half made up [1].', [1]],
  ['Zero [0], big [999] and [3-1]', 'Zero, big and [3]', [3]],
  ['A [link](x), an [array] and [1.5]', 'A [link](x), an [array] and [1.5]', []],
  ['Cut off [', 'Cut off [', []],
  ['Cut off [1', 'Cut off [1', []],
  ['twice [1] [1]', 'twice [1] [1]', [1]],
];

test.each(texts)('%j', (given, checked, cited) => {
  expect(checkCitations(given, 3)).toBe(checked);
  expect(citedIn(checked)).toEqual(cited);
});

// Catches: half a citation shown, or one of a source that is not there, because it came in two pieces.
test.each(texts)('%j in pieces of any length', (given, checked) => {
  for (let length = 1; length <= given.length; length++) {
    const filter = createCitationFilter(3);
    let shown = '';
    for (let at = 0; at < given.length; at += length) shown += filter.push(given.slice(at, at + length));
    expect(shown + filter.end()).toBe(checked);
  }
});
