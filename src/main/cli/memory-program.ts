import { type Command, type CommandOptions, Option } from 'commander';
import { cliMessages } from '../../shared/messages/cli.ts';
import { memoryMessages } from '../../shared/messages/cli-memories.ts';
import type { CliContext, CommonOptions } from './cli-context.ts';
import {
  forgetCommand,
  memoriesCommand,
  rememberCommand,
  restoreMemoryCommand,
  type ForgetOptions,
  type MemoriesOptions,
  type RememberOptions,
} from './commands/memories.ts';
import { withDashedText } from './dashed-text.ts';
import type { Terminal } from './terminal.ts';

/** What a part of the grammar is made with. */
export interface ProgramParts {
  program: Command;
  terminal: Terminal;
  add(parent: Command, name: string, summary: string, options?: CommandOptions): Command;
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- commander gives whatever the command declares
  run<O extends CommonOptions>(
    action: (context: CliContext, options: O) => number | Promise<number>,
  ): (command: Command) => Promise<void>;
}

const collected = (value: string, earlier: string[] = []) => [...earlier, value];

/** `cmem remember`, `forget`, `unforget` and `memories`. */
export function addMemoryCommands({ program, terminal, add, run }: ProgramParts): void {
  const { help } = memoryMessages[terminal.locale];

  withDashedText(add(program, 'remember', help.remember), terminal)
    .argument('<text...>', help.remember_text)
    .option('--type <type>', help.type)
    .addOption(new Option('--tag <tag>', help.tag).argParser(collected))
    .option('--ttl <duration>', help.ttl)
    .option('--project <name>', help.project)
    .action((words: string[], _options, command: Command) =>
      run<RememberOptions & CommonOptions>((context, options) => rememberCommand(context, words, options))(command),
    );

  withDashedText(add(program, 'forget', help.forget), terminal)
    .argument('<what...>', help.forget_what)
    .option('--dry-run', help.dry_run)
    .option('--project <name>', help.project)
    .action((words: string[], _options, command: Command) =>
      run<ForgetOptions & CommonOptions>((context, options) => forgetCommand(context, words, options))(command),
    );

  add(program, 'memories', help.memories)
    .argument('[words...]', help.words)
    .option('--type <type>', help.type)
    .addOption(new Option('--tag <tag>', help.tag).argParser(collected))
    .option('--forgotten', help.forgotten)
    .option('--all', cliMessages[terminal.locale].lists.all)
    .option('--project <name>', help.project)
    .action((words: string[], _options, command: Command) =>
      run<MemoriesOptions & CommonOptions>((context, options) => memoriesCommand(context, words, options))(command),
    );

  add(program, 'unforget', help.restore)
    .argument('<id>', help.restore_id)
    .action((id: string, _options, command: Command) => run((context) => restoreMemoryCommand(context, id))(command));
}
