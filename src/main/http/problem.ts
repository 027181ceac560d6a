import { randomUUID } from 'node:crypto';

/** The one shape of an error on REST and hooks. */
export interface Problem {
  error: string;
  code: string;
  request_id: string;
}

export function problem(code: string, error: string): Problem {
  return { error, code, request_id: randomUUID() };
}
