import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** From the sources and from the built files alike, `resources` lies at most so many folders up. */
const mostSteps = 5;

/** The folder of the built-in model: beside what runs, else among a packaged app's resources; where it should be when it is nowhere. */
export function builtinModelFolder(): string {
  const inPackage = 'resourcesPath' in process ? [join(String(process.resourcesPath), 'embedder')] : [];
  const above = Array.from({ length: mostSteps }, (_, steps) =>
    join(import.meta.dirname, ...Array<string>(steps).fill('..'), 'resources', 'embedder'),
  );
  const candidates = [...above, ...inPackage];
  return candidates.find((folder) => existsSync(join(folder, 'embedder.bin'))) ?? candidates.at(-1) ?? '';
}
