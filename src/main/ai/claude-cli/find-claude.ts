import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where the `claude` program is: the path that was entered, else the first on PATH, else where its installers put it, since an
 * app that was not started from a terminal has a shorter PATH. Null when it cannot be found or run.
 */
export async function findClaude(
  entered: string | null,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<string | null> {
  const candidates = entered === null ? candidatesIn(env, platform) : isAbsolute(entered) ? [entered] : [];
  for (const path of candidates) if (await canRun(path)) return path;
  return null;
}

function candidatesIn(env: Environment, platform: NodeJS.Platform): string[] {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const home = env['HOME'] ?? env['USERPROFILE'] ?? '';
  if (platform === 'win32') {
    // npm's `claude.cmd` needs a shell, which would read the arguments once more; the program lies behind it.
    const behind = (folder: string) =>
      join(folder, 'node_modules', '@anthropic-ai', 'claude-code', 'bin', 'claude.exe');
    return [...folders, join(home, '.local', 'bin')].flatMap((folder) => [join(folder, 'claude.exe'), behind(folder)]);
  }
  const usual = isAbsolute(home) ? [join(home, '.local', 'bin'), join(home, '.claude', 'local')] : [];
  return [...folders, ...usual, '/opt/homebrew/bin', '/usr/local/bin'].map((folder) => join(folder, 'claude'));
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
