import { agentCommand } from './cli/agent-command.ts';

const args = process.argv.slice(2);
const command = agentCommand(args);
if (command === null) {
  const { runCli } = await import('./cli/run-cli.ts');
  const { processTerminal } = await import('./cli/terminal.ts');
  process.exitCode = await runCli(args, processTerminal());
} else {
  const run =
    command.name === 'mcp'
      ? (await import('./cli/mcp/run-mcp.ts')).runMcp
      : (await import('./cli/hook/run-hook.ts')).runHook;
  // What is still under way must not keep the process of an agent that is gone.
  process.exit(await run(command.data));
}
