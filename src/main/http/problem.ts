import { randomUUID } from 'node:crypto';

/** The one shape of an error on REST and hooks. */
export interface Problem {
  error: string;
  code: string;
  request_id: string;
}

/** An error's body with a new request id, for the log to be searched by; `error` is a sentence for people. */
export function problem(code: string, error: string): Problem {
  return { error, code, request_id: randomUUID() };
}
