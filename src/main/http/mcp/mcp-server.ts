import {
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  type Result,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { mayCall } from '../../api/tools/run-tool.ts';
import { oneLine } from '../../api/tools/tool-text.ts';
import type { ApiContext } from '../../api/trpc.ts';
import type { Logger } from '../../observe/logger.ts';
import { detailsOfIssues, inOneSentence } from '../rest/error-answer.ts';
import { promptText } from './mcp-prompts.ts';
import { readResource } from './mcp-resources.ts';
import { mcpSurface } from './mcp-surface.ts';
import { callTool, listTools } from './mcp-tool-call.ts';

export interface McpServerParts {
  version: string;
  log: Logger;
  /** Of the request that is being answered. */
  contextOf(ctx: ServerContext): ApiContext;
}

const listed = z.looseObject({ cursor: z.string().optional() });
const addressed = z.looseObject({ uri: z.string() });
const named = z.looseObject({ name: z.string(), arguments: z.record(z.string(), z.string()).default({}) });

/** The memory as an MCP server, for one session or one request. */
export function createMcpServer({ version, log, contextOf }: McpServerParts): McpServer {
  const { server: name, capabilities, instructions, resources, resourceTemplates, prompts } = mcpSurface;
  const mcp = new McpServer({ ...name, version }, { capabilities, instructions });
  // Its own registry wants zod for each tool; the owner's scripts bring JSON Schema, and what is listed depends on the caller.
  const { server } = mcp;

  /** By itself the package tells of wrong params in the words of its parser, and as a fault of the server. */
  function answer<T>(method: string, params: z.ZodType<T>, handler: (given: T, ctx: ServerContext) => Promise<Result>) {
    server.setRequestHandler(method, { params: z.unknown() }, async (given, ctx) => {
      const read = params.safeParse(given);
      if (read.success) return handler(read.data, ctx);
      throw invalid(`The params of ${method} are not valid. ${inOneSentence(detailsOfIssues(read.error.issues))}`);
    });
  }

  answer('tools/list', listed, async (_page, ctx) => ({ tools: await listTools(contextOf(ctx)) }));
  server.setRequestHandler('tools/call', async ({ params }, ctx) => {
    const { arguments: given = {} } = params;
    const result = await callTool(contextOf(ctx), params.name, given, ctx.mcpReq.signal, log);
    if (result === null) throw invalid(`There is no tool "${oneLine(params.name, 100)}"; tools/list names them.`);
    return result;
  });

  answer('resources/list', listed, async (_page, ctx) => ({
    resources: mayCall(contextOf(ctx), 'read') ? resources : [],
  }));
  answer('resources/templates/list', listed, async (_page, ctx) => ({
    resourceTemplates: mayCall(contextOf(ctx), 'read') ? resourceTemplates : [],
  }));
  answer('resources/read', addressed, async ({ uri }, ctx) => {
    const api = contextOf(ctx);
    refuseReader(api, uri);
    const found = await told(() => readResource(api, uri));
    if (found === null) throw new ResourceNotFoundError(uri);
    return { contents: [{ uri, ...found }] };
  });

  answer('prompts/list', listed, async (_page, ctx) => ({
    prompts: mayCall(contextOf(ctx), 'read') ? prompts : [],
  }));
  answer('prompts/get', named, async (params, ctx) => {
    const api = contextOf(ctx);
    refuseReader(api, params.name);
    const known = prompts.find((prompt) => prompt.name === params.name);
    const given = params.arguments;
    const missing = known?.arguments.find(({ name: field, required }) => required && !given[field]);
    if (missing !== undefined) throw invalid(`The prompt ${params.name} needs the argument "${missing.name}".`);
    const text = await told(() => promptText(api, params.name, given));
    if (known === undefined || text === null) throw invalid(`There is no prompt "${oneLine(params.name, 100)}".`);
    return { description: known.description, messages: [{ role: 'user', content: { type: 'text', text } }] };
  });
  return mcp;
}

function invalid(message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}

/** Whoever may not read hears so, and it is written down. */
function refuseReader(api: ApiContext, target: string): void {
  if (mayCall(api, 'read')) return;
  const { caller, requestId, address, services } = api;
  services.audit.record({
    caller,
    requestId,
    address,
    target: oneLine(target, 200),
    action: 'mcp.read',
    outcome: 'refused',
    code: 'FORBIDDEN',
  });
  throw invalid(`This needs the scope "read", which ${caller.name} does not have.`);
}

/** What the caller has to mend is told in its words. */
async function told<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof TRPCError && error.code !== 'INTERNAL_SERVER_ERROR') throw invalid(error.message);
    throw error;
  }
}
