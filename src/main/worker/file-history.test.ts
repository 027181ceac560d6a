import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { testWorkers, type TestWorker } from './testing/test-worker.ts';

const workers = testWorkers();
let worker: TestWorker;
const common = { cwd: '/work-of/shop', session_id: 'earlier', prompt_id: 'p1' };
const edit = { tool_name: 'Edit', tool_input: { file_path: '/work-of/shop/src/db.ts', new_string: 'x' } };

beforeEach(async () => {
  worker = await workers.start();
  const run = { tool_name: 'Bash', tool_input: { command: 'npm test' }, error: 'Exit code 1\ndatabase is locked' };
  await worker.hook({ ...common, hook_event_name: 'UserPromptSubmit', prompt: 'fix the lock' });
  await worker.hook({ ...common, hook_event_name: 'PostToolUse', tool_use_id: 't1', ...edit });
  await worker.hook({ ...common, hook_event_name: 'PostToolUseFailure', tool_use_id: 't2', ...run });
});
afterEach(() => workers.end());

let uses = 0;
async function isTold(agent: string | null): Promise<boolean> {
  const place = { ...common, session_id: 'now', ...(agent === null ? {} : { agent_id: agent, agent_type: 'Explore' }) };
  const response = await worker.hook({
    ...place,
    hook_event_name: 'PreToolUse',
    tool_use_id: `use ${++uses}`,
    ...edit,
  });
  return response.status === 200 && (await response.text()).includes('database is locked');
}

// Catches: what a subagent was told withheld from the main agent, which never sees it.
test('each agent of a session is told of a file once, also when they use it at the same time', async () => {
  const agents = [null, 'a1', 'a2'];
  expect(await Promise.all(agents.map(isTold))).toEqual([true, true, true]);
  await vi.waitFor(
    async () => {
      const { data } = await worker.client.context.injections.query({ session_id: 'now' });
      expect(data).toHaveLength(3);
    },
    { timeout: 30_000 },
  );
  expect(await Promise.all(agents.map(isTold))).toEqual([false, false, false]);
  expect(await isTold('a3')).toBe(true);
});
