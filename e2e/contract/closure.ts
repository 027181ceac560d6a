import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type ImportFound, parseSourceFile } from '../architecture/source-files.ts';

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
  return follow(entries, () => true);
}

/** The same without the chunks whose names match: what is fetched later. */
export function closureWithout(later: RegExp, ...entries: string[]): Closure {
  return follow(entries, ({ specifier }) => !later.test(specifier));
}

/** What is loaded before the first line of an entry runs: nothing that `import(…)` asks for. */
export function startOf(...entries: string[]): Closure {
  return follow(entries, ({ isDynamic }) => !isDynamic);
}

function follow(entries: readonly string[], isWanted: (found: ImportFound) => boolean): Closure {
  const queue = entries.map((entry) => resolve(out, entry));
  const files = new Set<string>();
  const externals = new Set<string>();
  let sizeBytes = 0;
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const text = readFileSync(file, 'utf8');
    sizeBytes += Buffer.byteLength(text);
    for (const found of parseSourceFile(file, text).imports.filter(isWanted)) {
      if (found.specifier.startsWith('.')) queue.push(resolve(dirname(file), found.specifier));
      else externals.add(found.specifier);
    }
  }
  return { files: [...files], externals, sizeBytes };
}
