import { bringClient, run } from '../e2e/client/real-client.ts';
import { createReport } from '../e2e/client/report.ts';
import { hasTmux, runInteractive } from '../e2e/client/run-interactive.ts';
import { runMcp } from '../e2e/client/run-mcp.ts';
import { runModel } from '../e2e/client/run-model.ts';
import { runPermissions } from '../e2e/client/run-permissions.ts';
import { runPlugin } from '../e2e/client/run-plugin.ts';
import { runOfflineSession } from '../e2e/client/run-offline-session.ts';
import { onStage, runScenario } from '../e2e/client/run-scenario.ts';
import { loadScenarios } from '../e2e/client/scenario.ts';
import { isBuildStale } from './lib/build-freshness.ts';
import { runCommand } from './lib/run-command.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const report = createReport(print);
  if (isBuildStale()) {
    print('Building.');
    const built = await runCommand('npm', ['run', '-s', 'build']);
    if (built.exitCode !== 0) throw new Error(`The build failed:\n${built.output}`);
  }
  const binary = await bringClient();
  const version = await run(binary, ['--version'], { cwd: process.cwd(), env: process.env, timeoutMs: 30_000 });
  print(`The real client: ${binary}, ${version.stdout.trim()}`);

  const scenarios = loadScenarios();
  const part = (title: string, name: string | null, action: typeof runScenario) => ({ title, name, action });
  const parts = [
    ...scenarios.map(({ name }) => part(name, name, runScenario)),
    part('the client as a model', 'fix-lock-timeout', runModel),
    part('MCP over HTTP and stdio', 'fix-lock-timeout', runMcp),
    part('the plugin', 'fix-lock-timeout', runPlugin),
    part('worker stopped during a whole session', 'fix-lock-timeout', runOfflineSession),
    part('subagents while the worker is stopped', 'subagent-and-permission', runOfflineSession),
  ];
  if (await hasTmux()) {
    parts.push(part('the interactive client', 'subagent-and-permission', runInteractive));
    parts.push(part('permission requests', 'subagent-and-permission', runPermissions));
  } else print('tmux is not installed: the interactive client is left out.');

  const only = process.argv[2];
  for (const { title, name, action } of parts) {
    const scenario = scenarios.find((candidate) => candidate.name === name);
    if (scenario === undefined || (only !== undefined && !title.includes(only))) continue;
    report.heading(title);
    try {
      await onStage(binary, scenario, (stage) => action(stage, report));
    } catch (error) {
      await report.check(`${title} came to its end`, () => {
        throw error;
      });
    }
  }
  const failed = report.failed() + (report.passed() + report.failed() === 0 ? 1 : 0);
  print(`\n${report.passed()} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  print('0 passed, 1 failed');
  process.exitCode = 1;
}
