import { Agent, request } from 'node:http';
import type { GeneratedRequest } from './requests.ts';

export interface FuzzReport {
  count: number;
  byStatus: Map<number, number>;
  /** What must not be: a line for each operation and kind of fault, with the first request that showed it. */
  complaints: string[];
}

const concurrency = 24;
/** A stream is left once its first bytes have come. */
const streamMs = 50;
const answerMs = 60_000;
/** Words that only the inside of the worker knows. */
const insides = /\bat (?:async )?[\w.<>]+ \(|node:internal|SQLITE_[A-Z]+|better-sqlite3|\.ts:\d+|\.js:\d+/;

interface Answer {
  status: number;
  type: string;
  text: string;
}

/** Sends them, a few dozen at a time, and says what was wrong with the answers. */
export async function fuzz(port: number, token: string, requests: readonly GeneratedRequest[]): Promise<FuzzReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const report: FuzzReport = { count: 0, byStatus: new Map(), complaints: [] };
  const seen = new Set<string>();
  const waiting = requests.values();
  async function work(): Promise<void> {
    for (const asked of waiting) {
      const complaint = await send(agent, port, token, asked).then(
        (answer) => {
          report.byStatus.set(answer.status, (report.byStatus.get(answer.status) ?? 0) + 1);
          return complaintAbout(answer, asked.path);
        },
        (error: unknown) => `no answer: ${error instanceof Error ? error.message : String(error)}`,
      );
      report.count += 1;
      if (complaint === null) continue;
      const kind = `${asked.operationId} ${complaint.slice(0, 20)}`;
      if (!seen.has(kind)) report.complaints.push(`${complaint} ⟵ ${asked.operationId}: ${describe(asked)}`);
      seen.add(kind);
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work));
  agent.destroy();
  return report;
}

function complaintAbout({ status, type, text }: Answer, path: string): string | null {
  // Said on purpose: what is not built into this engine, and what is busy.
  if (status >= 500 && status !== 503) return `${status} ${text.slice(0, 300)}`;
  if (status < 400) return null;
  if (insides.test(text)) return `the error tells of the inside: ${text.slice(0, 300)}`;
  if (!type.includes('application/json')) return `${status} is no JSON: ${text.slice(0, 200)}`;
  const body: unknown = JSON.parse(text);
  // The window's door has tRPC's shape.
  if (path.startsWith('/trpc/') && text.includes('{"error":{"json":{"message":"')) return null;
  // Behind the token check that door answers as its protocol wants it.
  if (path.startsWith('/mcp') && text.includes('"jsonrpc":"2.0"')) return null;
  const isProblem =
    typeof body === 'object' && body !== null && 'error' in body && 'code' in body && 'request_id' in body;
  return isProblem ? null : `${status} has another shape: ${text.slice(0, 200)}`;
}

const describe = ({ method, path, body }: GeneratedRequest): string =>
  `${method} ${path.slice(0, 300)} ${body?.slice(0, 300) ?? ''}`;

function send(agent: Agent, port: number, token: string, asked: GeneratedRequest): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const body = asked.body === null ? null : Buffer.from(asked.body);
  const headers = {
    authorization: `Bearer ${token}`,
    ...asked.headers,
    ...(body === null ? {} : { 'content-length': body.byteLength }),
  };
  const { method, path } = asked;
  const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent }, (response) => {
    const status = response.statusCode ?? 0;
    const type = response.headers['content-type'] ?? '';
    let text = '';
    const done = (): void => resolve({ status, type, text });
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      if (text.length < 100_000) text += chunk;
    });
    response.on('end', done);
    if (!type.includes('text/event-stream')) return;
    setTimeout(() => {
      done();
      response.destroy();
    }, streamMs);
  });
  outgoing.setTimeout(answerMs, () => outgoing.destroy(new Error(`nothing within ${answerMs} ms`)));
  outgoing.on('error', reject);
  outgoing.end(body ?? undefined);
  return promise;
}
