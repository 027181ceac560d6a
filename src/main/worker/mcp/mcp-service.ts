import { join } from 'node:path';
import { TRPCError } from '@trpc/server';
import type { McpService } from '../../api/services.ts';
import { hooksStatus } from '../../capture/claude-hooks/install-hooks.ts';
import type { McpPluginView } from '../../../shared/mcp-views.ts';
import type { ServiceParts } from '../services.ts';
import { isThere, type OwnCommand, ownCommand, shippedPluginFolder } from './own-command.ts';
import { asServer, writePluginFiles } from './plugin-files.ts';
import { shellLine } from './shell-words.ts';

/** The server's name at the client; its tools are called `mcp__claude-mem__search` and so on. */
const serverName = 'claude-mem';
const keyText = 'YOUR_API_KEY';
const installCommand = 'claude plugin install claude-mem@claude-mem-desktop';

/** What people copy to connect an agent. `isOwn`: the memory of this data folder, which the commands on this machine open. */
export function createMcpService(
  { options, access, place }: Pick<ServiceParts, 'options' | 'access' | 'place'>,
  isOwn: boolean,
): McpService {
  const folder = join(options.dataDir, 'claude-plugin');
  const stdio = () => ownCommand('mcp', '--data', options.dataDir);

  /** One of the two is enough: what both report is one event, but a question to a person would be asked twice. */
  function hasHooksInSettings(): boolean {
    const target = { settingsFile: options.claudeSettingsFile, url: place.url, captureToken: access.captureToken };
    return hooksStatus(target).events.length > 0;
  }

  async function hook(): Promise<OwnCommand | null> {
    const own = await ownCommand('hook', '--data', options.dataDir);
    // A hook has no environment of its own, which the app's executable would need.
    return hasHooksInSettings() || Object.keys(own.env).length > 0 ? null : own;
  }

  async function pluginView(): Promise<McpPluginView> {
    return {
      folder,
      is_written: await isThere(join(folder, '.mcp.json')),
      carries_hooks: (await hook()) !== null,
      commands: [shellLine(['claude', 'plugin', 'marketplace', 'add', folder]), installCommand],
    };
  }

  /** Two at once would take the draft from under each other. */
  let written: Promise<unknown> = Promise.resolve();
  async function writeOnce(): Promise<McpPluginView> {
    await writePluginFiles({ from: await shippedPluginFolder(), to: folder, mcp: await stdio(), hook: await hook() });
    return pluginView();
  }

  return {
    async setup() {
      const url = `${place.url}/mcp`;
      const header = `X-API-Key: ${keyText}`;
      const add = ['claude', 'mcp', 'add', '--scope', 'user'];
      const own = await stdio();
      const { command, args, env } = own;
      const variables = Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
      const asJson = (server: object) => JSON.stringify({ mcpServers: { [serverName]: server } }, null, 2);
      return {
        http: {
          url,
          command: shellLine([...add, '--transport', 'http', serverName, url, '--header', header]),
          json: asJson({ type: 'http', url, headers: { 'X-API-Key': keyText } }),
          key_text: keyText,
          scopes: ['read', 'write', 'spend'],
        },
        stdio: isOwn
          ? {
              command: shellLine([...add, serverName, ...variables, '--', command, ...args]),
              json: asJson(asServer(own)),
            }
          : null,
        plugin: isOwn ? await pluginView() : null,
      };
    },
    async writePlugin() {
      if (!isOwn) {
        throw new TRPCError({ code: 'PRECONDITION_FAILED', message: 'The plugin is for the memory of this machine.' });
      }
      const mine = written.then(writeOnce);
      written = mine.catch(() => {});
      return mine;
    },
  };
}
