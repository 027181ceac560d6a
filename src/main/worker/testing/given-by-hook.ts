import { expect, vi } from 'vitest';
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

const patience = { timeout: 30_000, interval: 50 };

/** Resolves when every row has its vector: until then the same question may have another answer. */
export async function vectorsMade(worker: Pick<TestWorker, 'client'>): Promise<void> {
  await vi.waitFor(async () => {
    const { embedding, database } = await worker.client.status.get.query();
    expect([embedding.state, embedding.active?.vectors]).toEqual(['idle', database.counts.observations]);
  }, patience);
}

/** Asks until something is told: on a busy machine a recall is silent rather than late. */
export function told(ask: () => Promise<string>): Promise<string> {
  const something = async () => {
    const text = await ask();
    expect(text).not.toBe('');
    return text;
  };
  return vi.waitFor(something, patience);
}
