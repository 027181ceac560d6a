import type { Command } from 'commander';
import { cliMessages } from '../../shared/messages/cli.ts';
import { moneyMessages } from '../../shared/messages/cli-money.ts';
import type { CommonOptions } from './cli-context.ts';
import { askCommand, type AskOptions } from './commands/ask.ts';
import { costsCommand, type CostsOptions } from './commands/costs.ts';
import { withDashedText } from './dashed-text.ts';
import type { ProgramParts } from './memory-program.ts';

/** `cmem ask` and `cmem costs`. */
export function addMoneyCommands({ program, terminal, add, run }: ProgramParts): void {
  const { help } = moneyMessages[terminal.locale];
  const { help: common } = cliMessages[terminal.locale];
  withDashedText(add(program, 'ask', help.ask), terminal)
    .argument('<question...>', help.question)
    .option('--project <name>', common.project)
    .option('--since <time>', common.since)
    .option('--until <time>', common.until)
    .action((words: string[], _options, command: Command) =>
      run<AskOptions & CommonOptions>((context, options) => askCommand(context, words, options))(command),
    );
  add(program, 'costs', help.costs)
    .option('--project <name>', common.project)
    .option('--since <time>', common.since)
    .option('--until <time>', common.until)
    .option('--calls', help.calls)
    .option('--day-cap <usd>', help.day_cap)
    .option('--month-cap <usd>', help.month_cap)
    .action((_options, command: Command) => run<CostsOptions & CommonOptions>(costsCommand)(command));
}
