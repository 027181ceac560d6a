import type { Command } from 'commander';
import { cliMessages } from '../../shared/messages/cli.ts';
import { recordMessages } from '../../shared/messages/cli-records.ts';
import type { CommonOptions } from './cli-context.ts';
import { deleteCommand, deletedCommand, undeleteCommand, type DeleteOptions } from './commands/records.ts';
import type { ProgramParts } from './memory-program.ts';
import type { ListOptions } from './whole-list.ts';

/** `cmem delete`, `deleted` and `undelete`. */
export function addRecordCommands({ program, terminal, add, run }: ProgramParts): void {
  const { help } = recordMessages[terminal.locale];

  add(program, 'delete', help.delete)
    .argument('<kind>', help.kind)
    .argument('<id>', help.id)
    .option('--for-good', help.for_good)
    .action((kind: string, id: string, _options, command: Command) =>
      run<DeleteOptions & CommonOptions>((context, options) => deleteCommand(context, kind, id, options))(command),
    );

  add(program, 'deleted', help.deleted)
    .option('--all', cliMessages[terminal.locale].lists.all)
    .action((_options, command: Command) => run<ListOptions & CommonOptions>(deletedCommand)(command));

  add(program, 'undelete', help.undelete)
    .argument('<kind>', help.kind)
    .argument('<id>', help.id)
    .action((kind: string, id: string, _options, command: Command) =>
      run((context) => undeleteCommand(context, kind, id))(command),
    );
}
