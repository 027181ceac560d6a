import { cliMessages, type CliMessages } from '../../shared/messages/cli.ts';
import { dataFolder } from '../store/data-folder.ts';
import type { Terminal } from './terminal.ts';

/** The options that every command takes. */
export interface CommonOptions {
  data?: string;
  json?: boolean;
}

/** What every command gets. */
export interface CliContext {
  dataDir: string;
  terminal: Terminal;
  text: CliMessages;
  /** Prints the answer: as one JSON document, or made readable. */
  print(answer: unknown, readable: () => string): void;
}

/** What the options of a command line mean: which data folder, and an answer as JSON or for people. */
export function createContext(options: CommonOptions, terminal: Terminal): CliContext {
  return {
    dataDir: dataFolder(options.data),
    terminal,
    text: cliMessages[terminal.locale],
    print: (answer, readable) => terminal.out(options.json ? JSON.stringify(answer, null, 2) : readable()),
  };
}
