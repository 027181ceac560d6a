import type { Command } from 'commander';
import { cliMessages } from '../../shared/messages/cli.ts';
import { operationMessages } from '../../shared/messages/cli-operations.ts';
import type { CommonOptions } from './cli-context.ts';
import { addListingGroup } from './command-group.ts';
import { backupCommand, maintainCommand, type BackupOptions } from './commands/care.ts';
import { configCommand, getConfigCommand, resetConfigCommand, setConfigCommand } from './commands/config.ts';
import { statsCommand, type StatsOptions } from './commands/stats.ts';
import { runToolCommand, toolsCommand } from './commands/tools.ts';
import type { ProgramParts } from './memory-program.ts';

/** `cmem stats`, `tools`, `config`, `backup` and `maintain`. */
export function addOperationCommands(parts: ProgramParts): void {
  const { program, terminal, add, run } = parts;
  const { help } = operationMessages[terminal.locale];
  const { help: common } = cliMessages[terminal.locale];

  add(program, 'stats', help.stats)
    .option('--growth <bucket>', help.growth)
    .option('--project <name>', common.project)
    .option('--since <time>', common.since)
    .option('--until <time>', common.until)
    .action((_options, command: Command) => run<StatsOptions & CommonOptions>(statsCommand)(command));

  const { group: tools, list: listTools } = addListingGroup(parts, 'tools', { group: help.tools, list: help.tools });
  listTools.action((_options, command: Command) => run(toolsCommand)(command));
  add(tools, 'run', help.tools_run)
    .argument('<name>', help.tool_name)
    .argument('[arguments]', help.tool_arguments)
    .action((name: string, given: string | undefined, _options, command: Command) =>
      run((context) => runToolCommand(context, name, given))(command),
    );

  const { group: config, list } = addListingGroup(parts, 'config', { group: help.config, list: help.config });
  list.action((_options, command: Command) => run(configCommand)(command));
  add(config, 'get', help.config_get)
    .argument('<setting>', help.setting)
    .action((key: string, _options, command: Command) => run((context) => getConfigCommand(context, key))(command));
  add(config, 'set', help.config_set)
    .argument('<setting>', help.setting)
    .argument('<value...>', help.value)
    .action((key: string, words: string[], _options, command: Command) =>
      run((context) => setConfigCommand(context, key, words))(command),
    );
  add(config, 'reset', help.config_reset)
    .argument('<setting>', help.setting)
    .action((key: string, _options, command: Command) => run((context) => resetConfigCommand(context, key))(command));

  add(program, 'backup', help.backup)
    .option('--list', help.backup_list)
    .action((_options, command: Command) => run<BackupOptions & CommonOptions>(backupCommand)(command));
  add(program, 'maintain', help.maintain)
    .argument('[tasks...]', help.tasks)
    .action((words: string[], _options, command: Command) =>
      run((context) => maintainCommand(context, words))(command),
    );
}
