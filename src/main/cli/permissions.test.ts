import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { Locale } from '../../shared/messages/fill.ts';
import { testWorkers, type TestWorker } from '../worker/testing/test-worker.ts';
import { runCmem } from './testing/run-cmem.ts';

const workers = testWorkers();
afterEach(() => workers.end());

const listed = z.object({ data: z.array(z.object({ id: z.string(), summary: z.string() })) });

const cmem = (worker: TestWorker, args: string[], locale: Locale = 'en') =>
  runCmem(worker, ['permissions', ...args], { locale });

// Catches: a decision that reaches another request, a rule that nobody sees, a second decision that looks like the first.
test('an agent can be answered from another terminal, once or from now on', async () => {
  const worker = await workers.start();
  // Named or not: a group lists what it is about.
  expect((await cmem(worker, ['list'])).printed).toContain('No agent waits.');
  expect((await cmem(worker, [])).printed).toContain('No agent waits.');
  const answer = worker.hook({
    hook_event_name: 'PermissionRequest',
    session_id: 's1',
    cwd: '/nowhere/shop',
    tool_name: 'Bash',
    tool_input: { command: 'make docs' },
  });
  const id = await vi.waitFor(
    async () => {
      const { data } = listed.parse(JSON.parse((await cmem(worker, ['list', '--json'])).printed));
      expect(data.map(({ summary }) => summary)).toEqual(['make docs']);
      return data[0]?.id ?? '';
    },
    { timeout: 20_000, interval: 20 },
  );
  expect((await cmem(worker, ['list'], 'zh-CN')).printed).toMatch(/shop.*Bash: make docs/);
  const useless = await cmem(worker, ['allow', id, '--remember', '--pattern', 'yarn *']);
  expect(useless).toMatchObject({ exitCode: 2, failed: expect.stringContaining('What fits: "make docs"') as unknown });
  expect((await cmem(worker, ['rules'])).printed).toContain('no rules yet');
  const allowed = await cmem(worker, ['allow', id, '--pattern', 'make *', '--everywhere']);
  expect(allowed).toMatchObject({ exitCode: 0, printed: 'allowed: Bash: make docs\n' });
  expect(await (await answer).json()).toMatchObject({ hookSpecificOutput: { decision: { behavior: 'allow' } } });

  expect((await cmem(worker, ['rules'])).printed).toMatch(/allow\s+everywhere\s+Bash\s+make \*/);
  const again = await cmem(worker, ['deny', id, '--message', 'too late']);
  expect(again.exitCode).toBe(1);
  expect(again.failed).toContain('decided already');
  expect((await cmem(worker, ['list', '--all'])).printed).toContain('allowed');
});
