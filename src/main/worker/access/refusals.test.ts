import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusals } from '../../../shared/messages/refusals.ts';

const main = join(import.meta.dirname, '../..');

/** As the catalogue writes it: `{{…}}` for whatever is put in. */
const withoutNames = (text: string): string => text.replaceAll(/\{\{\w+\}\}|\$\{[^}]*\}/g, '{}');

// Catches: a refusal that was said in other words, and stays English in a Chinese window from then on.
test('every sentence of the catalogue is one that the core says', async () => {
  const files = await Promise.all(
    ['worker/access', 'worker/permissions', 'worker/permissions/rules', 'worker/understanding', 'api', 'http'].map(
      async (folder) => {
        const names = await readdir(join(main, folder));
        return names
          .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
          .map((name) => join(folder, name));
      },
    ),
  );
  const sources = await Promise.all(files.flat().map((file) => readFile(join(main, file), 'utf8')));
  const said = withoutNames(sources.join('\n'));
  const sentences = Object.values(refusals.en).flatMap((section) => Object.values<string>(section));
  expect(sentences.length).toBeGreaterThan(10);
  expect(sentences.filter((sentence) => !said.includes(withoutNames(sentence)))).toEqual([]);
});
