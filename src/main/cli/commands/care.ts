import { fill } from '../../../shared/messages/fill.ts';
import { operationMessages } from '../../../shared/messages/cli-operations.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { table } from '../layout.ts';
import { styled } from '../terminal.ts';
import { durationText, sizeText, timeText } from '../values.ts';
import { connectWorker } from '../worker-client.ts';

/** A large file takes its time. */
const careWithinMs = 30 * 60 * 1000;
const tasks = ['integrity', 'optimize', 'checkpoint', 'vacuum', 'reindex'] as const;

export interface BackupOptions {
  list?: boolean;
}

/** `cmem backup`: makes a copy of the memory, or lists those that there are. */
export async function backupCommand(context: CliContext, { list = false }: BackupOptions): Promise<number> {
  const client = connectWorker(context, careWithinMs);
  const text = operationMessages[context.terminal.locale];
  if (!list) {
    const made = await client.call((api) => api.admin.backUp.mutate());
    context.print(made, () => fill(text.backed_up, { file: made.file, size: sizeText(made.size_bytes) }));
    return exitCodes.ok;
  }
  const backups = await client.call((api) => api.admin.backups.query());
  context.print(backups, () =>
    backups.length === 0
      ? text.no_backups
      : table(backups.map((made) => [timeText(made.created_at), sizeText(made.size_bytes), made.file])),
  );
  return exitCodes.ok;
}

/** `cmem maintain`: checks and tidies the file; fails when something is wrong. */
export async function maintainCommand(context: CliContext, words: readonly string[]): Promise<number> {
  const { terminal } = context;
  const text = operationMessages[terminal.locale];
  const wanted = words.map((word) => {
    const task = tasks.find((known) => known === word);
    if (task !== undefined) return task;
    throw new CliError('USAGE', fill(text.invalid_task, { value: word }), exitCodes.usage);
  });
  const chosen = wanted.length === 0 ? (['integrity', 'optimize'] as const) : new Set(wanted);
  const client = connectWorker(context, careWithinMs);
  const reports = await client.call((api) => api.admin.maintain.mutate({ tasks: [...chosen] }));
  context.print(reports, () =>
    reports
      .map(({ task, ok, findings, took_ms: took }) => {
        const state = ok ? styled(terminal, 'green', text.ok) : styled(terminal, 'red', text.wrong);
        const heading = `${task}: ${state} (${durationText(took, terminal.locale)})`;
        return [heading, ...findings.map((finding) => `  ${finding}`)].join('\n');
      })
      .join('\n'),
  );
  return reports.every(({ ok }) => ok) ? exitCodes.ok : exitCodes.failed;
}
