import { request, type OutgoingHttpHeaders } from 'node:http';
import { z } from 'zod';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface RequestOptions {
  method?: string;
  /** `Host` may be forged here, which fetch does not allow. */
  headers?: OutgoingHttpHeaders;
  body?: string;
}

/** One request on a connection of its own. The path goes out as it is written, dots and all. */
export function send(port: number, path: string, options: RequestOptions = {}): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const outgoing = request(
    { host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers: options.headers ?? {}, agent: false },
    (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    },
  );
  outgoing.on('error', reject);
  outgoing.end(options.body);
  return promise;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** The one shape of every error on the port. */
const problem = z.strictObject({
  error: z.string().min(10),
  code: z.string().regex(/^[A-Z][A-Z_]+$/),
  request_id: z.string().min(8),
  details: z.array(z.strictObject({ path: z.string(), message: z.string().min(5) })).optional(),
  supported_versions: z.array(z.string()).optional(),
});

/** Parses the body of an error; throws when it has another shape. */
export function problemOf(answer: Answer): z.infer<typeof problem> {
  return problem.parse(JSON.parse(answer.text));
}
