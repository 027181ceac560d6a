import { execFile } from 'node:child_process';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { promisify } from 'node:util';

/** What the figures were measured on. */
export interface BenchEnvironment {
  at: string;
  commit: string;
  node: string;
  system: string;
  processor: string;
  cores: number;
  memoryGigabytes: number;
  /** Of the last 1, 5 and 15 minutes, before anything was measured: what else the machine was doing. Zeros on Windows. */
  loadAverage: number[];
}

/** Called before the first measurement: the load is part of it. */
export async function readEnvironment(): Promise<BenchEnvironment> {
  const git = promisify(execFile)('git', ['describe', '--always', '--dirty']);
  const commit = await git.then(
    ({ stdout }) => stdout.trim(),
    () => 'unknown',
  );
  return {
    at: new Date().toISOString(),
    commit,
    node: process.version,
    system: `${platform()} ${release()}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1e9),
    loadAverage: loadavg().map((load) => Math.round(load * 100) / 100),
  };
}

/** One line for the terminal; says when other programs will be in the figures. */
export function describeEnvironment(environment: BenchEnvironment): string {
  const { processor, cores, memoryGigabytes, node, commit, loadAverage } = environment;
  const busy = (loadAverage[0] ?? 0) > cores / 4 ? '; other programs are running and will be in the figures' : '';
  return `${processor}, ${cores} cores, ${memoryGigabytes} GB, Node ${node}, ${commit}; load average ${loadAverage.join(' ')}${busy}`;
}
