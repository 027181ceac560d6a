import { EmbeddingError } from '../embedding-error.ts';
import type { EmbeddingProblem } from '../../../shared/embedding-views.ts';
import { readRetryAfter } from '../../../shared/retry-after.ts';

/** One request that failed, and what may help. */
export class RequestFailure extends EmbeddingError {
  /** Whether the same request may succeed later. */
  readonly isPassing: boolean;
  /** What the endpoint asks to wait; null when it does not say. */
  readonly retryAfterMs: number | null;
  /** Whether fewer or shorter texts may succeed. */
  readonly mayBeTooLarge: boolean;
  constructor(
    code: EmbeddingProblem,
    message: string,
    hints: { isPassing?: boolean; retryAfterMs?: number | null; mayBeTooLarge?: boolean } = {},
  ) {
    super(code, message);
    this.isPassing = hints.isPassing ?? false;
    this.retryAfterMs = hints.retryAfterMs ?? null;
    this.mayBeTooLarge = hints.mayBeTooLarge ?? false;
  }
}

/** Longer waits than this are the job's to make, which shows them. */
const longestRetryAfterMs = 5 * 60_000;
const longestReason = 200;

/** What an answer with an error status means. `said` is its body, without the key. */
export function failureOf(status: number, headers: Headers, said: string, now: number): RequestFailure {
  const reason = reasonIn(said);
  const tail = reason === '' ? '' : ` It says: ${reason}`;
  const retryAfterMs = readRetryAfter(headers.get('retry-after'), now, longestRetryAfterMs);
  if (status === 429) {
    return new RequestFailure('RATE_LIMITED', `The endpoint limits how often it is asked.${tail}`, {
      isPassing: true,
      retryAfterMs,
    });
  }
  if (status >= 500 || status === 408 || status === 425) {
    const message = `The endpoint has a problem of its own (status ${status}).${tail}`;
    // Some servers answer 500 to a text that is longer than their model reads.
    return new RequestFailure('SERVER_ERROR', message, {
      isPassing: true,
      retryAfterMs,
      mayBeTooLarge: status === 500,
    });
  }
  if (status === 401 || status === 403) {
    return new RequestFailure('REFUSED', `The endpoint does not accept the key (status ${status}).${tail}`);
  }
  if (status === 404) {
    return new RequestFailure('REFUSED', `The endpoint knows no such address or model (status 404).${tail}`);
  }
  return new RequestFailure('REFUSED', `The endpoint refuses the request (status ${status}).${tail}`, {
    mayBeTooLarge: status === 400 || status === 413 || status === 422,
  });
}

/** The sentence in an error body as OpenAI, Ollama and others shape it; a web page or a long text is not repeated. */
function reasonIn(said: string): string {
  const reason = messageIn(said) ?? (/^\s*[<{[]/.test(said) ? '' : said);
  const line = reason.replaceAll(/\s+/g, ' ').trim();
  return line.length <= longestReason ? line : `${line.slice(0, longestReason - 1).toWellFormed()}…`;
}

function messageIn(said: string): string | null {
  try {
    let value: unknown = JSON.parse(said);
    // {"error": {"message": "…"}}, {"error": "…"}, {"message": "…"} and {"detail": "…"} are all in use.
    for (let depth = 0; depth < 3; depth++) {
      if (typeof value === 'string') return value;
      if (typeof value !== 'object' || value === null) return null;
      const entries = new Map<string, unknown>(Object.entries(value));
      value = entries.get('error') ?? entries.get('message') ?? entries.get('detail');
    }
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
