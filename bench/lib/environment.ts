import { execFile } from 'node:child_process';
import { cpus, platform, release, totalmem } from 'node:os';
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
}

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
  };
}
