import { expect } from 'vitest';
import type { TestWorker } from './test-worker.ts';

/** What the answer to a hook carries for the agent; empty for none. Fails when it carries anything else. */
export async function givenByHook(
  worker: Pick<TestWorker, 'hook'>,
  body: { hook_event_name?: string } & Record<string, unknown>,
): Promise<string> {
  const response = await worker.hook(body);
  expect(response.ok).toBe(true);
  if (response.status === 204) return '';
  const answer = (await response.json()) as {
    hookSpecificOutput: { hookEventName: string; additionalContext: string };
  };
  // A permission decision, or any other key, would change what the agent may do.
  expect(Object.keys(answer)).toEqual(['hookSpecificOutput']);
  expect(Object.keys(answer.hookSpecificOutput)).toEqual(['hookEventName', 'additionalContext']);
  expect(answer.hookSpecificOutput.hookEventName).toBe(body['hook_event_name']);
  return answer.hookSpecificOutput.additionalContext;
}
