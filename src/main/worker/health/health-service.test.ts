import { expect, test } from 'vitest';
import { createHealthService } from './health-service.ts';
import { createProbe, type Finding, up } from './probe.ts';

const service = (checks: Record<string, () => Promise<Finding>>, vital: string) =>
  createHealthService({
    version: '1',
    startedAt: Date.now(),
    probes: Object.entries(checks).map(([name, check]) =>
      createProbe({ name, isVital: name === vital, limitMs: 20, check }),
    ),
    metrics: () => Promise.resolve(''),
  });

const hangs = () => new Promise<Finding>(() => {});
const fails = () => Promise.reject(new Error('The disk is gone.'));
const works = () => Promise.resolve(up);

// Catches: a thread that hangs and is taken for healthy, or that hangs whoever asks for the health.
test.each([
  ['all works', works, works, 'ok', 'up'],
  ['the vital one hangs', hangs, works, 'down', 'down'],
  ['the vital one fails', fails, works, 'down', 'down'],
  ['another one hangs', works, hangs, 'degraded', 'up'],
  ['another one fails', works, fails, 'degraded', 'up'],
  ['another one is off', works, () => Promise.resolve({ state: 'off' as const, problem: 'off' }), 'ok', 'up'],
])('%s', async (_, writer, model, status, state) => {
  const health = await service({ writer, model }, 'writer').ready();
  expect(health.status).toBe(status);
  expect(health.dependencies[0]?.state).toBe(state);
});

// Catches: questions that pile up in a thread which does not answer.
test('what hangs is asked once', async () => {
  let asked = 0;
  const probe = createProbe({
    name: 'reader',
    isVital: true,
    limitMs: 5,
    check() {
      asked++;
      return hangs();
    },
  });
  for (let time = 0; time < 5; time++) expect((await probe.look()).state).toBe('down');
  expect(asked).toBe(1);
});

test('many who ask at once are given one answer', async () => {
  let asked = 0;
  const { ready } = service(
    {
      reader() {
        asked++;
        return works();
      },
    },
    'reader',
  );
  await Promise.all(Array.from({ length: 50 }, () => ready()));
  expect(asked).toBe(1);
});
