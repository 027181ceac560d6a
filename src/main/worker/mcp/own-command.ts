import { access } from 'node:fs/promises';
import { join } from 'node:path';

/** From the sources and from the built files alike, the project or the package lies at most so many folders up. */
const mostSteps = 5;

export interface OwnCommand {
  command: string;
  args: string[];
  env: Record<string, string>;
}

/** How this installation's `cmem` is started by its whole path: with the runtime that runs this, on the built command line. */
export async function ownCommand(...args: string[]): Promise<OwnCommand> {
  const script = (await above('cli.js', 'out/main/cli.js')) ?? 'cli.js';
  // The app's executable is a Node when this variable says so.
  const env: Record<string, string> = process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' };
  return { command: process.execPath, args: [script, ...args], env };
}

/** The plugin as it ships. Rejects when the installation lacks it. */
export async function shippedPluginFolder(): Promise<string> {
  const inPackage = 'resourcesPath' in process ? join(String(process.resourcesPath), 'claude-plugin') : '';
  const folder = (await above('resources/claude-plugin')) ?? inPackage;
  const isShipped = await isThere(join(folder, '.claude-plugin', 'plugin.json'));
  if (!isShipped) throw new Error(`There is no plugin in ${folder}.`);
  return folder;
}

/** Whether something lies at the path. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

async function above(...names: string[]): Promise<string | undefined> {
  for (let steps = 0; steps < mostSteps; steps++) {
    for (const name of names) {
      const path = join(import.meta.dirname, ...Array<string>(steps).fill('..'), name);
      if (await isThere(path)) return path;
    }
  }
  return undefined;
}
