import type { CostCaps, CostOverview, CostRow, ModelCallView } from '../../../shared/cost-views.ts';
import { moneyMessages } from '../../../shared/messages/cli-money.ts';
import { fill } from '../../../shared/messages/fill.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { printable, table } from '../layout.ts';
import { projectId } from '../project-option.ts';
import { styled } from '../terminal.ts';
import { timeOption } from '../time-option.ts';
import { timeText } from '../values.ts';
import { connectWorker } from '../worker-client.ts';

export interface CostsOptions {
  project?: string;
  since?: string;
  until?: string;
  calls?: boolean;
  dayCap?: string;
  monthCap?: string;
}

const callsShown = 20;
const highestCap = 100_000;

/** `cmem costs`: what was spent on what, how much is left, and the caps, which it also sets. */
export async function costsCommand(context: CliContext, options: CostsOptions): Promise<number> {
  const range = {
    since: timeOption('--since', options.since, context),
    until: timeOption('--until', options.until, context),
  };
  const day = capOption('--day-cap', options.dayCap, context);
  const month = capOption('--month-cap', options.monthCap, context);
  const client = connectWorker(context);
  const project_id = options.project === undefined ? undefined : await projectId(client, options.project, context);
  const read = () => client.call((api) => api.costs.overview.query({ ...range, project_id }));
  let overview = await read();
  if (day !== undefined || month !== undefined) {
    const caps = {
      day_usd: day === undefined ? overview.caps.day_usd : day,
      month_usd: month === undefined ? overview.caps.month_usd : month,
    };
    await client.call((api) => api.costs.setCaps.mutate(caps));
    overview = await read();
  }
  const calls =
    options.calls === true
      ? (await client.call((api) => api.costs.calls.query({ limit: callsShown }))).data
      : undefined;
  context.print(calls === undefined ? overview : { ...overview, calls }, () =>
    readable(overview, calls ?? [], context),
  );
  return exitCodes.ok;
}

/** Cents are enough for dollars; what costs less shows its first figures. */
export function dollars(usd: number): string {
  if (usd === 0 || usd >= 0.1) return `$${usd.toFixed(2)}`;
  return usd < 0.000_1 ? '<$0.0001' : `$${usd.toFixed(4)}`;
}

/** Undefined: as it was; null: none. */
function capOption(option: string, value: string | undefined, { terminal }: CliContext): number | null | undefined {
  if (value === undefined) return undefined;
  if (value === 'none') return null;
  const usd = value.trim() === '' ? Number.NaN : Number(value);
  if (usd >= 0 && usd <= highestCap) return usd;
  const message = fill(moneyMessages[terminal.locale].invalid_cap, { option, value });
  throw new CliError('USAGE', message, exitCodes.usage);
}

function readable(overview: CostOverview, calls: readonly ModelCallView[], context: CliContext): string {
  const { terminal } = context;
  const messages = moneyMessages[terminal.locale];
  const parts = [table(periods(overview, context))];
  const warn = (line: string) => styled(terminal, 'yellow', line);
  if (overview.capped !== null) {
    const { cap, waiting_jobs: count, until } = overview.capped;
    parts.push(warn(fill(messages.capped[cap], { count, until: timeText(until) })));
  }
  if (overview.unpriced_models.length > 0) {
    parts.push(warn(fill(messages.unpriced, { models: overview.unpriced_models.map(printable).join(', ') })));
  }
  for (const group of ['model', 'purpose', 'project'] as const) {
    const rows = overview.groups[group];
    if (rows.length === 0) continue;
    const shown = rows.map((row) => [
      `  ${nameOf(group, row, context)}`,
      dollars(row.cost_usd),
      callsText(row, context),
    ]);
    parts.push(`${messages.groups[group]}\n${table(shown)}`);
  }
  if (calls.length > 0) parts.push(table(calls.map((call) => callCells(call, context))));
  return parts.join('\n\n');
}

function periods({ today, month, total, caps }: CostOverview, context: CliContext): string[][] {
  const messages = moneyMessages[context.terminal.locale];
  const money = (usd: number, cap: CostCaps['day_usd']) =>
    cap === null ? dollars(usd) : fill(messages.of_cap, { cost: dollars(usd), cap: dollars(cap) });
  const saved = total.saved_usd === 0 ? '' : fill(messages.saved, { saved: dollars(total.saved_usd) });
  return [
    [messages.periods.today, money(today.cost_usd, caps.day_usd), callsText(today, context)],
    [messages.periods.month, money(month.cost_usd, caps.month_usd), callsText(month, context)],
    [messages.periods.total, dollars(total.cost_usd), [callsText(total, context), saved].filter(Boolean).join(', ')],
  ];
}

function callsText({ calls }: { calls: number }, { terminal }: CliContext): string {
  return fill(moneyMessages[terminal.locale].calls, { count: calls });
}

function nameOf(group: 'model' | 'purpose' | 'project', { key, label }: CostRow, { terminal }: CliContext): string {
  const messages = moneyMessages[terminal.locale];
  if (group === 'purpose') return new Map(Object.entries(messages.purposes)).get(key) ?? printable(key);
  return label === '' ? messages.no_project : printable(label);
}

function callCells(call: ModelCallView, { terminal }: CliContext): string[] {
  const { purposes, states } = moneyMessages[terminal.locale];
  const said = call.failure === null ? '' : printable(call.failure.message);
  return [
    timeText(call.started_at),
    purposes[call.purpose],
    printable(call.model),
    dollars(call.spend.cost_usd),
    states[call.state],
    said,
  ];
}
