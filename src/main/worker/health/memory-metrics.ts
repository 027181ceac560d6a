import { stat } from 'node:fs/promises';
import { Gauge, Registry } from 'prom-client';
import type { CostService, JobService } from '../../api/understanding-services.ts';
import { dataPaths } from '../../store/data-folder.ts';
import type { Reader } from '../reader-pool.ts';

export interface MemoryMetricsParts {
  dataDir: string;
  reader: Pick<Reader, 'call'>;
  jobs: Pick<JobService, 'overview'>;
  costs: Pick<CostService, 'overview'>;
}

/** Prometheus text of one memory, read when somebody asks. */
export async function memoryMetrics({ dataDir, reader, jobs, costs }: MemoryMetricsParts): Promise<string> {
  const register = new Registry();
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name, help, labelNames, registers: [register] });
  const [figures, { kinds }, { total }, size, log] = await Promise.all([
    reader.call('healthFigures'),
    jobs.overview(),
    costs.overview({}),
    sizeOf(dataPaths(dataDir).database),
    sizeOf(`${dataPaths(dataDir).database}-wal`),
  ]);

  const { hooks, ...counts } = figures;
  const rows = gauge('cmem_rows', 'Rows of the memory by table; events is the ledger.', ['table']);
  for (const [table, count] of Object.entries(counts)) rows.set({ table }, count);
  const taken = gauge('cmem_hooks_taken', 'Hooks that were taken since the memory was made, by event.', ['event']);
  for (const { name, count } of hooks) taken.set({ event: name }, count);
  const work = gauge('cmem_jobs', 'Jobs by kind and state; done counts those of today.', ['kind', 'state']);
  for (const { kind, waiting, running, parked, done_today: done } of kinds) {
    for (const [state, count] of Object.entries({ waiting, running, parked, done })) work.set({ kind, state }, count);
  }
  const tokens = gauge('cmem_model_tokens', 'Tokens of all calls to language models, by direction.', ['direction']);
  tokens.set({ direction: 'input' }, total.input_tokens);
  tokens.set({ direction: 'output' }, total.output_tokens);
  gauge('cmem_model_cost_usd', 'What all calls to language models cost, in US dollars.').set(total.cost_usd);
  const bytes = gauge('cmem_database_bytes', 'Size of the file of the memory and of its log.', ['file']);
  bytes.set({ file: 'database' }, size);
  bytes.set({ file: 'log' }, log);
  return register.metrics();
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
