import type { Command } from 'commander';
import { summaryMessages } from '../../shared/messages/cli-summaries.ts';
import type { CommonOptions } from './cli-context.ts';
import { summaryCommand, type SummaryOptions } from './commands/summary.ts';
import type { ProgramParts } from './memory-program.ts';

/** `cmem summary`. */
export function addSummaryCommands({ program, terminal, add, run }: ProgramParts): void {
  const { help } = summaryMessages[terminal.locale];
  add(program, 'summary', help.summary)
    .argument('[session]', help.session)
    .option('--week [day]', help.week)
    .option('--project <name>', help.project)
    .option('--turns', help.turns)
    .action((session: string | undefined, _options, command: Command) =>
      run<SummaryOptions & CommonOptions>((context, options) => summaryCommand(context, session, options))(command),
    );
}
