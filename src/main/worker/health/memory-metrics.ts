import { stat } from 'node:fs/promises';
import { Counter, Gauge, Registry } from 'prom-client';
import type { CostService, JobService } from '../../api/understanding-services.ts';
import { dataPaths } from '../../store/data-folder.ts';
import type { RunningFeed } from '../event-feed.ts';
import type { Reader } from '../reader-pool.ts';

export interface MemoryMetricsParts {
  dataDir: string;
  reader: Pick<Reader, 'call'>;
  jobs: Pick<JobService, 'overview'>;
  costs: Pick<CostService, 'overview'>;
  feed: Pick<RunningFeed, 'counters'>;
}

/** Prometheus text of one memory, read when somebody asks. */
export async function memoryMetrics({ dataDir, reader, jobs, costs, feed }: MemoryMetricsParts): Promise<string> {
  const register = new Registry();
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name, help, labelNames, registers: [register] });
  const [figures, { kinds }, { total: spent }, size, log] = await Promise.all([
    reader.call('healthFigures'),
    jobs.overview(),
    costs.overview({}),
    sizeOf(dataPaths(dataDir).database),
    sizeOf(`${dataPaths(dataDir).database}-wal`),
  ]);

  const { hooks, rows: counts, tools, permissions } = figures;
  const rows = gauge('cmem_rows', 'Rows of the memory by table; events is the ledger.', ['table']);
  for (const [table, count] of Object.entries(counts)) rows.set({ table }, count);
  const taken = gauge('cmem_hooks_taken', 'Hooks that were taken since the memory was made, by event.', ['event']);
  for (const { name, count } of hooks) taken.set({ event: name }, count);
  const work = gauge('cmem_jobs', 'Jobs by kind and state; done counts those of today.', ['kind', 'state']);
  for (const { kind, waiting, running, parked, done_today: done } of kinds) {
    for (const [state, count] of Object.entries({ waiting, running, parked, done })) work.set({ kind, state }, count);
  }
  const tokens = gauge('cmem_model_tokens', 'Tokens of all calls to language models, by direction.', ['direction']);
  tokens.set({ direction: 'input' }, spent.input_tokens);
  tokens.set({ direction: 'output' }, spent.output_tokens);
  gauge('cmem_model_cost_usd', 'What all calls to language models cost, in US dollars.').set(spent.cost_usd);
  const bytes = gauge('cmem_database_bytes', 'Size of the file of the memory and of its log.', ['file']);
  bytes.set({ file: 'database' }, size);
  bytes.set({ file: 'log' }, log);
  const calls = gauge('cmem_tool_calls', 'Calls of tools since the memory was made, by tool and outcome.', [
    'tool',
    'outcome',
  ]);
  for (const [tool, { count, failure_count: failed }] of Object.entries(tools)) {
    calls.set({ tool, outcome: 'done' }, count - failed);
    calls.set({ tool, outcome: 'failed' }, failed);
  }
  const asked = gauge('cmem_permission_requests', 'Requests of agents that are kept, by state.', ['state']);
  for (const { state, count } of permissions) asked.set({ state }, count);
  const { clients, sent, gaps, slow } = feed.counters();
  gauge('cmem_event_clients', 'Clients that the log of events is sent to.').set(clients);
  const total = (name: string, help: string, count: number) =>
    new Counter({ name, help, registers: [register] }).inc(count);
  total('cmem_events_sent_total', 'Events handed to clients since the memory was opened, each client counted.', sent);
  total('cmem_event_gaps_total', 'Gaps that clients were told of.', gaps);
  total('cmem_event_slow_clients_total', 'Times that a client fell behind.', slow);
  return register.metrics();
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
