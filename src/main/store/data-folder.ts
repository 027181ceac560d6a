import { homedir, platform } from 'node:os';
import { join, resolve } from 'node:path';

const folderName = 'Claude-Mem';

/** The folder that holds everything: the argument, else `CLAUDE_MEM_DATA`, else the platform's place for application data. */
export function dataFolder(override?: string): string {
  const chosen = override ?? process.env['CLAUDE_MEM_DATA'];
  if (chosen) return resolve(chosen);
  const home = homedir();
  switch (platform()) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', folderName);
    case 'win32':
      return join(process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), folderName);
    default:
      return join(process.env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), folderName);
  }
}

export interface DataPaths {
  database: string;
  /** Held locked by SQLite as long as a worker runs. */
  lock: string;
  /** Who holds the lock and on which port: read by the command line and by a second worker. */
  worker: string;
  backups: string;
  /** What a person takes along. */
  exports: string;
  /** Keys, encrypted by the system's keychain. */
  secrets: string;
  /** What a person says that a mode is, one file each. */
  modes: string;
  /** Where the `claude` program runs when it is asked as a model; nothing that happens there is remembered. */
  claude: string;
  /** The scratch folders of tools that run; nothing in it outlives a worker. */
  toolRuns: string;
  /** An empty file for each organisation whose memory is to go, by its id. */
  removals: string;
}

/** The one list of files in a data folder; tokens are named in access/tokens. */
export function dataPaths(dataDir: string): DataPaths {
  return {
    database: join(dataDir, 'memory.db'),
    lock: join(dataDir, 'worker.lock'),
    worker: join(dataDir, 'worker.json'),
    backups: join(dataDir, 'backups'),
    exports: join(dataDir, 'exports'),
    secrets: join(dataDir, 'secrets.json'),
    modes: join(dataDir, 'modes'),
    claude: join(dataDir, 'claude-runs'),
    toolRuns: join(dataDir, 'tool-runs'),
    removals: join(dataDir, 'removals'),
  };
}
