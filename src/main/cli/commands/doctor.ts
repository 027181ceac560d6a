import { exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { checkHealth, type DoctorOptions } from '../doctor-checks.ts';
import { printable, table } from '../layout.ts';
import { styled } from '../terminal.ts';
import { fill } from '../../../shared/messages/fill.ts';

const marks = { ok: '✓', warn: '!', fail: '✗' } as const;
const styles = { ok: 'green', warn: 'yellow', fail: 'red' } as const;

/** `cmem doctor`: everything that capture needs; exit code 1 when a check failed. */
export async function doctorCommand(context: CliContext, options: DoctorOptions): Promise<number> {
  const { terminal, text } = context;
  const checks = await checkHealth(context, options);
  const count = (state: keyof typeof marks) => checks.filter((check) => check.state === state).length;
  const failed = count('fail');
  const warned = count('warn');
  context.print({ ok: failed === 0, checks }, () => {
    const rows = checks.map(({ state, name, message }) => [
      styled(terminal, styles[state], marks[state]),
      name,
      printable(message),
    ]);
    const sum = failed > 0 ? text.doctor.bad : warned > 0 ? text.doctor.careful : text.doctor.good;
    const style = failed > 0 ? 'red' : warned > 0 ? 'yellow' : 'green';
    return `${table(rows)}\n\n${styled(terminal, style, fill(sum, { count: failed || warned }))}`;
  });
  return failed > 0 ? exitCodes.failed : exitCodes.ok;
}
