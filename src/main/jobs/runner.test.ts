import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { jobSettings } from './defaults.ts';
import { JobFailedError, type JobHandler } from './job.ts';
import { createRunner, type ClaimRequest, type QueueStore } from './runner.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

// Catches: sessions that not even the rules sum up, for the five hours that a plan's limit lasts.
test('a kind whose model is limited rests for minutes, however long the limit lasts', async () => {
  const claims: ClaimRequest[] = [];
  const left = [
    { id: 'j', kind: 'learn', payload: { final: true }, projectPk: null, sessionPk: 1, attempt: 1 } as const,
  ];
  const failed: (number | null)[] = [];
  const store: QueueStore = {
    async claim(request) {
      claims.push(request);
      return { jobs: left.splice(0).map((job) => ({ ...job, lease: 'l' })), nextAt: null, lost: [] };
    },
    renew: async () => [],
    finish: async () => true,
    async fail(_held, _failure, verdict) {
      failed.push(verdict.what === 'retry' ? verdict.afterMs : null);
    },
    release: async () => {},
    progress: async () => {},
  };
  const limit = 5 * 3_600_000;
  const limited: JobHandler = () => Promise.reject(new JobFailedError('rate_limit', 'The plan is used up.', limit));
  const rest = { summarise: limited, embed: limited, graph: limited, decay: limited, consolidate: limited };
  const settings = jobSettings(false, []);
  const runner = createRunner({ store, settings: () => settings, onChange() {}, onFault: expect.unreachable });
  runner.start({ ...rest, learn: limited, backup: limited, cleanup: limited, export: limited });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(failed).toEqual([limit]);
  expect(claims.at(-1)?.free).toMatchObject({ summarise: 2 });
  expect(claims.at(-1)?.free).not.toHaveProperty('learn');
  await vi.advanceTimersByTimeAsync(6 * 60_000);
  expect(claims.at(-1)?.free).toHaveProperty('learn', 1);
  await runner.close();
});

// Catches a job that waits for a person, and was paid for in vain, because the disk was full when it ended.
test.each([
  ['NOT_STORED', 'transient', 'retry'],
  ['NOT_DONE', 'bug', 'park'],
])('an end that the writer answers with %s is %s', async (code, failureClass, verdict) => {
  const left = [{ id: 'j', kind: 'embed', payload: {}, projectPk: null, sessionPk: null, attempt: 1 } as const];
  const failed: string[][] = [];
  const store: QueueStore = {
    claim: async () => ({ jobs: left.splice(0).map((job) => ({ ...job, lease: 'l' })), nextAt: null, lost: [] }),
    renew: async () => [],
    finish: () => Promise.reject(Object.assign(new Error('It was not written.'), { code })),
    async fail(_held, failure, { what }) {
      failed.push([failure.class, what]);
    },
    release: async () => {},
    progress: async () => {},
  };
  const works: JobHandler = async () => ({ result: 'Done.', apply: null });
  const handlers = { summarise: works, embed: works, graph: works, decay: works, consolidate: works };
  const settings = jobSettings(false, []);
  const runner = createRunner({ store, settings: () => settings, onChange() {}, onFault: expect.unreachable });
  runner.start({ ...handlers, learn: works, backup: works, cleanup: works, export: works });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(failed).toEqual([[failureClass, verdict]]);
  await runner.close();
});
