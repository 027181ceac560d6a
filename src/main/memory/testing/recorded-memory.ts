import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toldMemory, type ToldMemory } from './told-memory.ts';

const folder = join(import.meta.dirname, '../../../../e2e/fixtures/recorded');

/** A memory that was told every recorded session by its hooks, in the order of their names. */
export function recordedMemory(): ToldMemory {
  const memory = toldMemory();
  const files = readdirSync(folder).filter((name) => name.endsWith('.hooks.jsonl'));
  for (const file of files.toSorted()) {
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      if (line === '') continue;
      const body: unknown = JSON.parse(line);
      if (typeof body === 'object' && body !== null) memory.post(body);
    }
  }
  return memory;
}
