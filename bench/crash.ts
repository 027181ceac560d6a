import { startWorkerProcess } from './lib/child-server.ts';
import type { Figure } from './lib/figure.ts';
import { sendUntilBroken } from './lib/load.ts';
import { seededRandom } from './lib/seeded-random.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';
import { openWorkerFile, toolUseKey } from './lib/worker-file.ts';

const connections = 16;
/** A new folder after so many kills keeps the integrity check short. */
const roundsPerFolder = 20;

export interface CrashOutcome {
  kills: number;
  acknowledged: number;
  /** Acknowledged events that were not in the file after the next start. */
  missing: string[];
  /** What `integrity_check` said when it did not say ok. */
  damage: string[];
}

/** Kills the worker (SIGKILL) under load after a random number of acknowledgements, starts it again and looks for every one of them. */
export async function crashRounds(rounds: number, seed: number): Promise<CrashOutcome> {
  const outcome: CrashOutcome = { kills: 0, acknowledged: 0, missing: [], damage: [] };
  const random = seededRandom(seed);
  for (let left = rounds; left > 0; left -= roundsPerFolder) {
    await withTemporaryFolder((folder) => crashFolder(folder, Math.min(left, roundsPerFolder), random, outcome));
  }
  return outcome;
}

async function crashFolder(folder: string, rounds: number, random: () => number, outcome: CrashOutcome): Promise<void> {
  const acknowledged = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    const worker = await startWorkerProcess(folder);
    inspect(folder, acknowledged, outcome);
    const killAfter = 1 + Math.floor(random() * 600);
    let count = 0;
    const kills: Promise<void>[] = [];
    await sendUntilBroken(worker, connections, (event) => {
      count += 1;
      if (event.toolUseId !== null) acknowledged.add(toolUseKey(event.name, event.toolUseId));
      // Not awaited here: the other connections are in the middle of their requests, and that is the point.
      if (count === killAfter) kills.push(worker.kill());
    });
    // Every connection is broken although nobody killed it: the worker itself failed.
    if (kills.length === 0) throw new Error(`The worker broke off after ${count} events of round ${round + 1}.`);
    await Promise.all(kills);
    outcome.kills += 1;
    outcome.acknowledged += count;
  }
  const worker = await startWorkerProcess(folder);
  inspect(folder, acknowledged, outcome);
  const exitCode = await worker.stop();
  if (exitCode !== 0) throw new Error(`After the last kill the worker stopped with ${exitCode}.`);
}

function inspect(folder: string, acknowledged: ReadonlySet<string>, outcome: CrashOutcome): void {
  const file = openWorkerFile(folder);
  const kept = file.toolUseKeys();
  const integrity = file.integrity();
  file.close();
  outcome.missing.push(...[...acknowledged].filter((key) => !kept.has(key)));
  if (integrity !== 'ok') outcome.damage.push(integrity);
}

/** The same as figures; a loss makes the target unmet. */
export async function benchCrash(rounds: number): Promise<Figure[]> {
  const { kills, acknowledged, missing, damage } = await crashRounds(rounds, 20_261_121);
  return [
    { name: 'kill -9 under load', unit: 'kills', value: kills },
    { name: 'events acknowledged before a kill', unit: 'events', value: acknowledged },
    {
      name: 'acknowledged events missing',
      unit: 'events',
      value: missing.length,
      target: { kind: 'at most', value: 0 },
    },
    {
      name: 'integrity checks that were not ok',
      unit: 'checks',
      value: damage.length,
      target: { kind: 'at most', value: 0 },
    },
  ];
}
