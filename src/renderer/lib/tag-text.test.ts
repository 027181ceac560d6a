import { expect, test } from 'vitest';
import { tagText, typedTags } from './tag-text.ts';

// Catches: tags of one language's commas only, and a tag with a comma that another edit takes apart.
test.each<[typed: string, before: string[], tags: string[]]>([
  ['', [], []],
  [' , ，、 ', ['a'], []],
  ['release, database', [], ['release', 'database']],
  ['发布、数据库，前端', [], ['发布', '数据库', '前端']],
  ['a, a ,b', ['a'], ['a', 'b']],
  [tagText(['中、英', 'b']), ['中、英', 'b'], ['中、英', 'b']],
])('%j typed over %j', (typed, before, tags) => {
  expect(typedTags(typed, before)).toEqual(tags);
});
