import assert from 'node:assert/strict';
import { checkPromptsAndAnswers, checkSubagents, expectedCalls, rememberedCalls } from './checks.ts';
import { acceptDialogs, clientEnvironment } from './client-home.ts';
import { startMessagesApi } from './messages-api.ts';
import { run } from './real-client.ts';
import { eventually, type Report } from './report.ts';
import { startWorkerOn, type Stage } from './run-scenario.ts';
import { openTerminal } from './terminal-session.ts';
import { finalMessage, toolCalls, typedPrompts } from './scenario.ts';
import { recordedCalls } from './transcript.ts';
import { runCmem } from './worker-process.ts';

const sessionWithinMs = 60_000;

/** Whether tmux is there to give the client a terminal. */
export async function hasTmux(): Promise<boolean> {
  const version = await run('tmux', ['-V'], { cwd: '/', env: process.env, timeoutMs: 5000 });
  return version.exitCode === 0;
}

/** The interactive client in a terminal, with a person who allows everything that it asks. */
export async function runInteractive(stage: Stage, report: Report): Promise<void> {
  const { scenario, home, project, dataDir, binary } = stage;
  const [typed] = typedPrompts(scenario);
  assert.ok(typed !== undefined, 'The scenario has no prompt.');
  const worker = await startWorkerOn(stage);
  const api = await startMessagesApi(scenario);
  const terminal = openTerminal({ env: clientEnvironment(home, api.url), cwd: project });
  try {
    const installed = await runCmem(dataDir, ['hooks', 'install', '--settings', home.settingsFile]);
    assert.equal(installed.exitCode, 0, installed.stderr);
    acceptDialogs(home, project);
    await report.check('the interactive client runs the prompt, a person allowing what it asks', async () => {
      await terminal.run(binary);
      await eventually(async () => assert.match(await terminal.screen(), /❯|>\s*(?:Try|$)/m), sessionWithinMs);
      await terminal.type(typed.prompt);
      await eventually(
        async () => assert.ok((await terminal.screen()).includes(typed.prompt.slice(0, 40))),
        sessionWithinMs,
      );
      await terminal.press('Enter');
      await eventually(async () => {
        const shown = await terminal.screen();
        const bottom = shown.trimEnd().split('\n').slice(-12).join('\n');
        if (/Do you want to (?:create|proceed|make)/.test(bottom)) await terminal.press('Enter');
        assert.ok(shown.includes(finalMessage(typed).slice(0, 40)), shown);
      }, sessionWithinMs);
    });
    await report.check('every tool call is there exactly once', () =>
      eventually(async () => {
        const recorded = recordedCalls(home.configDir);
        assert.equal(recorded.length, toolCalls(scenario).length);
        assert.deepEqual(rememberedCalls(await worker.sessions()), expectedCalls(recorded));
      }),
    );
    await report.check('the prompt and the final message are there exactly once', () =>
      eventually(async () => checkPromptsAndAnswers(await worker.sessions(), scenario, (text) => text)),
    );
    await report.check("subagents' rows keep their agent", async () =>
      checkSubagents(await worker.sessions(), scenario, project),
    );
  } finally {
    await terminal.close();
    await api.close();
    await worker.stop();
  }
}
