import { Command, type CommandOptions, Option } from 'commander';
import { cliMessages } from '../../shared/messages/cli.ts';
import { version } from '../../../package.json';
import { addAccessCommands } from './access-program.ts';
import { addHelpCommand } from './command-group.ts';
import { createContext, type CliContext, type CommonOptions } from './cli-context.ts';
import { contextCommand, type ContextOptions } from './commands/context.ts';
import { doctorCommand } from './commands/doctor.ts';
import type { DoctorOptions } from './doctor-checks.ts';
import { hooksInstallCommand, hooksStatusCommand, hooksUninstallCommand, type HooksOptions } from './commands/hooks.ts';
import { searchCommand, type SearchOptions } from './commands/search.ts';
import { statusCommand } from './commands/status.ts';
import { tokenCommand, type TokenOptions } from './commands/token.ts';
import { withDashedText } from './dashed-text.ts';
import { addLearningCommands } from './learning-program.ts';
import { addMemoryCommands, type ProgramParts } from './memory-program.ts';
import { addMoneyCommands } from './money-program.ts';
import { addOperationCommands } from './operation-program.ts';
import { addRecordCommands } from './record-program.ts';
import { addPermissionCommands } from './permission-program.ts';
import { addSummaryCommands } from './summary-program.ts';
import type { Terminal } from './terminal.ts';

const listed = (value: string, earlier: string[] = []) => [
  ...earlier,
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
];

/** The command line's grammar; `onExit` hears what the chosen command ends with. */
export function createProgram(terminal: Terminal, onExit: (code: number) => void): Command {
  const { help } = cliMessages[terminal.locale];
  const common = (command: Command) =>
    command
      .option('--data <folder>', help.data)
      .option('--json', help.json)
      .helpOption('-h, --help', help.show_help)
      .configureHelp({ styleTitle: (title) => translatedTitle(title, terminal) })
      .configureOutput({
        writeOut: (text) => terminal.out(text.trimEnd()),
        writeErr: (text) => terminal.error(text.trimEnd()),
        // Said once, by whoever runs the program, in the form that --json asks for.
        outputError: () => {},
        getOutHelpWidth: () => terminal.columns,
        getOutHasColors: () => terminal.colour,
      })
      .exitOverride();
  const add = (parent: Command, name: string, summary: string, options: CommandOptions = {}) =>
    common(parent.command(name, options).summary(summary).description(summary));
  const run: ProgramParts['run'] =
    <O extends CommonOptions>(action: (context: CliContext, options: O) => number | Promise<number>) =>
    async (command: Command) => {
      const options = command.optsWithGlobals<O>();
      onExit(await action(createContext(options, terminal), options));
    };

  const program = common(new Command('cmem'))
    .description(help.program)
    .version(version, '-V, --version', help.show_version)
    // What follows a command is that command's own: some take text that begins with a dash.
    .enablePositionalOptions()
    .addHelpText('after', `\n${help.exit_codes}`);
  const parts: ProgramParts = { program, terminal, add, run };

  add(program, 'status', help.status).action((_options, command: Command) => run(statusCommand)(command));

  add(program, 'doctor', help.doctor)
    .option('--settings <file>', help.settings)
    .option('--port <number>', help.port)
    .option('--mend', help.mend)
    .action((_options, command: Command) => run<DoctorOptions & CommonOptions>(doctorCommand)(command));

  withDashedText(add(program, 'search', help.search), terminal)
    .argument('<text...>', help.search_text)
    .option('--project <name>', help.project)
    .option('--session <id>', help.session)
    .addOption(new Option('--type <types>', help.type).argParser(listed))
    .addOption(new Option('--tool <tools>', help.tool).argParser(listed))
    .option('--file <path>', help.file)
    .option('--since <time>', help.since)
    .option('--until <time>', help.until)
    .option('--failed', help.failed)
    .option('--limit <count>', help.limit)
    .option('--mode <mode>', help.mode)
    .option('--explain', help.explain)
    .action((words: string[], _options, command: Command) =>
      run<SearchOptions & CommonOptions>((context, options) => searchCommand(context, words, options))(command),
    );

  add(program, 'context', help.context)
    .option('--project <name>', help.context_project)
    .option('--session <id>', help.context_session)
    .option('--kind <kind>', help.context_kind)
    .option('--prompt <text>', help.context_prompt)
    .option('--file <path>', help.context_file)
    .option('--why', help.context_why)
    .action((_options, command: Command) => run<ContextOptions & CommonOptions>(contextCommand)(command));

  addMemoryCommands(parts);
  addRecordCommands(parts);
  addSummaryCommands(parts);
  addMoneyCommands(parts);
  addLearningCommands(parts);
  addOperationCommands(parts);
  addAccessCommands(parts);
  addPermissionCommands(parts);

  const hooks = add(program, 'hooks', help.hooks);
  addHelpCommand(hooks, parts);
  const hookCommands = [
    ['install', help.hooks_install, hooksInstallCommand],
    ['uninstall', help.hooks_uninstall, hooksUninstallCommand],
    ['status', help.hooks_status, hooksStatusCommand],
  ] as const;
  for (const [name, summary, action] of hookCommands) {
    const command = add(hooks, name, summary).option('--settings <file>', help.settings);
    if (name !== 'uninstall') command.option('--port <number>', help.port);
    command.action((_options, command: Command) => run<HooksOptions & CommonOptions>(action)(command));
  }

  add(program, 'token', help.token)
    .option('--capture', help.capture)
    .option('--link', help.link)
    .action((_options, command: Command) => run<TokenOptions & CommonOptions>(tokenCommand)(command));

  // Usually run without this grammar, which takes longer to load than an agent may wait: agent-command.ts.
  add(program, 'mcp', help.mcp).action(async (_options, command: Command) => {
    const { runMcp } = await import('./mcp/run-mcp.ts');
    onExit(await runMcp(command.optsWithGlobals<CommonOptions>().data));
  });
  add(program, 'hook', help.hook).action(async (_options, command: Command) => {
    const { runHook } = await import('./hook/run-hook.ts');
    onExit(await runHook(command.optsWithGlobals<CommonOptions>().data));
  });

  addHelpCommand(program, parts);
  return program;
}

function translatedTitle(title: string, { locale }: Terminal): string {
  const { help } = cliMessages[locale];
  const titles: Record<string, string> = {
    'Usage:': help.usage,
    'Options:': help.options,
    'Arguments:': help.arguments,
    'Commands:': help.commands,
  };
  return titles[title] ?? title;
}
