import type { Command } from 'commander';
import { summaryMessages } from '../../shared/messages/cli-summaries.ts';
import { cliMessages } from '../../shared/messages/cli.ts';
import { sessionMessages } from '../../shared/messages/cli-sessions.ts';
import type { CommonOptions } from './cli-context.ts';
import { sessionsCommand, type SessionsOptions } from './commands/sessions.ts';
import { summaryCommand, type SummaryOptions } from './commands/summary.ts';
import type { ProgramParts } from './memory-program.ts';

/** `cmem sessions` and `cmem summary`. */
export function addSummaryCommands({ program, terminal, add, run }: ProgramParts): void {
  const { help } = summaryMessages[terminal.locale];
  const { help: ofSessions } = sessionMessages[terminal.locale];
  const { help: common, lists } = cliMessages[terminal.locale];

  add(program, 'sessions', ofSessions.sessions)
    .argument('[words...]', ofSessions.words)
    .option('--project <name>', ofSessions.project)
    .option('--since <time>', common.since)
    .option('--until <time>', common.until)
    .option('--failed', common.failed)
    .option('--all', lists.all)
    .action((words: string[], _options, command: Command) =>
      run<SessionsOptions & CommonOptions>((context, options) => sessionsCommand(context, words, options))(command),
    );

  add(program, 'summary', help.summary)
    .argument('[session]', help.session)
    .option('--week [day]', help.week)
    .option('--project <name>', help.project)
    .option('--turns', help.turns)
    .action((session: string | undefined, _options, command: Command) =>
      run<SummaryOptions & CommonOptions>((context, options) => summaryCommand(context, session, options))(command),
    );
}
