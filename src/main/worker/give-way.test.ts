import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { testWorkers } from './testing/test-worker.ts';

const workers = testWorkers();
afterEach(() => workers.end());

/** How nice each thread of this process is (proc_pid_stat(5), field 19); one may end meanwhile. */
function niceness(): Map<number, number> {
  return new Map(
    readdirSync('/proc/self/task').flatMap((thread): [number, number][] => {
      try {
        const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
        return [[Number(thread), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])]];
      } catch {
        return [];
      }
    }),
  );
}

// Catches: a whole process, hooks and all, that gives way to everything else on the machine.
it.runIf(process.platform === 'linux')('the thread behind the scenes gives way, and no other one does', async () => {
  const before = niceness();
  // What a new thread has unless it changes it: that of the thread that starts it.
  const usual = before.get(process.pid) ?? 0;
  const worker = await workers.start();
  await worker.hook({
    hook_event_name: 'UserPromptSubmit',
    session_id: 's',
    prompt: 'a question',
    cwd: '/nowhere/shop',
  });
  await worker.client.search.query.query({ text: 'question' });
  await expect
    .poll(() =>
      [...niceness()].filter(([thread, nice]) => nice !== (before.get(thread) ?? usual)).map(([, nice]) => nice),
    )
    .toEqual(usual === 10 ? [] : [10]);
});
