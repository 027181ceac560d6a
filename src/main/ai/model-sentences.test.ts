import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modelSentences } from '../../shared/messages/model-sentences.ts';
import { createTranslator } from '../../shared/messages/translate-sentence.ts';
import { createClaudeProvider } from './claude-cli/claude-provider.ts';
import { failureOf, passing, unusable, type Refusal } from './failures.ts';

const asked = { who: 'localhost:11434', model: 'qwen3', key: null };
const { translateSentence } = createTranslator([], modelSentences);
const inChinese = (sentence: string) => translateSentence(sentence, 'zh-CN');

const refusals: Partial<Refusal>[] = [
  { status: 401 },
  { status: 402 },
  { status: 403 },
  { status: 404 },
  { status: 413 },
  { status: 422 },
  { status: 429 },
  { status: 429, retryAfter: '7' },
  { status: 503 },
  { status: null, names: ['api_error'] },
];
const sentences = [
  ...refusals.map((more) => failureOf(asked, { status: 400, names: [], said: '', retryAfter: null, ...more }, 0)),
  passing.unreachable(asked, 'ECONNREFUSED'),
  passing.unreachable(asked, null),
  passing.slow(asked, 60_000),
  passing.silent(asked, 60_000),
  passing.brokenOff(asked),
  ...Object.values(unusable).map((make) => make(asked, null)),
].map(({ message }) => [message] as const);

// Catches: a sentence that was put in other words, so that a Chinese window shows why a model failed in English.
test.each(sentences)('%s', (message) => {
  const chinese = inChinese(message);
  expect(chinese).toMatch(/\p{Script=Han}/u);
  expect(chinese).not.toMatch(/[a-z]{3,} [a-z]{2,} [a-z]{2,}/);
});

test("the provider's own words stay behind ours as they are", () => {
  const refused = { status: 401, names: [], said: 'No such key', retryAfter: null };
  const { message } = failureOf(asked, refused, 0);
  expect(inChinese(message)).toBe('localhost:11434 不接受这个密钥。请在设置中填写另一个。对方说：No such key');
});

test('a program that is not there', async () => {
  const provider = createClaudeProvider({ path: '/nonexistent/claude', folder: join(tmpdir(), 'none'), env: {} });
  const request = { model: 'haiku', system: '', prompt: '', schema: null, maxOutputTokens: 1 };
  const failure: unknown = await provider
    .complete(request, AbortSignal.timeout(60_000))
    .catch((error: unknown) => error);
  expect(inChinese(failure instanceof Error ? failure.message : '')).toBe(
    '为 `claude` 填写的路径上没有可以运行的程序。请在设置中检查。',
  );
});
