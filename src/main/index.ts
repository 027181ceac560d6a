import { app } from 'electron';
import { join } from 'node:path';
import { claimDataFolder } from './electron/claim-data-folder.ts';
import { startDesktop } from './electron/desktop.ts';
import { guardProcess } from './electron/guard-process.ts';
import { readLaunchOptions } from './electron/launch-options.ts';
import { prepareApp } from './electron/prepare-app.ts';
import { createLogger } from './observe/logger.ts';
import { dataFolder } from './store/data-folder.ts';
import { defaultPort } from './worker/start-worker.ts';
import { startOrTakeOver } from './worker/take-over.ts';

// The desktop app, step by step. The order matters: everything up to the claim comes before Electron is ready.
const log = createLogger('info', (line) => process.stderr.write(line));
guardProcess(log);
prepareApp();

const launch = readLaunchOptions(process.argv, process.env);
const dataDir = dataFolder(launch.dataDir);

if (claimDataFolder(dataDir)) {
  const builtDir = join(import.meta.dirname, '..');
  // Not awaited: Electron becomes ready only after this module has been evaluated. What fails inside reaches guardProcess.
  void startDesktop({
    dataDir,
    port: launch.port ?? defaultPort,
    hidden: launch.hidden,
    startedBy: launch.startedBy,
    builtDir,
    resourcesDir: join(builtDir, '../resources'),
    log,
    startWorker: startOrTakeOver,
  });
} else {
  app.quit();
}
