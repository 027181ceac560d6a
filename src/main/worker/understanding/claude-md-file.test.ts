import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../store/testing/temporary-store.ts';
import { putSection } from './claude-md-file.ts';

const section = '<!-- claude-mem:begin -->\n\n- 始终用 WAL\n\n<!-- claude-mem:end -->';
let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let backups: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.dir, 'CLAUDE.md');
  backups = join(folder.dir, 'backups');
});
afterEach(() => folder.remove());

const put = (text: string | null = section) => putSection(file, text, backups);

// Catches: any byte of the rest that changes: line ends, encodings, a missing last line end, what stands behind.
test.each<[string, Buffer]>([
  ['empty', Buffer.from('')],
  ['plain', Buffer.from('# Project\n\nText\n')],
  ['no line end', Buffer.from('# Project')],
  ['CRLF and a mark of order', Buffer.from('\uFEFF# Project\r\n\r\nText\r\n')],
  ['not UTF-8', Buffer.from([0x23, 0x20, 0xff, 0xfe, 0xe9, 0x0a])],
])('the rest stays as it is: %s', async (_, before) => {
  writeFileSync(file, before);
  await put();
  const written = readFileSync(file);
  expect(written.subarray(0, before.length)).toEqual(before);
  expect(written.toString('utf8').replaceAll('\r\n', '\n')).toContain(section);
  await put();
  expect(readFileSync(file)).toEqual(written);
  const behind = Buffer.concat([written, Buffer.from('behind')]);
  writeFileSync(file, behind);
  await put(section.replace('WAL', 'WAL 模式'));
  const again = readFileSync(file);
  expect(again.toString('latin1').startsWith(before.toString('latin1'))).toBe(true);
  expect(again.toString('latin1').endsWith('behind')).toBe(true);
  expect(again.toString('utf8').split('claude-mem:begin')).toHaveLength(2);
});

// Catches: a file that nobody can read any more, because what is added is written otherwise than the rest.
test('a file in UTF-16 is refused and stays as it is', async () => {
  const before = Buffer.from('\uFEFF# Project\n', 'utf16le');
  writeFileSync(file, before);
  await expect(put()).rejects.toThrow(/UTF-8/);
  expect(readFileSync(file)).toEqual(before);
});

test('a new file is made, an empty section taken out, and what was there is kept in the backups', async () => {
  await put();
  expect(readFileSync(file, 'utf8')).toBe(`${section}\n`);
  expect(existsSync(backups)).toBe(false);
  writeFileSync(file, '# Mine\n');
  chmodSync(file, 0o640);
  await put();
  expect(statSync(file).mode & 0o777).toBe(0o640);
  await put(null);
  expect(readFileSync(file, 'utf8')).toBe('# Mine\n');
  expect(
    readdirSync(backups)
      .map((name) => readFileSync(join(backups, name), 'utf8'))
      .toSorted(),
  ).toEqual(['# Mine\n', `# Mine\n\n${section}\n`].toSorted());
  expect(readdirSync(folder.dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

// Catches: a path that leads out of where it seems to, or a file that is no Markdown.
test.each([
  ['a relative path', 'CLAUDE.md'],
  ['dots', '{folder}/sub/../CLAUDE.md'],
  ['another kind of file', '{folder}/.bashrc'],
  ['a folder that is not there', '{folder}/none/CLAUDE.md'],
  ['a folder', '{folder}/folder.md'],
  ['a link', '{folder}/link.md'],
  ['a link to nowhere', '{folder}/lost.md'],
])('%s is refused', async (_, path) => {
  mkdirSync(join(folder.dir, 'folder.md'));
  symlinkSync('/etc/hosts', join(folder.dir, 'link.md'));
  symlinkSync(join(folder.dir, 'gone'), join(folder.dir, 'lost.md'));
  const refused = putSection(path.replace('{folder}', folder.dir), section, backups);
  await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(existsSync(backups)).toBe(false);
});

test.each([
  '<!-- claude-mem:begin -->',
  '<!-- claude-mem:end -->\n<!-- claude-mem:begin -->',
  `${section}\n${section}`,
])('marks that are not in order are left alone: %s', async (text) => {
  writeFileSync(file, text);
  await expect(put()).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(readFileSync(file, 'utf8')).toBe(text);
});
