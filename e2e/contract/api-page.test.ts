import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operationTags } from '../../src/main/api/operation.ts';
import { testWorkers, type TestWorker } from '../../src/main/worker/testing/test-worker.ts';
import { additions, type KnownIds } from './plausible-calls.ts';
import { callByName, seed } from './seed.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
const run = promisify(execFile);
const workers = testWorkers();
/** What the examples stand on; they make the rest themselves. */
const needed = ['memories.remember', 'learnings.create', 'agents.create', 'organizations.create', 'keys.create'];
let worker: TestWorker;
let known: KnownIds;

beforeAll(async () => {
  worker = await workers.start();
  known = await seed(worker);
  for (const { name, input, learn } of additions.filter((call) => needed.includes(call.name))) {
    const answer = await callByName(worker, { name, type: 'mutation', input: input(known) });
    Object.assign(known, learn?.(answer));
  }
});
afterAll(() => workers.end());

/** As people run it, but that errors of the worker fail and a stream is left after its first events. */
const asTold = `
curl() {
  case " $* " in
    *" -N "*) command curl -sS --fail-with-body --max-time 3 "$@" || [ $? = 28 ] ;;
    *) command curl -sS --fail-with-body "$@" ;;
  esac
}
`;

function examples(): string[] {
  return [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));
}

// Catches: an example that nobody can follow.
test('every example of docs/api.md works as it stands', async () => {
  const ids: Record<string, string> = Object.fromEntries(
    Object.entries(known).map(([name, id]) => [name.toUpperCase(), id]),
  );
  const env = {
    ...process.env,
    ...ids,
    URL: `${worker.url}/api/v1`,
    AUTH: `Authorization: Bearer ${worker.ownerToken}`,
  };
  const failed: string[] = [];
  for (const example of examples()) {
    await run('bash', ['-uc', `${asTold}\n${example}`], { env }).catch((error: unknown) => {
      const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
      failed.push(`${example}\n${said || String(error)}`);
    });
  }
  expect(failed).toEqual([]);
});

// Catches: a client that was right when it was written.
test('the example of the client runs as it stands', async () => {
  const env = { ...process.env, CLAUDE_MEM_URL: worker.url, CLAUDE_MEM_TOKEN: worker.ownerToken };
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, '../../docs/client/example.ts')], { env });
  expect(stdout).toMatch(/^[\d.]+ Deploys go out on Thursdays\.$/m);
  expect(stdout.trim().split('\n').length).toBeGreaterThan(3);
});

// Catches: a resource that has a table and no example.
test('every tag has an example', () => {
  const without = operationTags.filter((tag) => {
    const [before = ''] = page.split(`<!-- operations: ${tag} -->`);
    return !before.slice(before.lastIndexOf('\n## ')).includes('```sh\ncurl');
  });
  expect(without).toEqual([]);
  expect(examples().length).toBeGreaterThan(60);
});
