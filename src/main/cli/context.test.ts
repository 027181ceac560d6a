import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorkers, type TestWorker } from '../worker/testing/test-worker.ts';
import { runCmem } from './testing/run-cmem.ts';

const workers = testWorkers();
let worker: TestWorker;
const here = process.cwd();
const elsewhere = '/work-of/shop';

beforeAll(async () => {
  worker = await workers.start();
  for (const cwd of [here, elsewhere]) {
    const common = { session_id: `session of ${cwd}`, cwd, prompt_id: 'p1' };
    const tool = (name: string, id: string, input: object, rest: object) =>
      worker.hook({ ...common, tool_use_id: `${id} ${cwd}`, tool_name: name, tool_input: input, ...rest });
    await worker.hook({ ...common, hook_event_name: 'UserPromptSubmit', prompt: `fix the lock of ${cwd}` });
    await tool('Edit', 't1', { file_path: `${cwd}/src/db.ts`, new_string: 'x' }, { hook_event_name: 'PostToolUse' });
    const failed = { hook_event_name: 'PostToolUseFailure', error: `Exit code 1\nlocked in ${cwd}` };
    await tool('Bash', 't2', { command: 'npm test' }, failed);
  }
});
afterAll(() => workers.end());

const project = async (cwd: string) => (await worker.client.sessions.get.query({ id: `session of ${cwd}` })).project.id;
const context = async (cwd: string, ...args: string[]) =>
  runCmem(worker, ['context', '--project', await project(cwd), ...args]);

test('prints what an agent would be given, and not a byte besides', async () => {
  const { text } = await worker.client.context.preview.query({ project_id: await project(elsewhere) });
  expect(await context(elsewhere)).toEqual({ exitCode: 0, printed: text, failed: '' });
});

// Catches: a sentence for people in what a script hands to an agent.
test.each([[[]], [['--why']]])('says beside its output that there is nothing %j', async (args) => {
  const nothing = await context(elsewhere, '--file', 'src/none.ts', ...args);
  expect(nothing).toEqual({ exitCode: 0, printed: '', failed: 'Nothing would be given.' });
  const data = await context(elsewhere, '--file', 'src/none.ts', '--json', ...args);
  expect(JSON.parse(data.printed)).toMatchObject({ text: '' });
  expect(data.failed).toBe('');
});

test.each([
  ['of the project in which the command runs', here, 'src/db.ts'],
  ['said from the folder in which the command runs', here, './src/../src/db.ts'],
  ['of a project elsewhere', elsewhere, 'src/db.ts'],
  ['said in full', elsewhere, `${elsewhere}/src/db.ts`],
])('knows a file %s', async (_name, cwd, file) => {
  const { printed } = await context(cwd, '--file', file);
  expect(printed).toContain(`locked in ${cwd}`);
});
