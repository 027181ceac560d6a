import { fill } from '../../shared/messages/fill.ts';
import type { CliContext } from './cli-context.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { parseTime } from './values.ts';

/** ISO 8601 of what an option such as `--since` says; undefined where it is not given. Throws `CliError`. */
export function timeOption(option: string, value: string | undefined, { text }: CliContext): string | undefined {
  if (value === undefined) return undefined;
  const time = parseTime(value);
  if (time === null) throw new CliError('USAGE', fill(text.errors.invalid_time, { option, value }), exitCodes.usage);
  return time;
}
