import type { Locale } from '../../../shared/messages/fill.ts';
import { runCli } from '../run-cli.ts';

/** Runs `cmem` on a worker's data folder, for tests; what it printed, byte for byte, and its exit code. */
export async function runCmem(
  { dataDir }: { dataDir: string },
  args: readonly string[],
  { locale = 'en', columns = 200 }: { locale?: Locale; columns?: number } = {},
) {
  let printed = '';
  let failed = '';
  const terminal = {
    out: (text: string) => void (printed += `${text}\n`),
    write: (text: string) => void (printed += text),
    error: (text: string) => void (failed += text),
    colour: false,
    columns,
    locale,
  };
  const exitCode = await runCli([...args, '--data', dataDir], terminal);
  return { exitCode, printed, failed };
}
