import assert from 'node:assert/strict';
import { checkPromptsAndAnswers, checkToolCalls } from './checks.ts';
import { eventually, type Report } from './report.ts';
import { askWith, asTyped, checkSearch, claude, stopStarted } from './run-mcp.ts';
import { playScenario, startWorkerOn, type Stage } from './run-scenario.ts';
import { recordedCalls } from './transcript.ts';
import { runCmem } from './worker-process.ts';

/** Claude Code puts the plugin's name before the server's. */
const server = 'plugin_claude-mem_memory';

/** The plugin in the real client: hooks that capture, the memory's tools, the skill and the commands. */
export async function runPlugin(stage: Stage, report: Report): Promise<void> {
  const { dataDir, scenario, home } = stage;
  const worker = await startWorkerOn(stage);
  try {
    const { plugin } = await worker.api.mcp.setup.query();
    await report.check('the app writes the plugin, and claude finds it valid', async () => {
      const written = await worker.api.mcp.writePlugin.mutate();
      assert.ok(written.is_written && written.carries_hooks);
      assert.deepEqual(written.commands, plugin?.commands);
      assert.match(await claude(stage, ['plugin', 'validate', written.folder]), /Validation passed/);
    });
    await report.check('the commands that it shows add and install it', async () => {
      for (const line of plugin?.commands ?? []) await asTyped(stage, line);
      assert.match(await claude(stage, ['plugin', 'list']), /claude-mem@claude-mem-desktop/);
      assert.match(await claude(stage, ['mcp', 'list']), /claude-mem:memory:.*(?:✓|✔|Connected)/);
    });
    await report.check('the real client runs all prompts with it', () => playScenario(stage));
    const recorded = recordedCalls(home.configDir);
    await report.check('its hooks captured every tool call, prompt and answer once', () =>
      eventually(async () => {
        const sessions = await worker.sessions();
        checkToolCalls(sessions, recorded, scenario);
        checkPromptsAndAnswers(sessions, scenario, (text) => text);
        const names = await worker.hookNames();
        for (const name of ['SessionStart', 'PostToolUse', 'Stop', 'SessionEnd']) assert.ok(names.includes(name), name);
      }),
    );
    await worker.context.choose.mutate({ choice: { context: false, recall: false } });
    await report.check('the model searches by the tools of the plugin', () => checkSearch(stage, server));
    await report.check('the skill and the commands are offered', async () => {
      const { offered } = await askWith(stage, []);
      for (const name of ['claude-mem:recall', 'claude-mem:remember', 'claude-mem:forget']) {
        assert.ok(offered.includes(name), `The model does not know ${name}.`);
      }
    });
    await report.check('with hooks in the settings besides, nothing is there twice', async () => {
      const installed = await runCmem(dataDir, ['hooks', 'install', '--settings', home.settingsFile]);
      assert.equal(installed.exitCode, 0, installed.stderr);
      const before = (await worker.sessions()).length;
      await askWith(stage, [{ tool: 'Bash', input: { command: 'cat src/db.js' } }]);
      await eventually(async () => {
        const sessions = await worker.sessions();
        const made = sessions.filter(({ timeline }) =>
          timeline.some(({ title }) => title.includes('Look into your memory')),
        );
        const newest = made.toSorted((one, other) => other.started_at.localeCompare(one.started_at))[0];
        assert.equal(sessions.length, before + 1);
        assert.deepEqual(
          newest?.timeline.map(({ type }) => type).toSorted(),
          ['command', 'conclusion', 'request'],
          'A row of the new session is there twice, or missing.',
        );
      });
      assert.equal((await worker.api.mcp.writePlugin.mutate()).carries_hooks, false);
    });
  } finally {
    await worker.stop().catch(() => {});
    await stopStarted(dataDir);
  }
}
