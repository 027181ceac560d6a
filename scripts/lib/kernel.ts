import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';

const folder = join(import.meta.dirname, '../../src/main/search/vectors');
const source = join(folder, 'hamming-kernel.wat');

/** The compiled kernel as a module of TypeScript, so that neither a build nor a package has to carry one more file. */
export const kernelFile = join(folder, 'hamming-kernel.ts');

/** What `kernelFile` has to be. Throws where the source is wrong. */
export async function compiledKernel(): Promise<string> {
  const { parseWat } = await wabt();
  const module = parseWat(source, readFileSync(source, 'utf8'));
  try {
    module.validate();
    const base64 = Buffer.from(module.toBinary({}).buffer).toString('base64');
    const lines = [
      '/** `hamming-kernel.wat`, compiled by `node scripts/compile-kernel.ts`; base64. */',
      'export const hammingKernel =',
      `  '${base64}';`,
    ];
    return `${lines.join('\n')}\n`;
  } finally {
    module.destroy();
  }
}
