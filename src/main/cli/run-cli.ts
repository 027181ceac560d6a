import { CommanderError } from 'commander';
import { cliMessages } from '../../shared/messages/cli.ts';
import { SettingsFileError, settingsFileMessage } from '../capture/claude-hooks/settings-file-error.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { createProgram } from './program.ts';
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
    if (argv.includes('--json')) terminal.error(JSON.stringify({ error: failure.message, code: failure.code }));
    else
      terminal.error(`${styled(terminal, 'red', `${cliMessages[terminal.locale].errors.error}:`)} ${failure.message}`);
    return failure.exitCode;
  }
}

/** Expected failures as data; anything else is a bug and is thrown on, loud. */
function failureOf(error: unknown, { locale }: Terminal): { code: string; message: string; exitCode: number } {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) {
    return { code: 'USAGE', message: error.message.replace(/^error: /, ''), exitCode: exitCodes.usage };
  }
  if (error instanceof SettingsFileError) {
    const message = settingsFileMessage(error.code, error.details, locale);
    return { code: error.code, message, exitCode: exitCodes.failed };
  }
  throw error;
}
