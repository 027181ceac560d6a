import surface from '../../../shared/mcp-surface.json' with { type: 'json' };
import manifest from '../../../../package.json' with { type: 'json' };
import { isObject, type RpcMessage } from './rpc-message.ts';

/** The revisions with an `initialize`, newest first; a client that asks for another one is offered the newest. */
const revisions = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2024-10-07'];

/** Lists that are the same in every memory, as long as the owner has no tools of their own. */
const lists: ReadonlyMap<string, object> = new Map(
  Object.entries({
    'tools/list': { tools: surface.tools },
    'resources/list': { resources: surface.resources },
    'resources/templates/list': { resourceTemplates: surface.resourceTemplates },
    'prompts/list': { prompts: surface.prompts },
  }),
);

export const staticTools: readonly object[] = surface.tools;

/** What is true of a memory that nobody has looked at yet; null when the memory itself has to be asked. */
export function localAnswer({ method, params }: RpcMessage): object | null {
  if (method === 'ping') return {};
  if (method === 'initialize') {
    const asked = params?.['protocolVersion'];
    const protocolVersion = revisions.find((known) => known === asked) ?? revisions[0];
    const { server, capabilities, instructions } = surface;
    return { protocolVersion, capabilities, serverInfo: { ...server, version: manifest.version }, instructions };
  }
  // The memory says what is wrong with it.
  if (typeof (params?.['cursor'] ?? '') !== 'string') return null;
  return method === undefined ? null : (lists.get(method) ?? null);
}

/** True for a call that does the same when it is done twice. */
export function mayRepeat({ method, params }: RpcMessage): boolean {
  if (method !== 'tools/call') return true;
  const name = isObject(params) ? params['name'] : null;
  const tool = surface.tools.find((known) => known.name === name);
  return tool !== undefined && (tool.annotations.readOnlyHint || tool.annotations.idempotentHint);
}
