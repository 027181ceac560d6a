import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseSourceFile } from '../architecture/source-files.ts';

export const out = resolve(import.meta.dirname, '../../out');

export interface Closure {
  /** Absolute paths of the entries and every chunk that they reach. */
  files: string[];
  /** What they import that is not theirs: packages and Node's modules. */
  externals: Set<string>;
  sizeBytes: number;
}

/** Follows the imports of built entries, `new URL('x.js', import.meta.url)` of threads left to the caller. */
export function closureOf(...entries: string[]): Closure {
  return closureWithout(null, ...entries);
}

/** The same without the chunks whose names match: what is fetched later. */
export function closureWithout(later: RegExp | null, ...entries: string[]): Closure {
  const queue = entries.map((entry) => resolve(out, entry));
  const files = new Set<string>();
  const externals = new Set<string>();
  let sizeBytes = 0;
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (files.has(file) || later?.test(file)) continue;
    files.add(file);
    const text = readFileSync(file, 'utf8');
    sizeBytes += Buffer.byteLength(text);
    for (const { specifier } of parseSourceFile(file, text).imports) {
      if (specifier.startsWith('.')) queue.push(resolve(dirname(file), specifier));
      else externals.add(specifier);
    }
  }
  return { files: [...files], externals, sizeBytes };
}
