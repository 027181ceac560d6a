import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OwnCommand } from './own-command.ts';

export interface PluginParts {
  /** The plugin as it ships; its files call `cmem` by name. */
  from: string;
  to: string;
  mcp: OwnCommand;
  /** Null leaves the hooks out. */
  hook: OwnCommand | null;
}

/** Writes the plugin with whole paths in place of `cmem`, which need not be on anybody's PATH. Replaces what was there. */
export async function writePluginFiles({ from, to, mcp, hook }: PluginParts): Promise<void> {
  const draft = `${to}.new`;
  await rm(draft, { recursive: true, force: true });
  await cp(from, draft, { recursive: true });
  const servers = { mcpServers: { memory: asServer(mcp) } };
  await writeFile(join(draft, '.mcp.json'), `${JSON.stringify(servers, null, 2)}\n`);
  const hooksFile = join(draft, 'hooks', 'hooks.json');
  if (hook === null) await rm(join(draft, 'hooks'), { recursive: true });
  else await writeFile(hooksFile, withCommand(await readFile(hooksFile, 'utf8'), hook));
  await rm(to, { recursive: true, force: true });
  await rename(draft, to);
}

/** An entry of `mcpServers`. */
export function asServer({ command, args, env }: OwnCommand): object {
  return { command, args, ...(Object.keys(env).length > 0 ? { env } : {}) };
}

function withCommand(hooks: string, { command, args }: OwnCommand): string {
  const filled: unknown = JSON.parse(hooks, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && 'command' in value && value.command === 'cmem'
      ? { ...value, command, args }
      : value,
  );
  return `${JSON.stringify(filled, null, 2)}\n`;
}
