import { CommanderError } from 'commander';
import { cliMessages } from '../../shared/messages/cli.ts';
import { SettingsFileError, settingsFileMessage } from '../capture/claude-hooks/settings-file-error.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { createProgram } from './program.ts';
import { grammarText } from './sentences.ts';
import { styled, type Terminal } from './terminal.ts';

/** Runs one command line (without `node` and the script); the exit code. Every failure is told on the error output. */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = createProgram(terminal, (code) => (exitCode = code));
  if (argv.length === 0) {
    terminal.error(program.helpInformation().trimEnd());
    return exitCodes.usage;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')) {
      return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    }
    const failure = failureOf(error, terminal);
    const word = styled(terminal, 'red', `${cliMessages[terminal.locale].errors.error}:`);
    const { message, code } = failure;
    terminal.error(asksForJson(argv) ? JSON.stringify({ error: message, code }) : `${word} ${message}`);
    return failure.exitCode;
  }
}

/** Also when the rest could not be understood; what follows `--` is text. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? argv.length : end).includes('--json');
}

/** Expected failures as data; anything else is a bug and is thrown on, loud. */
function failureOf(error: unknown, { locale }: Terminal): { code: string; message: string; exitCode: number } {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) {
    return { code: 'USAGE', message: grammarText(error.message, locale), exitCode: exitCodes.usage };
  }
  if (error instanceof SettingsFileError) {
    const message = settingsFileMessage(error.code, error.details, locale);
    return { code: error.code, message, exitCode: exitCodes.failed };
  }
  throw error;
}
