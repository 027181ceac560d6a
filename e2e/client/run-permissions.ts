import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PermissionRequestView, PermissionState } from '../../src/shared/permission-views.ts';
import { acceptDialogs, clientEnvironment } from './client-home.ts';
import { startMessagesApi } from './messages-api.ts';
import { eventually, type Report } from './report.ts';
import { startWorkerOn, type Stage } from './run-scenario.ts';
import { inFolder, type Scenario, type ToolCall } from './scenario.ts';
import { openTerminal } from './terminal-session.ts';
import { runCmem, type WorkerProcess } from './worker-process.ts';

const prompt = 'Tidy up the project and tell me when it is done';
const done = 'All five steps are through.';
const steps: ToolCall[] = [
  { tool: 'Write', input: { file_path: '$WORK/src/allowed.js', content: 'export const allowed = true;\n' } },
  { tool: 'Bash', input: { command: 'rm -rf build', description: 'Remove the build folder' } },
  { tool: 'Bash', input: { command: 'mkdir -p made-by-rule', description: 'Make a folder' } },
  { tool: 'Bash', input: { command: 'mkdir -p made-in-terminal', description: 'Make another folder' } },
  { tool: 'Bash', input: { command: 'mkdir -p made-first', description: 'Make a third folder' } },
];
const scenario: Scenario = {
  name: 'permissions',
  prompts: [{ prompt, turns: [...steps.map((step) => [step]), [{ text: done }]] }],
};
const patienceMs = 60_000;
const dialog = /Do you want to (?:create|proceed|make)/;

/** What the interactive client does with answers that come from here, and without one. */
export async function runPermissions(stage: Stage, report: Report): Promise<void> {
  const { home, project, dataDir, binary } = stage;
  const worker = await startWorkerOn(stage);
  const api = await startMessagesApi(inFolder(scenario, project));
  const terminal = openTerminal({ env: clientEnvironment(home, api.url), cwd: project });
  const { permissions } = worker.api;
  try {
    const installed = await runCmem(dataDir, ['hooks', 'install', '--settings', home.settingsFile]);
    assert.equal(installed.exitCode, 0, installed.stderr);
    acceptDialogs(home, project);
    await permissions.createRule.mutate({ effect: 'allow', tool: 'Bash', pattern: 'mkdir -p made-by-*' });
    await terminal.run(binary);
    await eventually(async () => assert.match(await terminal.screen(), /❯|>\s*(?:Try|$)/m), patienceMs);
    await terminal.type(prompt);
    await eventually(async () => assert.ok((await terminal.screen()).includes(prompt.slice(0, 40))), patienceMs);
    await terminal.press('Enter');

    await report.check('a request that is allowed here closes the question in the terminal', async () => {
      const { id } = await pending(worker, 'src/allowed.js');
      await eventually(async () => assert.match(bottom(await terminal.screen()), dialog), patienceMs);
      await permissions.decide.mutate({ id, behavior: 'allow' });
      await eventually(
        async () => assert.match(await terminal.screen(), /Allowed by PermissionRequest hook/),
        patienceMs,
      );
      await eventually(() => assert.ok(existsSync(join(project, 'src/allowed.js'))));
    });
    await report.check('a request that is denied here is refused, and the reason reaches the model', async () => {
      const { id } = await pending(worker, 'rm -rf build');
      await permissions.decide.mutate({ id, behavior: 'deny', message: 'The build folder stays' });
      await eventually(
        () => assert.ok(api.requests().some((body) => body.includes('The build folder stays'))),
        patienceMs,
      );
      assert.ok(existsSync(join(project, 'build')), 'The denied command ran.');
    });
    await report.check('a rule answers at once, without a question', async () => {
      const request = await inState(worker, 'mkdir -p made-by-rule', 'allowed');
      assert.equal(request.decided_by, 'rule');
      await eventually(() => assert.ok(existsSync(join(project, 'made-by-rule'))), patienceMs);
      // The next question has to be one that times out.
      await permissions.setSettings.mutate({ enabled: true, wait_seconds: 2, notify: false });
    });
    await report.check('without an answer in time the terminal keeps the question, and its answer counts', async () => {
      await inState(worker, 'mkdir -p made-in-terminal', 'expired');
      assert.ok(!existsSync(join(project, 'made-in-terminal')), 'It ran without leave.');
      await permissions.setSettings.mutate({ enabled: true, wait_seconds: 60, notify: false });
      await eventually(async () => assert.match(bottom(await terminal.screen()), dialog), patienceMs);
      await terminal.press('Enter');
      await eventually(() => assert.ok(existsSync(join(project, 'made-in-terminal'))), patienceMs);
    });
    await report.check('an answer in the terminal withdraws the question here', async () => {
      await pending(worker, 'mkdir -p made-first');
      await eventually(async () => assert.match(bottom(await terminal.screen()), dialog), patienceMs);
      await terminal.press('Enter');
      await inState(worker, 'mkdir -p made-first', 'withdrawn');
      await eventually(async () => assert.ok((await terminal.screen()).includes(done)), patienceMs);
      assert.ok(existsSync(join(project, 'made-first')));
    });
  } finally {
    await terminal.close();
    await api.close();
    await worker.stop();
  }
}

const bottom = (screen: string): string => screen.trimEnd().split('\n').slice(-14).join('\n');

const pending = (worker: WorkerProcess, summary: string) => inState(worker, summary, 'pending');

function inState(worker: WorkerProcess, summary: string, state: PermissionState): Promise<PermissionRequestView> {
  return eventually(async () => {
    const { data } = await worker.api.permissions.list.query({ limit: 50 });
    const found = data.find((request) => request.summary === summary);
    assert.ok(found !== undefined, `There is no request "${summary}": ${data.map((one) => one.summary).join(', ')}`);
    assert.equal(found.state, state);
    return found;
  }, patienceMs);
}
