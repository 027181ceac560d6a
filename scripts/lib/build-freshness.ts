import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './run-command.ts';

const inputs = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json'];
const outputs = [
  'out/main/headless.js',
  'out/main/index.js',
  'out/main/cli.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];

/** Milliseconds; of folders too, so that a deleted or renamed file is noticed. */
function newestChange(path: string): number {
  const own = statSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  // Tests are no input of the build.
  const relevant = entries.filter((entry) => !/\.test\.tsx?$/.test(entry.name));
  return Math.max(own.mtimeMs, ...relevant.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

/** Whether `out/` is missing a file or older than what it is made from. */
export function isBuildStale(root = projectRoot): boolean {
  const made = outputs.map((file) => join(root, file));
  if (!made.every((file) => existsSync(file))) return true;
  const oldest = Math.min(...made.map((file) => statSync(file).mtimeMs));
  return inputs.map((path) => join(root, path)).some((path) => existsSync(path) && newestChange(path) > oldest);
}
