import { describe, expect, test } from 'vitest';
import { matchProject } from './find-project.ts';

const projects = [
  { id: '1', name: 'shop', root: '/home/dev/shop' },
  { id: '2', name: 'api', root: '/home/dev/shop/packages/api' },
  { id: '3', name: 'api', root: '/srv/api' },
  { id: '4', name: 'desk', root: 'C:\\Users\\Dev\\desk' },
  { id: '5', name: '商店', root: '/home/dev/商店' },
];

// Catches: a neighbour folder taken for the project, and Windows paths that match only when they are spelt alike.
test.each([
  ['1', '1'],
  ['SHOP', '1'],
  ['商店', '5'],
  ['/home/dev/shop', '1'],
  ['/home/dev/shop/', '1'],
  ['/home/dev/shop/src', '1'],
  ['/home/dev/shop/packages/api/src', '2'],
  ['c:/users/dev/DESK/src', '4'],
  ['C:\\Users\\Dev\\desk', '4'],
])('%s is project %s', (value, id) => expect(matchProject(projects, value).id).toBe(id));

describe('what means no project', () => {
  test.each([
    ['/home/dev/shopping', /no project "\/home\/dev\/shopping".*shop \(1\)/],
    ['/home/dev', /no project/],
    ['shop ', /no project/],
    ['', /no project/],
    ['api', /Several projects.*api \(2\), api \(3\)/],
    ['x'.repeat(4_000), /no project "x{99}…"/],
  ])('%s is refused, naming those there are', (value, said) => {
    expect(() => matchProject(projects, value)).toThrow(said);
  });

  // Catches: an agent that is told to leave out what it has to give, and tries in vain.
  test('and may be left out only where it can be', () => {
    expect(() => matchProject(projects, 'nope')).toThrow(/Leave it out, or give one/);
    expect(() => matchProject(projects, 'nope', true)).toThrow(/"nope"\. Give one of these\. Projects: shop/);
  });
});
