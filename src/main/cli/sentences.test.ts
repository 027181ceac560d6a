import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { anyValue, saidSentences } from '../../../e2e/architecture/said-sentences.ts';
import { coreSentences } from '../../shared/messages/core-sentences.ts';
import { grammarMessages } from '../../shared/messages/cli-grammar.ts';
import { inputSentences, things } from '../../shared/messages/input-sentences.ts';
import { coreText, grammarText } from './sentences.ts';

const main = join(import.meta.dirname, '..');

/** Said to programs, or kept with a job: no command shows them. */
const elsewhere = new Set([
  'A memory was stored.',
  `A search found ${anyValue}.`,
  `The app ended ${anyValue} times while this job ran, so it is not tried again by itself.`,
  'The event could not be stored; it is read again from the transcript when the turn ends.',
]);

async function sourcesOf(folder: string) {
  const names = await readdir(join(main, folder), { recursive: true });
  const wanted = names.filter(
    (name) =>
      /^(?!.*\.test\.).*\.ts$/.test(name) && !/(?:^|\/)testing\/|^api\/(?:tools|outputs)\//.test(`${folder}/${name}`),
  );
  return Promise.all(
    wanted.map(async (name) => ({ path: `${folder}/${name}`, text: await readFile(join(main, folder, name), 'utf8') })),
  );
}

// Catches: a refusal that was added or said in other words, and is English after a Chinese “错误：” from then on.
test('every refusal of the core has Chinese', async () => {
  const files = [...(await sourcesOf('api')), ...(await sourcesOf('worker'))];
  const said = new Set(files.flatMap(({ path, text }) => saidSentences(path, text)));
  expect(said.size).toBeGreaterThan(120);
  const untranslated = [...said].filter(
    (sentence) => !elsewhere.has(sentence) && !/\p{Script=Han}/u.test(coreText(sentence, 'zh-CN')),
  );
  expect(untranslated).toEqual([]);
});

// Catches: a thing that is looked for by an id and stays English within a Chinese sentence.
test('everything that can be missing has a Chinese name', async () => {
  const files = await sourcesOf('api/routers');
  const named = files.flatMap(({ text }) =>
    [...text.matchAll(/found\([^]*?,\s*'([a-z ]+)',/g)].map(([, what]) => what),
  );
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((what) => what === undefined || !Object.hasOwn(things, what))).toEqual([]);
});

test('both languages of a sentence have the same names', () => {
  const namesIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted();
  const grammar = Object.entries(grammarMessages.en.grammar).map(([key, english]) => [
    english,
    Object.entries(grammarMessages['zh-CN'].grammar).find(([other]) => other === key)?.[1] ?? '',
  ]);
  for (const [english = '', chinese = ''] of [...coreSentences, ...inputSentences, ...grammar]) {
    expect([english, namesIn(chinese)]).toEqual([english, namesIn(english)]);
  }
});

test.each([
  ['There is no permission request with the id nope.', '没有 id 为 nope 的权限请求。'],
  ['There is no key with the id session.', '没有 id 为 session 的密钥。'],
  ['backups.kept takes a number from 1 to 100, not 99999.', 'backups.kept 需要 1 到 100 之间的数字，而不是 99999。'],
  ['✖ Say what to remember.\n  → at text', '请说明要记住什么。'],
  ['✖ It is missing: give one of a, b.\n  → at kind', '缺少：请给出其中之一：a, b。'],
  ['✖ Give a text or a list, not null.\n  → at q', '请给出文本或列表，而不是null。'],
  [
    'search cannot be called like this. query: It is missing: give a text.',
    '不能这样调用 search。query：缺少：请给出文本。',
  ],
  ['Something new.', 'Something new.'],
])('%s', (english, chinese) => {
  expect(coreText(english, 'zh-CN')).toBe(chinese);
  expect(coreText(english, 'en')).not.toContain('✖');
});

test('what commander says in English stays as it is, without its own mark', () => {
  expect(grammarText("error: unknown option '--x'", 'en')).toBe("unknown option '--x'");
});
