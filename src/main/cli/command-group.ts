import type { Command } from 'commander';
import { cliMessages } from '../../shared/messages/cli.ts';
import type { ProgramParts } from './memory-program.ts';

type Parts = Pick<ProgramParts, 'terminal' | 'add'>;

/** `help [command...]` below a program or a group: what is no command of it is told as such, as anywhere else. */
export function addHelpCommand(parent: Command, { terminal, add }: Parts): void {
  parent.helpCommand(false);
  add(parent, 'help', cliMessages[terminal.locale].help.help_command)
    .argument('[command...]')
    .action((names: string[]) => {
      let shown = parent;
      for (const name of names) {
        shown = shown.commands.find((command) => command.name() === name) ?? unknownCommand(shown, name);
      }
      shown.outputHelp();
    });
}

/** A group of commands, and the one of them that lists; it also runs when none is named. */
export function addListingGroup(
  { program, terminal, add }: Parts & Pick<ProgramParts, 'program'>,
  name: string,
  help: { group: string; list: string },
): { group: Command; list: Command } {
  const group = add(program, name, help.group);
  addHelpCommand(group, { terminal, add });
  const list = add(group, 'list', help.list, { isDefault: true })
    .allowExcessArguments()
    // A mistyped command of the group comes here, too.
    .hook('preAction', ({ args: [word] }) => {
      if (word !== undefined) unknownCommand(group, word);
    });
  return { group, list };
}

function unknownCommand(parent: Command, name: string): never {
  return parent.error(`error: unknown command '${name}'`, { code: 'commander.unknownCommand' });
}
