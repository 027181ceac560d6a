import { readRetryAfter } from '../../shared/retry-after.ts';
import { ModelError, type ModelUsage } from './model.ts';

/** Whom a sentence is about. */
export interface Asked {
  /** As a sentence begins with it: "Anthropic", "localhost:11434". */
  who: string;
  model: string;
  /** Never to be seen in a sentence. */
  key: string | null;
}

/** An answer with an error, whatever its wire format. */
export interface Refusal {
  /** Null for an error inside a stream that began well. */
  status: number | null;
  /** Machine-readable names of what is wrong: types and codes. */
  names: readonly string[];
  /** The provider's own words. */
  said: string;
  retryAfter: string | null;
}

/** A provider may ask to wait until a limit for the day ends, not longer. */
const longestRetryAfterMs = 24 * 3_600_000;
const longestSaid = 200;

const quotaNames =
  /^(?:insufficient_quota|billing_\w+|\w*spend_limit_reached|\w*billing_unavailable|organization_on_hold|credits?_\w+|payment_required|quota_exceeded)$/;
const quotaWords =
  /credit balance|insufficient (?:credit|quota|funds|balance)|exceeded your current quota|out of credits|billing/i;
const tooLongNames =
  /^(?:context_length_exceeded|request_too_large|string_above_max_length|exceed_context_size_error)$/;
const tooLongWords =
  /(?:prompt|input|request|context)\b[^.]{0,40}\btoo (?:long|large)|context (?:length|window|size)|maximum (?:context|prompt)|too many tokens|exceeds? (?:the )?(?:available |maximum )?(?:context|token)/i;

/** The class and the sentence of what a provider refused; `usage` is what it cost all the same. */
export function failureOf(asked: Asked, refusal: Refusal, now: number, usage: ModelUsage | null = null): ModelError {
  const { status, names, said } = refusal;
  const { who, model } = asked;
  const words = theirWords(asked, said);
  const fail = (failureClass: ModelError['class'], message: string, retryAfterMs: number | null = null) =>
    new ModelError(failureClass, `${message}${words}`, { retryAfterMs, usage });

  const isNamed = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const wait = retryAfterIn(refusal, now);
  // Some limits of a minute are told in the words of an empty account; those say when they end.
  const isEmpty = quotaWords.test(said) && status !== 401 && !(status === 429 && wait !== null);
  if (status === 402 || isNamed(quotaNames) || (isEmpty && status !== null && status < 500)) {
    return fail(
      'quota',
      `${who} says that there is no credit left. Add some there, or choose another model, then try again.`,
    );
  }
  const isOwnProblem =
    status === null ? isNamed(/^(?:overloaded_error|api_error|timeout_error|server_error)$/) : status >= 500;
  if (!isOwnProblem && (status === 413 || isNamed(tooLongNames) || tooLongWords.test(said))) {
    return fail(
      'too_long',
      `What was sent is too long for the model "${model}". Lower the input budget in the settings.`,
    );
  }
  if (status === 429 || isNamed(/^rate_limit\w*$/)) {
    const pause = wait === null ? '' : ` for ${inWords(wait)}`;
    return fail(
      'rate_limit',
      `${who} wants to be asked less often; the work waits${pause} and goes on by itself.`,
      wait,
    );
  }
  if (status === 401 || isNamed(/^authentication_error$/)) {
    return fail('auth', `${who} does not accept the key. Enter another one in the settings.`);
  }
  if (status === 403 || isNamed(/^permission_error$/)) {
    return fail(
      'auth',
      `${who} does not let this key use the model "${model}". Check the key and the model in the settings.`,
    );
  }
  if (status === 404 || isNamed(/^(?:not_found_error|model_not_found)$/)) {
    return fail('setup', `${who} knows no model "${model}" at this address. Check both in the settings.`);
  }
  if (status === null || status >= 500 || [408, 409, 425, 499].includes(status)) {
    const number = status === null ? '' : ` (status ${status})`;
    return fail('transient', `${who} has a problem of its own${number}; it is asked again by itself.`, wait);
  }
  return fail(
    'format',
    `${who} refuses the request (status ${status}). Check the model and the address in the settings.`,
  );
}

/** In the header, or in words such as "Please try again in 1m20.5s". */
function retryAfterIn({ retryAfter, said }: Refusal, now: number): number | null {
  const told = readRetryAfter(retryAfter, now, longestRetryAfterMs);
  if (told !== null) return told;
  const [, minutes = '0', seconds = '0'] =
    /(?:retry|try again) in (?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?\b/i.exec(said) ?? [];
  const ms = (Number(minutes) * 60 + Number(seconds)) * 1_000;
  return ms > 0 ? Math.min(Math.ceil(ms), longestRetryAfterMs) : null;
}

/** How a connection failed; all of these are passing. */
export const passing = {
  unreachable: ({ who }: Asked, code: string | null, usage: ModelUsage | null = null) =>
    new ModelError(
      'transient',
      `${who} cannot be reached${code === null ? '' : ` (${code})`}. Is it running, and is there a network? It is asked again by itself.`,
      { usage },
    ),
  slow: ({ who }: Asked, afterMs: number, usage: ModelUsage | null = null) =>
    new ModelError('transient', `${who} did not answer within ${inWords(afterMs)}; it is asked again by itself.`, {
      usage,
    }),
  silent: ({ who }: Asked, afterMs: number, usage: ModelUsage | null = null) =>
    new ModelError(
      'transient',
      `${who} fell silent for ${inWords(afterMs)} amid its answer; it is asked again by itself.`,
      {
        usage,
      },
    ),
  brokenOff: ({ who }: Asked, usage: ModelUsage | null = null) =>
    new ModelError('transient', `The answer of ${who} broke off; it is asked again by itself.`, { usage }),
};

/** Answers that came, and cannot be used. */
export const unusable = {
  declined: ({ model }: Asked, usage: ModelUsage | null) =>
    new ModelError('format', `The model "${model}" declines to answer this. Another model may not.`, { usage }),
  empty: ({ model }: Asked, usage: ModelUsage | null) =>
    new ModelError('format', `The model "${model}" answered nothing. Try again, or choose another model.`, { usage }),
  wordless: ({ model }: Asked, usage: ModelUsage | null) =>
    new ModelError(
      'format',
      `The model "${model}" used up its answer's tokens before its first word. Choose one that thinks less.`,
      { usage },
    ),
  tooLong: ({ model }: Asked, usage: ModelUsage | null) =>
    new ModelError(
      'too_long',
      `What was sent is too long for the model "${model}". Lower the input budget in the settings.`,
      {
        usage,
      },
    ),
};

/** Their words on one line, shortened, without the key or what looks like one; a web page is not repeated. */
function theirWords({ key }: Asked, said: string): string {
  const line = withoutKeys(said, key).replaceAll(/\s+/g, ' ').trim();
  if (line === '' || /^[<{[]/.test(line)) return '';
  const shown = line.length <= longestSaid ? line : `${line.slice(0, longestSaid - 1).toWellFormed()}…`;
  return ` It says: ${shown}`;
}

/** A text without the key, and without what some servers show of one that they refuse. */
export function withoutKeys(text: string, key: string | null): string {
  const without = key === null || key.length < 4 ? text : text.replaceAll(key, '[key]');
  return without.replaceAll(/\b(?:sk|pk|key|token)-[\w*.-]{6,}/g, '[key]').replaceAll(/\bBearer\s+\S+/gi, '[key]');
}

/** 90000 → "90 s", 7200000 → "2 h". */
export function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds <= 120) return `${seconds} s`;
  return seconds <= 7_200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3_600)} h`;
}
