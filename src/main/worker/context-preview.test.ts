import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorkers, type TestWorker } from './testing/test-worker.ts';

const workers = testWorkers();
let worker: TestWorker;
let projectId: string;

beforeAll(async () => {
  worker = await workers.start();
  const common = { session_id: 's1', cwd: '/work-of/shop', prompt_id: 'p1' };
  const edit = { tool_use_id: 't1', tool_name: 'Edit', tool_input: { file_path: '/work-of/shop/src/db.ts' } };
  const run = { tool_use_id: 't2', tool_name: 'Bash', tool_input: { command: 'npm test' }, error: 'Exit code 1' };
  await worker.hook({ ...common, hook_event_name: 'UserPromptSubmit', prompt: 'fix the lock' });
  await worker.hook({ ...common, hook_event_name: 'PostToolUse', ...edit });
  await worker.hook({ ...common, hook_event_name: 'PostToolUseFailure', ...run });
  projectId = (await worker.client.sessions.get.query({ id: 's1' })).project.id;
});
afterAll(() => workers.end());

async function preview(query: Record<string, string>): Promise<{ status: number; body: string }> {
  const parameters = new URLSearchParams({ project_id: projectId, ...query });
  const response = await worker.get(`/api/v1/context/preview?${parameters.toString()}`);
  return { status: response.status, body: await response.text() };
}

// Catches: a prompt or file that is left aside without a word.
test.each<[Record<string, string>, string]>([
  [{}, 'startup'],
  [{ file: 'src/db.ts' }, 'file'],
  [{ prompt: 'write a haiku' }, 'prompt'],
])('%j is a preview of kind %s', async (query, kind) => {
  const inferred = await preview(query);
  expect(inferred.status).toBe(200);
  expect(inferred.body).toBe((await preview({ ...query, kind })).body);
  expect(JSON.parse(inferred.body)).toMatchObject({
    budget_tokens: { startup: 1_500, file: 120, prompt: 400 }[kind],
  });
});

test('a file below the root of the project has the history of the whole path', async () => {
  const { body } = await preview({ file: 'src/db.ts' });
  expect(body).toContain('npm test');
  expect(body).toBe((await preview({ file: '/work-of/shop/src/db.ts' })).body);
});

test.each<[Record<string, string>, string]>([
  [{ prompt: 'x', file: 'y' }, 'Give a prompt or a file, not both.'],
  [{ kind: 'startup', prompt: 'x' }, 'A prompt goes with kind prompt alone: leave out one of them.'],
  [{ kind: 'compact', file: 'x' }, 'A file goes with kind file alone: leave out one of them.'],
  [{ kind: 'prompt' }, 'Kind prompt needs a prompt: give it too.'],
  [{ kind: 'file' }, 'Kind file needs a file: give it too.'],
])('%j is refused', async (query, sentence) => {
  const { status, body } = await preview(query);
  expect(status).toBe(400);
  expect(body).toContain(sentence);
});
