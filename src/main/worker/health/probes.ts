import { statfs } from 'node:fs/promises';
import type { EmbeddingService } from '../../api/services.ts';
import type { JobService, ModelService } from '../../api/understanding-services.ts';
import type { Reader } from '../reader-pool.ts';
import type { WriterClient } from '../writer-client.ts';
import { createProbe, type Finding, type Probe, up } from './probe.ts';

/** Below the first a person should look, below the second nothing can be written safely. */
const littleSpaceBytes = 1024 ** 3;
const noSpaceBytes = 100 * 1024 ** 2;

/** Longer than a cold thread takes to start on a busy machine, shorter than a monitor waits. */
const defaultLimitMs = 5_000;

export interface ProbeParts {
  dataDir: string;
  reader: Pick<Reader, 'call'>;
  intake: Pick<Reader, 'call'>;
  writer: Pick<WriterClient, 'call' | 'ready' | 'isFailing'>;
  embedding: Pick<EmbeddingService, 'status'>;
  jobs: Pick<JobService, 'overview'>;
  models: Pick<ModelService, 'status'>;
  limitMs?: number;
}

/** What a memory stands on, in the order in which it is told. */
export function createProbes(parts: ProbeParts): Probe[] {
  const { reader, intake, writer, limitMs = defaultLimitMs } = parts;
  const vital = (name: string, check: () => Promise<Finding>) => createProbe({ name, isVital: true, limitMs, check });
  const other = (name: string, check: () => Promise<Finding>) => createProbe({ name, isVital: false, limitMs, check });
  return [
    vital('database', async () => {
      const { schemaVersion } = await reader.call('healthProbe');
      if (schemaVersion === writer.ready.schemaVersion) return up;
      return {
        state: 'down',
        problem: 'The file of the memory was changed by another version. Start the memory again.',
      };
    }),
    vital('writer', async () => {
      await writer.call('healthCommit', { writes: writer.isFailing(), at: Date.now() });
      return up;
    }),
    vital('reader', async () => {
      await reader.call('healthProbe');
      return up;
    }),
    other('intake', async () => {
      await intake.call('healthProbe');
      return up;
    }),
    other('jobs', () => jobsFinding(parts.jobs)),
    other('embedding', () => embeddingFinding(parts.embedding)),
    other('model', () => modelFinding(parts.models)),
    vital('disk', () => diskFinding(parts.dataDir)),
  ];
}

async function jobsFinding(jobs: ProbeParts['jobs']): Promise<Finding> {
  const { paused, kinds } = await jobs.overview();
  if (paused) return { state: 'off', problem: 'A person paused all jobs.' };
  const parked = kinds.reduce((sum, kind) => sum + kind.parked, 0);
  if (parked === 0) return up;
  return { state: 'degraded', problem: `${parked} jobs failed and wait for a person; see the page of jobs.` };
}

async function embeddingFinding(embedding: ProbeParts['embedding']): Promise<Finding> {
  const { state, problem } = await embedding.status();
  if (state === 'off') return { state, problem: 'Search goes by words only; switch embeddings on in the settings.' };
  if (state === 'failing') return { state: 'degraded', problem: problem?.message ?? 'The embedding model fails.' };
  return up;
}

async function modelFinding(models: ProbeParts['models']): Promise<Finding> {
  const { state, problem } = await models.status();
  if (state === 'off') return { state: 'off', problem: 'No language model is set; rules do its work.' };
  if (state === 'ready' || state === 'untried') return up;
  return { state: 'degraded', problem: problem?.message ?? 'The language model is not asked: its cap is reached.' };
}

async function diskFinding(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  if (free >= littleSpaceBytes) return up;
  const problem = `Only ${Math.floor(free / 1024 ** 2)} MB are free where the memory lies. Make room.`;
  return { state: free < noSpaceBytes ? 'down' : 'degraded', problem };
}
