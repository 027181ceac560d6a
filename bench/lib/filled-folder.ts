import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { startWorkerProcess, type WorkerServer } from './child-server.ts';
import { jobClient } from './job-client.ts';
import { sendAll } from './load.ts';
import { mintEvents, type MintedEvent } from './recorded-events.ts';
import { openWorkerFile } from './worker-file.ts';

const batch = 20_000;
/** Those that an observation is made of; the rest would only lengthen the filling. */
const fruitful = new Set(['UserPromptSubmit', 'PostToolUse', 'PostToolUseFailure', 'Stop']);
const isFruitful = (event: MintedEvent) => fruitful.has(event.name);

/** What a filled folder is made of, for whoever reads the figures: few distinct words, many sessions. */
export const filledWith = 'the recorded sessions of e2e/fixtures/recorded over and over, each time with new ids';

const embeddingStatus = z.object({ state: z.string(), active: z.object({ vectors: z.number() }).nullable() });
const embeddedWithinMs = 600_000;

/** Vectors are made while nothing else happens; until then each read shares the processor with that. */
export async function untilEmbedded({ url, ownerToken }: WorkerServer): Promise<void> {
  const deadline = Date.now() + embeddedWithinMs;
  for (;;) {
    const response = await fetch(`${url}/api/v1/embedding`, { headers: { authorization: `Bearer ${ownerToken}` } });
    const { state, active } = embeddingStatus.parse(await response.json());
    if (state === 'idle' && active !== null) return;
    if (state === 'off' || Date.now() > deadline) throw new Error(`The vectors were not made; embedding is ${state}.`);
    await pause(500);
  }
}

/** Fills a data folder through the real door until it holds so many observations; resolves with how many there are, once all have vectors. */
export async function fillFolder(folder: string, observations: number): Promise<number> {
  const worker = await startWorkerProcess(folder);
  // What is measured is the memory, not the work that so many sessions leave to be done.
  await jobClient(worker).setPaused(true);
  const file = openWorkerFile(folder);
  try {
    let count = file.count('observations');
    while (count < observations) {
      await sendAll(worker, mintEvents(batch).filter(isFruitful), 32);
      const now = file.count('observations');
      if (now === count) throw new Error(`${batch} events made no observation.`);
      count = now;
    }
    await untilEmbedded(worker);
    return count;
  } finally {
    file.close();
    await worker.stop();
  }
}
