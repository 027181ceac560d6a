import assert from 'node:assert/strict';
import { checkPromptsAndAnswers, checkToolCalls } from './checks.ts';
import { eventually, type Report } from './report.ts';
import { playScenario, startWorkerOn, type Stage } from './run-scenario.ts';
import { recordedCalls } from './transcript.ts';
import { runCmem } from './worker-process.ts';

/** The worker is stopped during a whole session; what it missed is read from the transcript when it starts. */
export async function runOfflineSession(stage: Stage, report: Report): Promise<void> {
  const { scenario, home, dataDir } = stage;
  let worker = await startWorkerOn(stage);
  const port = Number(new URL(worker.url).port);
  try {
    await report.check('hooks are installed and the worker is stopped', async () => {
      const installed = await runCmem(dataDir, ['hooks', 'install', '--settings', home.settingsFile]);
      assert.equal(installed.exitCode, 0, installed.stderr);
      await worker.stop();
    });
    await report.check('the real client works on without the worker', () => playScenario(stage));
    const recorded = recordedCalls(home.configDir);
    await report.check('after its start every tool call and failure is there exactly once', async () => {
      worker = await startWorkerOn(stage, port);
      await eventually(async () => checkToolCalls(await worker.sessions(), recorded, scenario));
    });
    await report.check('and every prompt and final message', () =>
      eventually(async () => checkPromptsAndAnswers(await worker.sessions(), scenario, (text) => text)),
    );
    await report.check('the worker stops cleanly', () => worker.stop());
  } finally {
    await worker.stop().catch(() => {});
  }
}
