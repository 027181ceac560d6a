import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mode } from './mode.ts';
import { codingMode } from './modes/coding.ts';
import { readModes } from './read-modes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'modes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const research = { ...codingMode, name: 'research', title: 'Research', fragments: { ask: 'Cite papers.' } };
const put = (name: string, content: unknown) =>
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));

test('the built-in mode is a mode', () => {
  expect(mode.parse(codingMode)).toEqual(codingMode);
});

test('modes of a person come after the built-in one', async () => {
  put('research.json', research);
  put('notes.txt', 'none');
  expect(await readModes(folder)).toEqual({ modes: [codingMode, research], problems: [] });
});

test('without a folder there is the built-in one', async () => {
  expect(await readModes(join(folder, 'nowhere'))).toEqual({ modes: [codingMode], problems: [] });
});

// Catches: a mode that is left out without a word, and one bad file that takes the others along.
test.each([
  ['no JSON', '{', /bad\.json: It is no JSON/],
  ['nothing in it', {}, /bad\.json: name: .*; title: .*And \d+ more/],
  ['an unknown part', { ...research, name: 'bad', colour: 'red' }, /bad\.json: .*colour/],
  ['an unknown prompt', { ...research, name: 'bad', fragments: { sing: 'La' } }, /bad\.json: fragments.*sing/],
  ['a name that is no name', { ...research, name: 'Bad Mode' }, /small letters/],
  ['another name than its file', { ...research, name: 'worse' }, /call the file worse\.json/],
  ['too much', `"${'x'.repeat(300_000)}"`, /longer than 256 kB/],
])('a file with %s is told, and the others are read', async (_, content, words) => {
  put('bad.json', content);
  put('research.json', research);
  const { modes, problems } = await readModes(folder);
  expect(modes.map(({ name }) => name)).toEqual(['coding', 'research']);
  expect(problems).toEqual([expect.stringMatching(words)]);
});

test('a mode of a person does not take the place of the built-in one', async () => {
  put('coding.json', { ...codingMode, role: 'Be somebody else.' });
  const { modes, problems } = await readModes(folder);
  expect([modes, problems]).toEqual([[codingMode], [expect.stringMatching(/another mode of the name "coding"/)]]);
});
