import { startBareServer, startWorkerProcess } from './lib/child-server.ts';
import type { Figure } from './lib/figure.ts';
import { sendAll } from './lib/load.ts';
import { mintEvents } from './lib/recorded-events.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';
import { openWorkerFile, toolUseKey } from './lib/worker-file.ts';

const connections = 64;
const warmUp = 2_000;
const measured = 40_000;

/** Events a second until all are acknowledged, durable and indexed; throws when one of them is not in the file. */
export async function benchIngest(): Promise<Figure[]> {
  return withTemporaryFolder(async (folder) => {
    const worker = await startWorkerProcess(folder);
    const bare = await startBareServer();
    try {
      const events = mintEvents(measured);
      await sendAll(worker, mintEvents(warmUp), connections);
      const seconds = await sendAll(worker, events, connections);
      const file = openWorkerFile(folder);
      const kept = file.toolUseKeys();
      const rows = file.count('events');
      file.close();
      const lost = events.filter(
        (event) => event.toolUseId !== null && !kept.has(toolUseKey(event.name, event.toolUseId)),
      );
      if (lost.length > 0) {
        throw new Error(`${lost.length} acknowledged events are not in the file, first ${lost[0]?.body}`);
      }

      const bareTarget = { port: bare.port, captureToken: '' };
      await sendAll(bareTarget, mintEvents(warmUp), connections);
      const bareSeconds = await sendAll(bareTarget, events, connections);
      return [
        {
          name: `durable ingest, ${connections} connections`,
          unit: 'events/s',
          value: measured / seconds,
          baseline: { name: 'bare node:http', value: measured / bareSeconds },
          target: { kind: 'at least', value: 10_000 },
        },
        { name: 'rows in the ledger afterwards', unit: 'rows', value: rows },
      ];
    } finally {
      await Promise.all([worker.stop(), bare.stop()]);
    }
  });
}
