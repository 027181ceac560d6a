import { z } from 'zod';
import { otherPath, type OtherPath } from '../openapi/other-path.ts';
import { commonProblems, problemSchema } from '../openapi/problem-responses.ts';

const tag = 'mcp';
/** Any that is no hook's: what may be called and read is decided message by message. */
const scope = 'any';
const session = (required: boolean) => ({
  name: 'Mcp-Session-Id',
  in: 'header' as const,
  required,
  schema: { type: 'string' as const },
  description: 'As the answer to initialize said it.',
});
const problems = [...commonProblems, 404 as const];

const message = {
  type: 'object',
  required: ['jsonrpc'],
  properties: {
    jsonrpc: { const: '2.0' },
    id: { type: ['string', 'integer'] },
    method: { type: 'string' },
    params: { type: 'object' },
  },
};

const refusal = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number(), z.null()]),
  error: z.looseObject({ code: z.int(), message: z.string() }),
});

/** Behind its token check the door tells of errors as its protocol wants it. */
function speaksRpc({ entry, ...path }: OtherPath): OtherPath {
  const content = { 'application/json': { schema: z.union([refusal, problemSchema]) } };
  const told = { description: 'What is wrong with the message or its session.', content };
  return { ...path, entry: { ...entry, responses: { ...entry.responses, '400': told, '404': told } } };
}

/** The door of agents, for the document; what goes through it is MCP's own. */
export const mcpPaths: readonly OtherPath[] = [
  otherPath('POST', '/mcp', {
    operationId: 'mcp.send',
    tag,
    summary: 'Streamable HTTP of the Model Context Protocol: takes a JSON-RPC message and answers it as an event.',
    scope,
    answers: 'text/event-stream',
    schema: message,
    parameters: [session(false)],
    body: message,
    problems,
  }),
  otherPath('GET', '/mcp', {
    operationId: 'mcp.listen',
    tag,
    summary: 'What the server tells a session on its own account; `Last-Event-ID` takes up a stream that broke off.',
    scope,
    answers: 'text/event-stream',
    schema: message,
    parameters: [session(true)],
    problems,
  }),
  otherPath('DELETE', '/mcp', {
    operationId: 'mcp.end',
    tag,
    summary: 'Ends a session.',
    scope,
    parameters: [session(true)],
    problems,
  }),
].map(speaksRpc);
