import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const words = ['alpha', 'beta', 'alpha beta', 'z', '##z', '数', 'a', 'b'];
const dimensions = 4;

export interface SmallModelOptions {
  tfMode?: 0 | 1 | 2;
  hasPhrases?: boolean;
}

/** Writes a model of eight tokens and four dimensions, each token along one of them, into the folder; returns the folder. */
export function smallModel(folder: string, { tfMode = 2, hasPhrases = false }: SmallModelOptions = {}): string {
  const file = Buffer.alloc(32 + words.length * (4 + dimensions));
  file.write('SEMB', 'latin1');
  for (const [at, value] of [1, words.length, dimensions, tfMode, hasPhrases ? 1 : 0].entries()) {
    file.writeUInt32LE(value, 4 + at * 4);
  }
  for (let row = 0; row < words.length; row++) {
    file.writeFloatLE(1, 32 + row * 4);
    file.writeInt8(100, 32 + words.length * 4 + row * dimensions + (row % dimensions));
  }
  writeFileSync(join(folder, 'embedder.bin'), file);
  writeFileSync(join(folder, 'vocab.txt'), `${words.join('\n')}\n`);
  return folder;
}
