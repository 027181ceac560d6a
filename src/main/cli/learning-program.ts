import { Option, type Command } from 'commander';
import { learningMessages } from '../../shared/messages/cli-learnings.ts';
import type { CommonOptions } from './cli-context.ts';
import {
  decideLearningsCommand,
  exportLearningsCommand,
  learningsCommand,
  undoLearningsCommand,
  type DecideOptions,
  type LearningsExportOptions,
  type LearningsOptions,
} from './commands/learnings.ts';
import type { ProgramParts } from './memory-program.ts';

const collected = (value: string, earlier: string[] = []) => [...earlier, ...value.split(',').filter(Boolean)];

/** `cmem learnings`, and what is done about them. */
export function addLearningCommands({ program, terminal, add, run }: ProgramParts): void {
  const { help } = learningMessages[terminal.locale];
  const learnings = add(program, 'learnings', help.learnings)
    .argument('[words...]', help.words)
    .addOption(new Option('--state <states>', help.state).argParser(collected))
    .addOption(new Option('--category <categories>', help.category).argParser(collected))
    .addOption(new Option('--tag <tag>', help.tag).argParser(collected))
    .option('--project <name>', help.project)
    .option('--conflicts', help.conflicts)
    .option('--limit <count>', help.limit)
    .action((words: string[], _options, command: Command) =>
      run<LearningsOptions & CommonOptions>((context, options) => learningsCommand(context, words, options))(command),
    );

  for (const decision of ['approve', 'reject'] as const) {
    add(learnings, decision, help[decision])
      .argument('<ids...>', help.ids)
      .option('--note <text>', help.note)
      .action((ids: string[], _options, command: Command) =>
        run<DecideOptions & CommonOptions>((context, options) =>
          decideLearningsCommand(context, ids, decision, options),
        )(command),
      );
  }

  add(learnings, 'undo', help.undo)
    .argument('<batch>', help.batch)
    .action((batch: string, _options, command: Command) =>
      run((context) => undoLearningsCommand(context, batch))(command),
    );

  add(learnings, 'export', help.export)
    .option('--project <name>', help.project)
    .option('--file <file>', help.file)
    .action((_options, command: Command) =>
      run<LearningsExportOptions & CommonOptions>(exportLearningsCommand)(command),
    );
}
