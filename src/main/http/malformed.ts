import type { ServerResponse } from 'node:http';
import { type Logger, toLogFormat } from '../observe/logger.ts';
import { problem } from './problem.ts';
import { internalError } from './rest/error-answer.ts';

/** Requests that never reach a route, answered in the one shape of errors. */

const noAddress = () =>
  JSON.stringify(
    problem(
      'BAD_REQUEST',
      'That is no address: a path that begins with /, of the one host that the Host header names.',
    ),
  );
const described = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };

/** Its body, if there is one, is not read: the connection ends. */
export function refuseAddress(response: ServerResponse): void {
  const text = noAddress();
  response.writeHead(400, { ...described, 'Content-Length': Buffer.byteLength(text), Connection: 'close' }).end(text);
}

/** For the adapter between node:http and the routes: what it cannot make a request of, and a bug that no route caught. */
export function whatWentWrong(log: Pick<Logger, 'error'>): (error: unknown) => Response {
  return (error) => {
    if (error instanceof Error && error.name === 'RequestError') {
      return new Response(noAddress(), { status: 400, headers: described });
    }
    log.error('A request failed.', { reason: toLogFormat(error) });
    const text = JSON.stringify(problem(internalError.code, internalError.message));
    return new Response(text, { status: internalError.status, headers: described });
  };
}
