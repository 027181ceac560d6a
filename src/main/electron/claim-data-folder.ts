import { app } from 'electron';
import { join } from 'node:path';
import { makeFolder } from '../store/make-folder.ts';

/** Chromium's own files of the window; nothing of the memory is in there. */
const profileFolder = 'window';

/**
 * Makes this the one desktop app of the data folder. False when another one is: it has been told, and shows its window.
 * The profile lies in the data folder because Electron's lock goes by it, and so that one folder is all there is.
 * Must run before the app is ready.
 */
export function claimDataFolder(dataDir: string): boolean {
  const profile = join(dataDir, profileFolder);
  makeFolder(dataDir);
  // Electron refuses a path that is not there.
  makeFolder(profile);
  app.setPath('userData', profile);
  return app.requestSingleInstanceLock();
}
