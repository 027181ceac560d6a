import { once } from 'node:events';
import { createServer } from 'node:http';

export interface EmbeddingEndpoint {
  /** What a person types as the base URL. */
  url: string;
  /** How many texts were embedded. */
  count(): number;
  /** From now on every request is answered with this status; null answers as it should. */
  failWith(status: number | null): void;
  close(): Promise<void>;
}

/** An OpenAI-compatible endpoint on this machine whose vectors say which letters a text has. */
export async function startEmbeddingEndpoint(dimension = 16): Promise<EmbeddingEndpoint> {
  let embedded = 0;
  let failure: number | null = null;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      if (failure !== null) {
        response.writeHead(failure, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { message: 'out of order' } }));
        return;
      }
      const { input, model } = JSON.parse(body) as { input: string | string[]; model: string };
      const texts = [input].flat();
      embedded += texts.length;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          object: 'list',
          model,
          data: texts.map((text, index) => ({ object: 'embedding', index, embedding: letters(text, dimension) })),
          usage: { prompt_tokens: texts.length * 8, total_tokens: texts.length * 8 },
        }),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The endpoint has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    count: () => embedded,
    failWith(status) {
      failure = status;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function letters(text: string, dimension: number): number[] {
  const vector = Array.from({ length: dimension }, () => 0.01);
  for (const letter of text.toLowerCase()) {
    const place = (letter.codePointAt(0) ?? 0) % dimension;
    vector[place] = (vector[place] ?? 0) + 1;
  }
  return vector;
}
