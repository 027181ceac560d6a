import { TRPCError } from '@trpc/server';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type z, ZodError } from 'zod';
import { InputError } from '../../api/input-sentences.ts';
import type { ProblemDetail } from '../problem.ts';

export interface ErrorAnswer {
  status: ContentfulStatusCode;
  /** Stable: programs decide by it. */
  code: string;
  message: string;
  details?: ProblemDetail[];
}

/** A bug of ours: the log has the rest. */
export const internalError = {
  status: 500,
  code: 'INTERNAL_ERROR',
  message: 'The memory could not answer; its log says why.',
} as const;

/** tRPC's names → ours, which stay as they are whatever the contract is made with. */
const answers: Partial<Record<TRPCError['code'], readonly [ContentfulStatusCode, string]>> = {
  PARSE_ERROR: [400, 'INVALID_INPUT'],
  BAD_REQUEST: [400, 'INVALID_INPUT'],
  UNAUTHORIZED: [401, 'UNAUTHORIZED'],
  PAYMENT_REQUIRED: [402, 'PAYMENT_REQUIRED'],
  FORBIDDEN: [403, 'FORBIDDEN'],
  NOT_FOUND: [404, 'NOT_FOUND'],
  METHOD_NOT_SUPPORTED: [405, 'METHOD_NOT_ALLOWED'],
  TIMEOUT: [504, 'TIMEOUT'],
  CONFLICT: [409, 'CONFLICT'],
  PRECONDITION_FAILED: [412, 'PRECONDITION_FAILED'],
  PAYLOAD_TOO_LARGE: [413, 'BODY_TOO_LARGE'],
  UNPROCESSABLE_CONTENT: [422, 'UNPROCESSABLE'],
  TOO_MANY_REQUESTS: [429, 'RATE_LIMITED'],
  CLIENT_CLOSED_REQUEST: [400, 'CLIENT_CLOSED_REQUEST'],
  NOT_IMPLEMENTED: [501, 'NOT_IMPLEMENTED'],
  BAD_GATEWAY: [502, 'BAD_GATEWAY'],
  SERVICE_UNAVAILABLE: [503, 'UNAVAILABLE'],
  GATEWAY_TIMEOUT: [504, 'TIMEOUT'],
};

/** What a caller is told of an error, with the names of the parts of the input as it sent them; null for a bug of ours. */
export function answerTo(error: unknown, sentName = (path: string) => path): ErrorAnswer | null {
  if (!(error instanceof TRPCError)) return null;
  const known = answers[error.code];
  if (known === undefined) return null;
  const [status, code] = known;
  if (error.cause instanceof ZodError) {
    const details = detailsOfIssues(error.cause.issues, sentName);
    return { status, code, message: inOneSentence(details), details };
  }
  if (error.cause instanceof InputError) {
    const details = error.cause.faults.map(({ path, message }) => ({ path: sentName(path), message }));
    return { status, code, message: inOneSentence(details), details };
  }
  const own = ownCode(error.cause);
  const { message } = error;
  if (own === 'INVALID_CURSOR') return { status, code: own, message, details: [{ path: 'cursor', message }] };
  // What the input says as a whole, or of the memory as it is, belongs to no part of it.
  return code === 'INVALID_INPUT'
    ? { status, code, message, details: [{ path: '', message }] }
    : { status, code, message };
}

/** Seconds after which the caller may come back, where the error says so. */
export function retryAfterOf(error: unknown): number | null {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && 'retryAfterSeconds' in cause && typeof cause.retryAfterSeconds === 'number'
    ? cause.retryAfterSeconds
    : null;
}

/** The first of them. */
export function inOneSentence(details: readonly ProblemDetail[]): string {
  const [first, ...others] = details;
  if (first === undefined) return 'The input is not valid.';
  const more = others.length === 0 ? '' : ` (and ${others.length} more, see details)`;
  return `${first.path === '' ? '' : `${first.path}: `}${first.message}${more}`;
}

export function detailsOfIssues(
  issues: readonly z.core.$ZodIssue[],
  sentName = (path: string) => path,
): ProblemDetail[] {
  return issues.flatMap((issue) => detailsOf(issue, sentName));
}

function detailsOf(issue: z.core.$ZodIssue, sentName: (path: string) => string): ProblemDetail[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: sentName(pathOf([...issue.path, key])),
      message: 'There is no such field.',
    }));
  }
  return [{ path: sentName(pathOf(issue.path)), message: issue.message }];
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('');
}

function ownCode(cause: unknown): string | null {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : null;
}
