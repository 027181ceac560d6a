import { describe, expect, test } from 'vitest';
import type { FailureClass } from '../../shared/job-views.ts';
import { failureOf, inWords, withoutKeys, type Refusal } from './failures.ts';

const asked = { who: 'Somebody', model: 'm', key: 'my-own-key-1234' };
const refusal = (more: Partial<Refusal>): Refusal => ({ status: 400, names: [], said: '', retryAfter: null, ...more });

// Catches: work that is paid for again and again because an empty account looks like a crowd, and work that is parked because a
// crowd looks like an empty account.
test.each<[string, Partial<Refusal>, FailureClass, number | null]>([
  ['no quota', { status: 429, names: ['insufficient_quota'], said: 'You exceeded your current quota' }, 'quota', null],
  [
    'no quota, with a pause all the same',
    { status: 429, names: ['insufficient_quota'], retryAfter: '7' },
    'quota',
    null,
  ],
  [
    'a limit of a minute in those words',
    { status: 429, said: 'You exceeded your current quota. Please retry in 36.2s.' },
    'rate_limit',
    36_200,
  ],
  ['no credit', { status: 402, said: 'Insufficient credits' }, 'quota', null],
  ['a spend limit', { status: 400, names: ['invalid_request_error', 'contract_spend_limit_reached'] }, 'quota', null],
  ['a limit with its end in words', { status: 429, said: 'Please try again in 1m20.5s.' }, 'rate_limit', 80_500],
  ['a limit without an end', { status: 429, said: 'Slow down' }, 'rate_limit', null],
  [
    'a request above the limit of a minute',
    { status: 429, said: 'Request too large for m on tokens per min' },
    'too_long',
    null,
  ],
  ['too many bytes', { status: 413 }, 'too_long', null],
  [
    'a context of a local server',
    { said: 'the request exceeds the available context size (4096 tokens)' },
    'too_long',
    null,
  ],
  [
    'a context in other words',
    { said: 'Trying to keep the first 9000 tokens when context length is only 4096' },
    'too_long',
    null,
  ],
  [
    'a server that fails over the context',
    { status: 500, said: 'context window allocation failed' },
    'transient',
    null,
  ],
  ['an overload', { status: 529, retryAfter: '3' }, 'transient', 3_000],
  ['a gateway', { status: 502, said: '<html>Bad gateway</html>' }, 'transient', null],
  ['a conflict', { status: 409 }, 'transient', null],
  ['an overload inside a stream', { status: null, names: ['overloaded_error'] }, 'transient', null],
  ['a limit inside a stream', { status: null, names: ['rate_limit_error'] }, 'rate_limit', null],
  ['a bad key', { status: 401, said: 'No billing without a key' }, 'auth', null],
  ['an unknown model', { status: 404 }, 'setup', null],
  ['something else', { status: 422, said: 'temperature' }, 'format', null],
])('%s', (_, given, failureClass, retryAfterMs) => {
  const failure = failureOf(asked, refusal(given), 0);
  expect([failure.class, failure.retryAfterMs]).toEqual([failureClass, retryAfterMs]);
});

describe('a sentence', () => {
  test.each([
    ['the key', 'The key my-own-key-1234 is wrong'],
    ['what looks like one', 'Incorrect API key provided: sk-proj-abc***********wxyz.'],
    ['a header', 'Bad header: Authorization: Bearer abcdef'],
  ])('never holds %s', (_, said) => {
    expect(failureOf(asked, refusal({ said }), 0).message).not.toMatch(/1234|proj|wxyz|abcdef/);
  });

  test.each([
    ['a web page', '<html><body>x</body></html>', ''],
    ['JSON', '{"x": 1}', ''],
    ['nothing', '', ''],
    ['several lines', 'one\n  two', ' It says: one two'],
    ['a long text', `${'x'.repeat(198)}😀😀`, ` It says: ${'x'.repeat(198)}\ufffd…`],
  ])('repeats of %s what helps', (_, said, words) => {
    const { message } = failureOf(asked, refusal({ said }), 0);
    expect(message).toBe(
      `Somebody refuses the request (status 400). Check the model and the address in the settings.${words}`,
    );
  });
});

test.each([
  [500, '1 s'],
  [90_000, '90 s'],
  [3_600_000, '60 min'],
  [86_400_000, '24 h'],
])('%i ms are %s', (ms, words) => expect(inWords(ms)).toBe(words));

test('a key of a few letters does not blank out a sentence', () => {
  expect(withoutKeys('none of it', 'no')).toBe('none of it');
});
