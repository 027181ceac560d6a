import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  path: string;
  authorization: string | undefined;
  model: string;
  input: string[];
  dimensions: number | undefined;
}

/** Answers one request; what it leaves open stays open. */
export type Answer = (request: ReceivedRequest, response: ServerResponse) => void;

export interface EmbeddingServer {
  baseUrl: string;
  requests: ReceivedRequest[];
  /** Answers the next requests, one each; then all others are answered as they should be. */
  next(...answers: Answer[]): void;
  /** Answers all further requests. */
  always(answer: Answer): void;
  close(): Promise<void>;
}

/** A vector that only depends on the text, of any length; not a unit vector. */
export function vectorOf(text: string, dimension: number): number[] {
  let seed = 1;
  for (let at = 0; at < text.length; at++) seed = (seed * 31 + text.charCodeAt(at)) % 2_147_483_647;
  return Array.from({ length: dimension }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return (seed / 2_147_483_647 - 0.5) * 20;
  });
}

/** As OpenAI and Ollama answer. */
export function answerWith(dimension: number): Answer {
  return ({ input, dimensions }, response) => {
    const data = input.map((text, index) => ({ index, embedding: vectorOf(text, dimensions ?? dimension) }));
    json(response, 200, { object: 'list', data, usage: { prompt_tokens: input.length * 10, total_tokens: 99_999 } });
  };
}

export function status(code: number, headers: Record<string, string> = {}, body: unknown = { error: 'no' }): Answer {
  return (_, response) => json(response, code, body, headers);
}

/** The body as it is, with status 200. */
export function raw(body: string, type = 'application/json'): Answer {
  return (_, response) => void response.writeHead(200, { 'content-type': type }).end(body);
}

function json(response: ServerResponse, code: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** A real server on 127.0.0.1 that speaks `/v1/embeddings`, and answers as badly as it is told to. */
export async function startEmbeddingServer(dimension = 8): Promise<EmbeddingServer> {
  const requests: ReceivedRequest[] = [];
  let queue: Answer[] = [];
  let usual = answerWith(dimension);
  const server = createServer((request, response) => {
    void readJson(request).then((body) => {
      const received = { path: request.url ?? '', authorization: request.headers.authorization, ...body };
      requests.push(received);
      (queue.shift() ?? usual)(received, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    next: (...answers) => void queue.push(...answers),
    always(answer) {
      queue = [];
      usual = answer;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function readJson(request: IncomingMessage): Promise<Omit<ReceivedRequest, 'path' | 'authorization'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Omit<ReceivedRequest, 'path' | 'authorization'>;
}
