import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Block, Scenario } from './scenario.ts';

const content = z.union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().optional() }))]);
const messagesRequest = z.looseObject({
  model: z.string(),
  stream: z.boolean().optional(),
  messages: z.array(z.looseObject({ role: z.string(), content })),
});
type MessagesRequest = z.infer<typeof messagesRequest>;

/** A scripted stand-in for the Anthropic Messages API, so that the real client runs offline and fires its real hooks. */
export interface MessagesApi {
  url: string;
  /** The bodies of all requests so far, as they were received. */
  requests(): readonly string[];
  close(): Promise<void>;
}

/**
 * Answers by script: it finds the newest message of the user that holds one of the prompts, and gives the turn whose number
 * is the number of answers since then. Whatever no prompt matches gets one line of text.
 */
export async function startMessagesApi(scenario: Scenario): Promise<MessagesApi> {
  const requests: string[] = [];
  let serial = 0;
  const nextId = (kind: string) => `${kind}_${Date.now()}_${++serial}`;

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      if (path.startsWith('/v1/messages/count_tokens')) return sendJson(response, 200, { input_tokens: 10 });
      if (!path.startsWith('/v1/messages')) return sendJson(response, 404, {});
      const body = Buffer.concat(chunks).toString('utf8');
      requests.push(body);
      const parsed = messagesRequest.parse(JSON.parse(body));
      const blocks = nextTurn(scenario, parsed).map((part) => contentBlock(part, nextId));
      const usage = { input_tokens: Math.ceil(body.length / 4), output_tokens: 40 };
      const head = { id: nextId('msg'), type: 'message', role: 'assistant', model: parsed.model };
      const ending = {
        stop_reason: blocks.some(({ type }) => type === 'tool_use') ? 'tool_use' : 'end_turn',
        stop_sequence: null,
      };
      if (parsed.stream === true) return sendStream(response, { ...head, usage }, blocks, ending);
      sendJson(response, 200, { ...head, ...ending, usage, content: blocks });
    });
  });
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => requests,
    close() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      return closed.promise;
    },
  };
}

function nextTurn({ prompts }: Scenario, { messages }: MessagesRequest): Block[] {
  for (const [index, message] of [...messages.entries()].toReversed()) {
    if (message.role !== 'user') continue;
    const text =
      typeof message.content === 'string' ? message.content : message.content.map((part) => part.text ?? '').join('\n');
    const scripted = prompts.find(({ prompt }) => text.includes(prompt));
    if (scripted === undefined) continue;
    const answered = messages.slice(index + 1).filter(({ role }) => role === 'assistant').length;
    return scripted.turns[answered] ?? [{ text: 'Done.' }];
  }
  return [{ text: 'ok' }];
}

type ContentBlock =
  | { type: 'text'; text: string }
  | { type: 'tool_use'; id: string; name: string; input: Record<string, unknown> };

function contentBlock(part: Block, nextId: (kind: string) => string): ContentBlock {
  return 'tool' in part
    ? { type: 'tool_use', id: nextId('toolu'), name: part.tool, input: part.input }
    : { type: 'text', text: part.text };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendStream(response: ServerResponse, head: object, blocks: ContentBlock[], ending: object): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (type: string, data: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  send('message_start', { message: { ...head, content: [], stop_reason: null, stop_sequence: null } });
  blocks.forEach((block, index) => {
    const tool = block.type === 'tool_use';
    const start = tool ? { ...block, input: {} } : { type: 'text', text: '' };
    const delta = tool
      ? { type: 'input_json_delta', partial_json: JSON.stringify(block.input) }
      : { type: 'text_delta', text: block.text };
    send('content_block_start', { index, content_block: start });
    send('content_block_delta', { index, delta });
    send('content_block_stop', { index });
  });
  send('message_delta', { delta: ending, usage: { output_tokens: 40 } });
  send('message_stop', {});
  response.end();
}
