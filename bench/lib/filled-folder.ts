import { startWorkerProcess } from './child-server.ts';
import { sendAll } from './load.ts';
import { mintEvents } from './recorded-events.ts';
import { openWorkerFile } from './worker-file.ts';

const batch = 10_000;

/** Fills a data folder through the real door until it holds so many observations; resolves with how many there are. */
export async function fillFolder(folder: string, observations: number): Promise<number> {
  const worker = await startWorkerProcess(folder);
  const file = openWorkerFile(folder);
  try {
    let count = file.count('observations');
    while (count < observations) {
      await sendAll(worker, mintEvents(batch), 32);
      const now = file.count('observations');
      if (now === count) throw new Error(`${batch} events made no observation.`);
      count = now;
    }
    return count;
  } finally {
    file.close();
    await worker.stop();
  }
}
