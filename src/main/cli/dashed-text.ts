import type { Command } from 'commander';
import { cliMessages } from '../../shared/messages/cli.ts';
import type { Terminal } from './terminal.ts';

/** No argument holds it, because a process is handed strings that end with it. */
const mark = '\0';

/**
 * Lets words of a command begin with one dash, as exclusions of a query do (`-redis`, `-"a phrase"`, `-type:command`): only a short
 * option of the command is none. What begins with two dashes stays an option, so that a mistyped one is told.
 */
export function withDashedText(command: Command, { locale }: Pick<Terminal, 'locale'>): Command {
  const parse = command.parseOptions.bind(command);
  const help = command.createHelp();
  command.parseOptions = (args) => {
    const options = help.visibleOptions(command);
    const end = args.indexOf('--');
    const marked = args.map((arg, at) => {
      const isText = /^-[^-]/s.test(arg) && (end < 0 || at < end) && !options.some(({ short }) => short === arg);
      const isValue = options.some(({ required, long }) => required && long === args[at - 1]);
      return isText && !isValue ? mark + arg : arg;
    });
    const { operands, unknown } = parse(marked);
    return { operands: operands.map(unmarked), unknown: unknown.map(unmarked) };
  };
  return command.addHelpText('after', `\n${cliMessages[locale].help.dashed_text}`);
}

function unmarked(arg: string): string {
  return arg.startsWith(mark) ? arg.slice(mark.length) : arg;
}
