import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { createEncoder } from './encode.ts';
import { builtinModelFolder } from './model-folder.ts';
import { createSharedModel, openModelMemory } from './shared-model.ts';
import { openStaticModel, staticModelId } from './static-model.ts';
import { smallModel } from './testing/small-model.ts';
import { specifiedTokens } from './testing/specified-tokens.ts';

interface GoldenItem {
  text: string;
  ids: number[];
  first16: number[];
  fnv1a256: string;
  fnv1a128: string;
}

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../e2e/fixtures/embedder/golden.json'), 'utf8'),
) as { items: GoldenItem[] };
const folder = builtinModelFolder();
const shared = createSharedModel(folder);
const folders: string[] = [];

afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true });
});

function temporaryFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'claude-mem-model-'));
  folders.push(made);
  return made;
}

function fnv1a(vector: Float32Array): string {
  let hash = 0x81_1c_9d_c5 | 0;
  for (const byte of new Uint8Array(vector.buffer)) hash = Math.imul(hash ^ byte, 0x01_00_01_93);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

describe('the model that ships', () => {
  const memory = openModelMemory(shared);
  const encode = createEncoder(memory, memory.layout.hasPhrases);

  test('gives what other implementations of its specification give, bit for bit', () => {
    const full = openStaticModel(shared);
    const half = openStaticModel(shared, 128);
    expect(golden.items).toHaveLength(200);
    for (const item of golden.items) {
      const vector = full.embed(item.text);
      expect({
        text: item.text,
        ids: Array.from(encode(item.text)),
        first16: Array.from(vector.subarray(0, 16)),
        fnv1a256: fnv1a(vector),
        fnv1a128: fnv1a(half.embed(item.text)),
      }).toEqual(item);
    }
  });

  test('tokenises hostile texts as the regular expressions of the specification do', () => {
    const lines = readFileSync(join(folder, 'vocab.txt'), 'utf8').split('\n');
    const vocabulary = new Map(lines.slice(0, -1).map((token, id) => [token, id]));
    // Pieces that meet at every rule's border, put together by a generator with a fixed seed.
    const pieces = [
      'c++ C++ c# F# c#x C+ xc++ # + HTTPServer parseJSON2 aBcD ABc 9Lives SQLITE_BUSY 0x1F İ K ß - _ .'.split(' '),
      [
        '数据库',
        '迁移',
        '㐀龦',
        '龥',
        'é',
        'ﬁ',
        'Ａｂ',
        '½',
        '한글',
        'кот',
        '🙂',
        '\u0301',
        '\u0000',
        '\uD800',
        '\uFFFF',
      ],
      ['', ' ', '\n', '\uF900', 'z'.repeat(40), 'qx'.repeat(20)],
    ].flat();
    let seed = 7;
    const random = (below: number) => (seed = (Math.imul(seed, 48_271) >>> 0) % 2_147_483_647) % below;
    for (let round = 0; round < 3_000; round++) {
      const text = Array.from({ length: 1 + random(12) }, () => pieces[random(pieces.length)] ?? '').join('');
      expect(Array.from(encode(text)), JSON.stringify(text)).toEqual(specifiedTokens(text, vocabulary, false));
    }
  });

  test('knows nothing of a text without words, and says so with zeros instead of NaN', () => {
    for (const text of ['', '   ', '🙂🙂', '한글', '\u0301']) {
      expect([...openStaticModel(shared).embed(text)].every((value) => value === 0)).toBe(true);
    }
  });

  test('gives each caller a vector of its own', () => {
    const model = openStaticModel(shared);
    const first = model.embed('database migration');
    const copy = Float32Array.from(first);
    model.embed('another text entirely');
    expect(first).toEqual(copy);
  });

  test('is named anew when its weights change', () => {
    const hash = createHash('sha256');
    for (const file of ['embedder.bin', 'vocab.txt']) hash.update(readFileSync(join(folder, file)));
    // Vectors of two sets of weights under one name would be compared with each other.
    expect([staticModelId, hash.digest('hex').slice(0, 16)]).toMatchInlineSnapshot(`
      [
        "static-en-zh-1",
        "0ae8449341a93698",
      ]
    `);
  });
});

describe('memory that threads share', () => {
  test('is filled by the first who asks, and read by the others', async () => {
    const model = createSharedModel(folder);
    const places = ['a', 'b', 'c'].map(
      () => new Worker(join(import.meta.dirname, 'testing/embed-thread.ts'), { workerData: model }),
    );
    const hashes = await Promise.all(
      places.map((thread) => new Promise((resolve, reject) => thread.once('message', resolve).once('error', reject))),
    );
    const { embed } = openStaticModel(model);
    expect(hashes).toEqual(Array(3).fill(fnv1a(embed('shared between threads'))));
  });

  test('is loaded by another when the thread that began it has died', () => {
    const model = createSharedModel(smallModel(temporaryFolder()));
    new Int32Array(model.memory)[0] = 1;
    expect(openModelMemory(model, 20).units.subarray(0, 5)).toEqual(Uint16Array.from(Buffer.from('alpha')));
  });
});

describe('a model that cannot be used', () => {
  const damages: [string, (dir: string) => void, RegExp][] = [
    ['is not there', (dir) => rmSync(join(dir, 'embedder.bin')), /ENOENT/],
    ['has no vocabulary', (dir) => rmSync(join(dir, 'vocab.txt')), /ENOENT/],
    ['is cut short', (dir) => truncateSync(join(dir, 'embedder.bin'), 50), /cut short/],
    ['has a header only in part', (dir) => truncateSync(join(dir, 'embedder.bin'), 10), /empty/],
    ['is something else', (dir) => writeFileSync(join(dir, 'embedder.bin'), 'GGUF'.repeat(30)), /no model/],
    ['has a word too many', (dir) => writeFileSync(join(dir, 'vocab.txt'), 'a\nb\nc\nd\ne\nf\ng\nh\ni\n'), /lines/],
    ['has a word too few', (dir) => writeFileSync(join(dir, 'vocab.txt'), 'a\n'), /lines/],
    ['has words that are no text', (dir) => writeFileSync(join(dir, 'vocab.txt'), Buffer.from([0xff, 10])), /./],
  ];

  test.each(damages)('one that %s is told as missing, in a sentence', (_, damage, reason) => {
    const dir = smallModel(temporaryFolder());
    damage(dir);
    const model = createSharedModel(dir);
    const open = () => openStaticModel(model);
    expect(open).toThrow(expect.objectContaining({ code: 'MODEL_MISSING' }));
    expect(open).toThrow(reason);
    // Asked again, it does not wait for a load that nobody does.
    expect(open).toThrow(/cannot be read/);
  });

  test('can be mended while the app runs, when its size was right', () => {
    const dir = smallModel(temporaryFolder());
    const vocabulary = readFileSync(join(dir, 'vocab.txt'));
    writeFileSync(join(dir, 'vocab.txt'), Buffer.alloc(vocabulary.byteLength, 10));
    const model = createSharedModel(dir);
    expect(() => openStaticModel(model, 4)).toThrow(/lines/);
    writeFileSync(join(dir, 'vocab.txt'), vocabulary);
    expect(openStaticModel(model, 4).embed('alpha')).toHaveLength(4);
  });
});

describe('models with other headers', () => {
  test('phrases join two words that follow each other, across what separates them', () => {
    const memory = openModelMemory(createSharedModel(smallModel(temporaryFolder(), { hasPhrases: true })));
    const tokens = (text: string) => Array.from(createEncoder(memory, memory.layout.hasPhrases)(text));
    const words = readFileSync(join(smallModel(temporaryFolder()), 'vocab.txt'), 'utf8').split('\n');
    const vocabulary = new Map(words.slice(0, -1).map((token, id) => [token, id]));
    for (const text of [
      'alpha beta',
      'Alpha, BETA!',
      'alphaBeta',
      'alpha 数 beta',
      'alpha zzz beta',
      'beta alpha beta',
    ]) {
      expect(tokens(text), text).toEqual(specifiedTokens(text, vocabulary, true));
    }
    expect(tokens('alpha beta')).toContain(vocabulary.get('alpha beta'));
  });

  test.each([
    [0, 3],
    [1, 1],
    [2, Math.sqrt(3)],
  ] as const)('mode %i weighs a token that occurs three times with %f', (tfMode, weight) => {
    const model = openStaticModel(createSharedModel(smallModel(temporaryFolder(), { tfMode })), 4);
    // alpha lies along the first dimension, beta along the second.
    const [alpha = 0, beta = 0] = model.embed('alpha alpha beta alpha');
    expect(alpha / beta).toBeCloseTo(weight, 5);
  });
});

test('the app finds its model where it is built and where it runs from its sources', () => {
  expect(folder.replaceAll('\\', '/')).toMatch(/resources\/embedder$/);
  const copy = temporaryFolder();
  copyFileSync(join(folder, 'vocab.txt'), join(copy, 'vocab.txt'));
  expect(createSharedModel(copy)).toMatchObject({ layout: null });
});
