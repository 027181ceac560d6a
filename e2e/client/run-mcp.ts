import assert from 'node:assert/strict';
import { delimiter, dirname } from 'node:path';
import { clientEnvironment } from './client-home.ts';
import { startMessagesApi } from './messages-api.ts';
import { run, sendPrompt } from './real-client.ts';
import { eventually, type Report } from './report.ts';
import { playScenario, startWorkerOn, type Stage } from './run-scenario.ts';
import type { ScriptedPrompt } from './scenario.ts';
import { runCmem, type WorkerProcess } from './worker-process.ts';

const name = 'claude-mem';
const query = 'SQLITE_BUSY checkout journal mode';
/** Said in the final message of the scenario; the prompts that ask for it do not say it. */
const known = /WAL/;

/** Both doors of MCP with the real client: `claude mcp add`, a call of the model, and the answer that goes back to it. */
export async function runMcp(stage: Stage, report: Report): Promise<void> {
  const { dataDir, home, project } = stage;
  const worker = await startWorkerOn(stage);
  const port = Number(new URL(worker.url).port);
  try {
    await report.check('a session is remembered', async () => {
      const installed = await runCmem(dataDir, ['hooks', 'install', '--settings', home.settingsFile]);
      assert.equal(installed.exitCode, 0, installed.stderr);
      await playScenario(stage);
      await eventually(async () => assert.ok((await worker.sessions()).some(({ ended_at }) => ended_at !== null)));
      // What follows is about the answers of tools, not about what is given with a prompt.
      await worker.context.choose.mutate({ choice: { context: false, recall: false } });
    });

    const setup = await worker.api.mcp.setup.query();
    await report.check('the command for HTTP, with a key, connects claude', async () => {
      const { command, key_text: slot, scopes } = setup.http;
      const { key } = await worker.api.keys.create.mutate({ name: 'claude', scopes });
      await asTyped(stage, command.replace(slot, key));
      assert.match(await claude(stage, ['mcp', 'list']), /claude-mem:.*(?:✓|✔|Connected)/);
    });
    await report.check('the model searches over HTTP and is sent what was found', () => checkSearch(stage, name));
    await report.check('it goes from the index to the details of one hit', () => checkDetails(stage, worker));
    await report.check('what the model remembers is in the memory', async () => {
      const text = 'The staging database is read only on Fridays.';
      const { results } = await askWith(stage, [{ tool: `mcp__${name}__remember`, input: { text, project } }]);
      assert.match(results.join('\n'), /staging database/);
      const { data } = await worker.api.memories.list.query({ limit: 10 });
      assert.ok(data.some((memory) => memory.text === text && memory.project?.name === 'shop-api'));
    });
    await report.check('the worker is stopped; the command for the standard streams', async () => {
      await claude(stage, ['mcp', 'remove', '--scope', 'user', name]);
      await worker.stop();
      // Beside the worker of whoever runs this.
      const env = ` --env CLAUDE_MEM_PORT=${port} --env CLAUDE_CONFIG_DIR=${home.configDir} -- `;
      await asTyped(stage, setup.stdio?.command.replace(' -- ', env) ?? '');
    });
    await report.check('the model searches over stdio: the worker is started for it', () => checkSearch(stage, name));
    await report.check('there is one worker, which goes on without the client', async () => {
      const status = await runCmem(dataDir, ['status', '--json']);
      assert.equal(status.exitCode, 0, status.stderr);
    });
  } finally {
    await worker.stop().catch(() => {});
    await stopStarted(dataDir);
  }
}

/** Ends the worker that `cmem mcp` has started on this folder. */
export async function stopStarted(dataDir: string): Promise<void> {
  const status = await runCmem(dataDir, ['status', '--json']);
  const pid = /"pid": (\d+)/.exec(status.stdout)?.[1];
  if (status.exitCode !== 0 || pid === undefined) return;
  process.kill(Number(pid), 'SIGTERM');
  await eventually(async () => {
    const { exitCode } = await runCmem(dataDir, ['status', '--json']);
    assert.notEqual(exitCode, 0, 'The started worker does not stop.');
  });
}

/** Runs a line as a person copies it, with `claude` on the PATH. */
export async function asTyped({ binary, home, project }: Stage, line: string): Promise<string> {
  const env = clientEnvironment(home, 'http://127.0.0.1:9');
  const path = `${dirname(binary)}${delimiter}${env['PATH']}`;
  const finished = await run('sh', ['-c', line], { cwd: project, env: { ...env, PATH: path }, timeoutMs: 60_000 });
  assert.equal(finished.exitCode, 0, `${line}: ${finished.stderr}${finished.stdout}`);
  return finished.stdout;
}

/** Runs the client with arguments of its own in the project; what it printed. Throws when it fails. */
export async function claude({ binary, home, project }: Stage, args: readonly string[]): Promise<string> {
  const env = { ...clientEnvironment(home, 'http://127.0.0.1:9') };
  const finished = await run(binary, args, { cwd: project, env, timeoutMs: 60_000 });
  assert.equal(finished.exitCode, 0, `claude ${args.join(' ')}: ${finished.stderr}${finished.stdout}`);
  return finished.stdout;
}

interface Call {
  tool: string;
  input: Record<string, unknown>;
}

/** Lets the model make these calls one after the other; what it was offered, and the results that it was sent. */
export async function askWith(
  stage: Stage,
  calls: readonly Call[],
  args: readonly string[] = [],
): Promise<{ offered: string; results: string[] }> {
  const { scenario, project, binary, home } = stage;
  const prompt = 'Look into your memory of this project';
  const turns: ScriptedPrompt['turns'] = [...calls.map((call) => [call]), [{ text: 'Done.' }]];
  const api = await startMessagesApi({ ...scenario, prompts: [{ prompt, turns }] });
  try {
    const allowed = calls.map(({ tool }) => tool);
    await sendPrompt({ binary, home, apiUrl: api.url }, project, prompt, args, allowed);
    const requests = api.requests().filter((body) => body.includes(prompt));
    return { offered: requests[0] ?? '', results: toolResults(requests.at(-1) ?? '{}') };
  } finally {
    await api.close();
  }
}

/** The texts of all results of tools in a request to the model. */
function toolResults(body: string): string[] {
  const found: string[] = [];
  JSON.parse(body, (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'type' in value && value.type === 'tool_result') {
      found.push(JSON.stringify('content' in value ? value.content : null));
    }
    return value;
  });
  return found;
}

export async function checkSearch(stage: Stage, server: string): Promise<void> {
  const { offered, results } = await askWith(stage, [{ tool: `mcp__${server}__search`, input: { query } }]);
  assert.ok(offered.includes(`mcp__${server}__get_observations`), 'The model was not offered the tools.');
  assert.equal(results.length, 1, 'There is not one result of a tool.');
  assert.match(results[0] ?? '', known);
  assert.match(results[0] ?? '', /hits/);
}

async function checkDetails(stage: Stage, worker: WorkerProcess): Promise<void> {
  const { hits } = await worker.api.search.query.query({ text: query, limit: 1 });
  const id = hits[0]?.observation.id ?? '';
  const { results } = await askWith(stage, [
    { tool: `mcp__${name}__timeline`, input: { observation_id: id, before: 3, after: 3 } },
    { tool: `mcp__${name}__get_observations`, input: { ids: [id] } },
  ]);
  assert.equal(results.length, 2);
  for (const result of results) assert.ok(result.includes(id), `The answer does not speak of ${id}: ${result}`);
}
