import { fill } from '../../../shared/messages/fill.ts';
import type { HookActivity, HookInstallation, StatusView } from '../../../shared/views.ts';
import type { CliContext } from '../cli-context.ts';
import { printable, table } from '../layout.ts';
import { styled } from '../terminal.ts';
import { durationText, sizeText, timeText } from '../values.ts';
import { connectWorker } from '../worker-client.ts';

/** `cmem status`: the worker's status. */
export async function statusCommand(context: CliContext): Promise<number> {
  const status = await connectWorker(context).call((api) => api.status.get.query());
  context.print(status, () => readableStatus(status, context));
  return 0;
}

/** The hook event that arrived last, or null. */
export function latestHook(hooks: readonly HookActivity[]): HookActivity | null {
  return hooks.toSorted((a, b) => Date.parse(b.last_at) - Date.parse(a.last_at))[0] ?? null;
}

function hooksText({ state, settings_file: file }: HookInstallation, { text, terminal }: CliContext): string {
  return `${styled(terminal, state === 'installed' ? 'green' : 'yellow', text.states[state])}  ${file}`;
}

function readableStatus(status: StatusView, context: CliContext): string {
  const { text, terminal } = context;
  const messages = text.status;
  const number = new Intl.NumberFormat(terminal.locale);
  const since = (iso: string) =>
    fill(messages.ago, { duration: durationText(Math.max(0, Date.now() - Date.parse(iso)), terminal.locale) });
  const { capture, database, installation, errors } = status;
  const counts = Object.fromEntries(
    Object.entries(database.counts).map(([name, count]) => [name, number.format(count)]),
  );
  const last = latestHook(status.hooks);

  const rows: [string, string][] = [
    [
      messages.worker,
      fill(messages.running, {
        engine: messages[status.engine],
        version: status.version,
        pid: status.pid,
        uptime: durationText(status.uptime_ms, terminal.locale),
      }),
    ],
    [messages.started_by, messages[`started_by_${status.started_by}`]],
    [messages.address, status.url],
    [messages.data, status.data_dir ?? '-'],
    [
      messages.capture,
      capture.paused
        ? styled(
            terminal,
            'yellow',
            fill(messages.paused, { since: timeText(capture.paused_since ?? status.started_at) }),
          )
        : styled(terminal, 'green', messages.capturing),
    ],
    [
      messages.database,
      fill(messages.database_value, {
        size: sizeText(database.size_bytes),
        wal: sizeText(database.wal_bytes),
        schema: database.schema_version,
        sqlite: database.sqlite_version,
      }),
    ],
    [messages.kept, fill(messages.kept_value, counts)],
    ...(installation === null ? [] : [[messages.hooks, hooksText(installation, context)] satisfies [string, string]]),
    [
      messages.last_event,
      last === null
        ? messages.no_event
        : fill(messages.last_event_value, { name: last.name, ago: since(last.last_at) }),
    ],
    ...errors.map(({ at, message, count }, index): [string, string] => [
      index === 0 ? messages.errors : '',
      styled(terminal, 'red', `${printable(message)} (×${count}, ${since(at)})`),
    ]),
  ];
  return table(rows.map(([name, value]) => [styled(terminal, 'dim', name), value]));
}
