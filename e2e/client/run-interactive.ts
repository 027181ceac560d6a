import assert from 'node:assert/strict';
import { checkPromptsAndAnswers, checkSubagents, expectedCalls, rememberedCalls } from './checks.ts';
import { acceptDialogs, clientEnvironment } from './client-home.ts';
import { startMessagesApi } from './messages-api.ts';
import { run } from './real-client.ts';
import { eventually, type Report } from './report.ts';
import { startWorkerOn, type Stage } from './run-scenario.ts';
import { finalMessage, toolCalls, typedPrompts } from './scenario.ts';
import { recordedCalls } from './transcript.ts';
import { runCmem } from './worker-process.ts';

const sessionWithinMs = 60_000;
const columns = 140;

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
  const socket = `cmem-${process.pid}`;
  const env = { ...clientEnvironment(home, api.url), TERM: 'xterm-256color' };
  const tmux = async (...args: string[]) => {
    const done = await run('tmux', ['-L', socket, ...args], { cwd: project, env, timeoutMs: 10_000 });
    assert.equal(done.exitCode, 0, done.stderr);
    return done.stdout;
  };
  const screen = () => tmux('capture-pane', '-p', '-S', '-200');
  try {
    const installed = await runCmem(dataDir, ['hooks', 'install', '--settings', home.settingsFile]);
    assert.equal(installed.exitCode, 0, installed.stderr);
    acceptDialogs(home, project);
    await report.check('the interactive client runs the prompt, a person allowing what it asks', async () => {
      await tmux('new-session', '-d', '-x', String(columns), '-y', '50', binary);
      await eventually(async () => assert.match(await screen(), /❯|>\s*(?:Try|$)/m), sessionWithinMs);
      await tmux('send-keys', '-l', typed.prompt);
      await eventually(async () => assert.ok((await screen()).includes(typed.prompt.slice(0, 40))), sessionWithinMs);
      await tmux('send-keys', 'Enter');
      await eventually(async () => {
        const shown = await screen();
        const bottom = shown.trimEnd().split('\n').slice(-12).join('\n');
        if (/Do you want to (?:create|proceed|make)/.test(bottom)) await tmux('send-keys', 'Enter');
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
    await tmux('kill-server').catch(() => {});
    await api.close();
    await worker.stop();
  }
}
