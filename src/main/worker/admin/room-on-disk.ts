import { stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';

/** What a disk should keep besides. */
const spareBytes = 64 * 1024 * 1024;

/** What is missing to write the file anew, as a sentence; null when there is room. */
export async function missingRoom(database: string, sizeBytes: number): Promise<string | null> {
  const folder = dirname(database);
  const temporary = await temporaryFolder();
  // The new file goes through the log, which lies beside the old one; SQLite builds it among its temporary files.
  const isOneDisk = (await stat(folder)).dev === (await stat(temporary)).dev;
  const wanted = isOneDisk
    ? [[folder, sizeBytes * 2] as const]
    : ([
        [folder, sizeBytes],
        [temporary, sizeBytes],
      ] as const);
  for (const [place, bytes] of wanted) {
    const { bavail, bsize } = await statfs(place);
    const missing = bytes + spareBytes - bavail * bsize;
    if (missing > 0) {
      return `There is too little room in ${place}: ${Math.ceil(missing / 1_000_000)} MB more have to be free. Nothing was changed.`;
    }
  }
  return null;
}

/** Where SQLite puts temporary files, in its own order ("Temporary Files Used By SQLite", 5). */
async function temporaryFolder(): Promise<string> {
  if (process.platform === 'win32') return tmpdir();
  const places = [process.env['SQLITE_TMPDIR'], process.env['TMPDIR'], '/var/tmp', '/usr/tmp', '/tmp'];
  for (const place of places) {
    const info = place === undefined ? null : await stat(place).catch(() => null);
    if (place !== undefined && info?.isDirectory() === true) return place;
  }
  return tmpdir();
}
