import { cliMessages } from '../../shared/messages/cli.ts';
import { fill } from '../../shared/messages/fill.ts';
import type { CliContext } from './cli-context.ts';
import { CliError, exitCodes } from './cli-error.ts';

export interface ConfirmOptions {
  yes?: boolean;
}

/**
 * For what cannot be taken back: says what would happen, and that `--yes` does it. There is no question to answer, so that a
 * script never waits for one. Throws `CliError`.
 */
export function assertConfirmed({ terminal }: CliContext, { yes = false }: ConfirmOptions, what: string): void {
  if (yes) return;
  const message = fill(cliMessages[terminal.locale].errors.not_confirmed, { what });
  throw new CliError('NOT_CONFIRMED', message, exitCodes.usage);
}
