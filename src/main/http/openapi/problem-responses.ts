import { z } from 'zod';

/** The one shape of an error, for the document. */
export const problemSchema = z
  .object({
    error: z.string().meta({ description: 'A sentence for people.' }),
    code: z.string().meta({ description: 'Stable; programs decide by it.', examples: ['INVALID_INPUT', 'NOT_FOUND'] }),
    details: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'What is wrong with which parameter or field.' }),
    request_id: z.string().meta({ description: 'As in X-Request-Id; the log is searched by it.' }),
    supported_versions: z.array(z.string()).optional(),
  })
  .meta({ id: 'Problem' });

const descriptions = {
  400: ['BadRequest', 'INVALID_INPUT, INVALID_JSON, BODY_TOO_DEEP, INVALID_CURSOR: the details name what is wrong.'],
  401: [
    'Unauthorized',
    'UNAUTHORIZED: no token was sent; TOKEN_EXPIRED: the access token is to be refreshed; INVALID_TOKEN: what was sent is no ' +
      'good, or no more.',
  ],
  403: ['Forbidden', 'FORBIDDEN: the token has too few rights; HOST_NOT_ALLOWED, ORIGIN_NOT_ALLOWED: a foreign page.'],
  404: ['NotFound', 'NOT_FOUND: there is no such thing, or not in the organisation of the caller.'],
  405: ['MethodNotAllowed', 'METHOD_NOT_ALLOWED: the header Allow says what is.'],
  408: ['Timeout', 'REQUEST_TIMEOUT: the body did not arrive within 30 seconds.'],
  409: ['Conflict', 'CONFLICT: as things are it cannot be done.'],
  411: ['LengthRequired', 'LENGTH_REQUIRED: the body is to come with a Content-Length.'],
  412: [
    'PreconditionFailed',
    'ETAG_MISMATCH: it is not what If-Match names any more; PRECONDITION_FAILED: something has to be set up first.',
  ],
  413: ['TooLarge', 'BODY_TOO_LARGE: more than 1 MB.'],
  415: ['UnsupportedMediaType', 'UNSUPPORTED_MEDIA_TYPE: the body is to be JSON, without a Content-Encoding.'],
  429: ['RateLimited', 'RATE_LIMITED: try again after Retry-After seconds.'],
  500: ['InternalError', 'INTERNAL_ERROR: the log has the reason under the request id.'],
  503: ['Unavailable', 'UNAVAILABLE: it cannot be done now.'],
} as const;

export type ProblemStatus = keyof typeof descriptions;

/** Of each operation, whatever it does. */
export const commonProblems: readonly ProblemStatus[] = [400, 401, 403, 429, 500];

/** Of whatever takes a body. */
export const bodyProblems: readonly ProblemStatus[] = [408, 411, 413, 415];

/** One that nobody wants may come all the same, and is measured before anybody asks what it is for. */
export function problemsOfNoBody(method: string): readonly ProblemStatus[] {
  return method === 'GET' ? [] : [411, 413];
}

type Told = Record<string, { description: string; schema: { type: 'integer' | 'string' } }>;

/** Headers that some of them have. */
const toldWith: Readonly<Partial<Record<string, Told>>> = {
  RateLimited: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } },
  Unauthorized: {
    'WWW-Authenticate': {
      description: 'Bearer, with error="invalid_token" where a token was sent (RFC 6750).',
      schema: { type: 'string' },
    },
  },
};

/** The shared responses, under their names. */
export const problemResponses = Object.fromEntries(
  Object.values(descriptions).map(([name, description]) => [
    name,
    {
      description,
      ...(toldWith[name] === undefined ? {} : { headers: toldWith[name] }),
      content: { 'application/json': { schema: problemSchema } },
    },
  ]),
);

/** References to them, for the responses of an operation. */
export function problemsOf(statuses: readonly ProblemStatus[]): Record<string, { $ref: string }> {
  return Object.fromEntries(
    statuses.map((status) => [String(status), { $ref: `#/components/responses/${descriptions[status][0]}` }]),
  );
}
