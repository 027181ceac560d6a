import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The file of a thread: beside the entries of the build, or its source in `folder` when tests run that. */
export function threadScript(name: string, folder: string = import.meta.dirname): string {
  const beside = join(import.meta.dirname, `${name}.js`);
  if (existsSync(beside)) return beside;
  // Shared chunks lie one folder deeper than the entries.
  const above = join(import.meta.dirname, '..', `${name}.js`);
  return existsSync(above) ? above : join(folder, `${name}.ts`);
}
