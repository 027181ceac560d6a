import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkHandedBack } from './handed-back.ts';
import { checkNoBytes, checkPromptsAndAnswers, checkSubagents, checkToolCalls } from './checks.ts';
import { makeHome, makeProject, type ClientHome } from './client-home.ts';
import { startMessagesApi } from './messages-api.ts';
import { sendPrompt } from './real-client.ts';
import { eventually, type Report } from './report.ts';
import { finalMessage, inFolder, toolCalls, typedPrompts, type Scenario } from './scenario.ts';
import { asKept, secretsOf } from './secrets.ts';
import { recordedCalls } from './transcript.ts';
import { runCmem, startWorkerProcess, type RememberedSession, type WorkerProcess } from './worker-process.ts';

export interface Stage {
  binary: string;
  home: ClientHome;
  project: string;
  otherProject: string;
  dataDir: string;
  scenario: Scenario;
}

const question = 'What do you know about this project?';

/** Runs `action` with fresh folders that are gone afterwards. */
export async function onStage(
  binary: string,
  scenario: Scenario,
  action: (stage: Stage) => Promise<void>,
): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'claude-mem-client-'));
  try {
    const project = makeProject(join(root, 'shop-api'));
    const otherProject = makeProject(join(root, 'billing'));
    const dataDir = join(root, 'data');
    mkdirSync(dataDir, { mode: 0o700 });
    const home = makeHome(join(root, 'home'));
    await action({ binary, home, project, otherProject, dataDir, scenario: inFolder(scenario, project) });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export function startWorkerOn({ dataDir, home }: Stage, port = 0): Promise<WorkerProcess> {
  return startWorkerProcess({ dataDir, configDir: home.configDir, port });
}

/** Sends every typed prompt of the scenario to one session. */
export async function playScenario({ binary, home, project, scenario }: Stage): Promise<void> {
  const api = await startMessagesApi(scenario);
  try {
    for (const [index, { prompt }] of typedPrompts(scenario).entries()) {
      await sendPrompt({ binary, home, apiUrl: api.url }, project, prompt, index === 0 ? [] : ['--continue']);
    }
  } finally {
    await api.close();
  }
}

/** What the model is sent when somebody asks something in a new session in that folder. */
async function newSession({ binary, home, scenario }: Stage, folder: string): Promise<string> {
  const api = await startMessagesApi({ ...scenario, prompts: [] });
  try {
    await sendPrompt({ binary, home, apiUrl: api.url }, folder, question);
    const requests = api.requests().filter((body) => body.includes(question));
    assert.ok(requests.length > 0, 'The client sent no request to the model.');
    return requests.join('\n');
  } finally {
    await api.close();
  }
}

/** What a person says who wants a turn to be forgotten, in the scenarios. */
const offRecord = /不要记住|do not remember/i;

/** The first words of the final messages, as they stand in a JSON body: of what is to be remembered, or of what is not. */
function answers(scenario: Scenario, isMemorable: boolean): string[] {
  return typedPrompts(scenario)
    .filter(({ prompt }) => offRecord.test(prompt) !== isMemorable)
    .map((prompt) => JSON.stringify(finalMessage(prompt).slice(0, 24)).slice(1, -1));
}

const isAbout = (sessions: RememberedSession[], ids: ReadonlySet<string>) => sessions.filter(({ id }) => ids.has(id));

/** The whole way with hooks that our own installer wrote: capture, context for the next session, restart. */
export async function runScenario(stage: Stage, report: Report): Promise<void> {
  const { scenario, home, project, dataDir } = stage;
  let worker = await startWorkerOn(stage);
  try {
    await report.check('cmem hooks install writes the settings and leaves what was there', async () => {
      const installed = await runCmem(dataDir, ['hooks', 'install', '--settings', home.settingsFile]);
      assert.equal(installed.exitCode, 0, installed.stderr);
      assert.match(readFileSync(home.settingsFile, 'utf8'), /"command": "true"[\s\S]*\/hooks\/claude-code/);
    });
    await report.check('the real client runs all prompts', () => playScenario(stage));
    const recorded = recordedCalls(home.configDir);
    const ids = new Set(recorded.map(({ sessionId }) => sessionId));
    const rows = async () => isAbout(await worker.sessions(), ids);

    await report.check('every tool call and failure is there exactly once', () =>
      eventually(async () => checkToolCalls(await rows(), recorded, scenario)),
    );
    await report.check('every prompt and final message is there exactly once', () =>
      eventually(async () => checkPromptsAndAnswers((await rows()).map(kept), scenario, asKept)),
    );
    await report.check('it came by hooks, not only from the transcript', async () => {
      // The client sends no hook for a call that it refuses; every other one comes by hook.
      const ran = (await rows()).flatMap(({ timeline }) =>
        timeline.filter(({ tool, failed }) => tool !== null && !failed),
      );
      assert.deepEqual(
        ran.filter(({ source }) => source !== 'hook').map(({ title }) => title),
        [],
      );
      const names = await worker.hookNames();
      for (const name of ['SessionStart', 'UserPromptSubmit', 'PostToolUse', 'PostToolBatch', 'Stop', 'SessionEnd']) {
        assert.ok(names.includes(name), `${name} never arrived.`);
      }
    });
    const delegated = toolCalls(scenario).some(({ tool }) => tool === 'Agent');
    if (delegated) {
      await report.check("subagents' rows keep their agent", async () =>
        checkSubagents(await rows(), scenario, project),
      );
    }
    await report.check('a new session of the same project is told what happened', async () => {
      const request = await newSession(stage, project);
      for (const words of answers(scenario, true)) {
        assert.ok(request.includes(words), `The model was not told "${words}".`);
      }
      for (const words of answers(scenario, false)) {
        assert.ok(!request.includes(words), `The model was told "${words}", which was to be forgotten.`);
      }
      if (scenario.name === 'fix-lock-timeout') assert.match(request, /WAL/);
    });
    await report.check('a session of another project is not', async () => {
      const request = await newSession(stage, stage.otherProject);
      for (const words of answers(scenario, true)) {
        assert.ok(!request.includes(words), `The model was told "${words}".`);
      }
      assert.ok(!request.includes('shop-api'), 'The model was told of the other project.');
    });
    await checkHandedBack(stage, worker, report);
    await report.check('after a restart, transcripts read again, nothing is lost or doubled', async () => {
      await worker.stop();
      worker = await startWorkerOn(stage, Number(new URL(worker.url).port));
      await eventually(async () => {
        checkToolCalls(await rows(), recorded, scenario);
        checkPromptsAndAnswers((await rows()).map(kept), scenario, asKept);
      });
    });
    const secrets = secretsOf(scenario);
    if (secrets.length > 0) {
      await report.check('no byte of keys or private text is in the data folder, running', () =>
        checkNoBytes(dataDir, secrets),
      );
    }
    await report.check('cmem doctor finds nothing that failed', async () => {
      const doctor = await runCmem(dataDir, ['doctor', '--settings', home.settingsFile]);
      assert.equal(doctor.exitCode, 0, doctor.stdout + doctor.stderr);
    });
    await report.check('the worker stops cleanly', () => worker.stop());
    if (secrets.length > 0) {
      await report.check('nor when stopped', () => checkNoBytes(dataDir, secrets));
    }
    await report.check('cmem hooks uninstall gives back the settings', async () => {
      const before = JSON.stringify(
        { hooks: { Stop: [{ hooks: [{ type: 'command', command: 'true' }] }] }, cleanupPeriodDays: 30 },
        null,
        2,
      );
      const done = await runCmem(dataDir, ['hooks', 'uninstall', '--settings', home.settingsFile]);
      assert.equal(done.exitCode, 0, done.stderr);
      assert.equal(readFileSync(home.settingsFile, 'utf8'), before);
    });
  } finally {
    await worker.stop().catch(() => {});
  }
}

/** Titles and narratives with every redaction written alike. */
function kept(session: RememberedSession): RememberedSession {
  const timeline = session.timeline.map((row) => ({
    ...row,
    title: asKept(row.title),
    narrative: row.narrative === null ? null : asKept(row.narrative),
  }));
  return { ...session, timeline };
}
