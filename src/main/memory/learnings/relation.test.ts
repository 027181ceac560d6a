import { expect, test } from 'vitest';
import { createTextEmbedder } from '../../embed/query-vector.ts';
import { builtinModelFolder } from '../../embed/static/model-folder.ts';
import { createSharedModel } from '../../embed/static/shared-model.ts';
import { stem as stemOf } from '../../search/stem.ts';
import { createComparer } from './relation.ts';

const stem = (word: string) => stemOf(word, false);
const model = createTextEmbedder(createSharedModel(builtinModelFolder())).model(256);
const byMeaning = createComparer({ stem, embed: model.embed });
const byWords = createComparer({ stem, embed: null });

const cases: [string, string, string][] = [
  ['contradiction', 'Always use WAL mode for SQLite files.', 'Never use WAL mode for SQLite files.'],
  ['contradiction', 'Use pnpm instead of npm.', 'Use npm instead of pnpm.'],
  ['contradiction', 'The checkout timeout is 5 seconds.', 'The checkout timeout is 30 s.'],
  ['contradiction', 'Indent with tabs.', 'Indent with spaces.'],
  ['contradiction', 'Run the linter before the tests.', 'Run the linter after the tests.'],
  ['contradiction', '提交前必须运行测试。', '提交前不要运行测试。'],
  ['contradiction', '日志保留 7 天。', '日志保留 30 天。'],
  ['contradiction', '默认启用缓存。', '默认关闭缓存。'],
  ['duplicate', 'Uploads are limited to 8 MB.', 'Uploads must not be larger than 8 MB.'],
  ['contradiction', 'Uploads must not exceed 8 MB.', 'Uploads must not exceed 20 MB.'],
  ['different', 'Uploads must not be larger than 8 MB.', 'Scan uploads for viruses.'],
  ['duplicate', '上传文件限制为 8 MB。', '上传文件不能超过 8 MB。'],
  ['duplicate', 'The retry timeout is 5 s.', 'The retry timeout is 5000 ms.'],
  ['duplicate', 'Run the tests before committing.', 'Always execute the tests before you commit.'],
  ['duplicate', '安装依赖用 pnpm 而不是 npm。', '安装依赖优先使用 pnpm，不要用 npm。'],
  ['different', 'Use WAL mode for orders.db.', 'Use WAL mode for users.db.'],
  ['different', 'Do not edit generated files.', 'Name branches after the ticket.'],
  ['different', 'Compress images before uploading.', 'Compress videos before uploading.'],
  ['different', '接口超时设为 5 秒。', '日志保留 30 天。'],
];

// Catches: opposites that are merged because they have the same words, and different things that are.
test.each(cases)('%s: %s / %s', (kind, a, b) => {
  for (const { read, compare } of [byMeaning, byWords]) {
    const [one, other] = [read(a), read(b)];
    expect([compare(one, other).kind, compare(other, one).kind]).toEqual([kind, kind]);
  }
});

test('opposite and negation at once say the same', () => {
  const { read, compare } = byMeaning;
  const yes = read('Always use spaces for indentation in YAML.');
  expect(compare(yes, read('Never use tabs for indentation in YAML.')).kind).not.toBe('contradiction');
  expect(compare(read('use pnpm instead of npm'), read('never use npm')).kind).not.toBe('contradiction');
});

test('strange texts are compared without harm', () => {
  const { read, compare } = byMeaning;
  for (const text of ['', '。', '!!! ???', '\ud800', 'a'.repeat(50_000), '不'.repeat(20_000), '1 2 3 '.repeat(5_000)]) {
    const { similarity } = compare(read(text), read('Always use WAL mode.'));
    expect(similarity).toBeGreaterThanOrEqual(0);
    expect(similarity).toBeLessThanOrEqual(1);
  }
});
