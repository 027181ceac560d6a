import { StoreError } from '../store/store-error.ts';

/** Runs `open`; what SQLite says of a file that it cannot open becomes a `StoreError` that says what to do. */
export function openError<T>(file: string, open: () => T): T {
  try {
    return open();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code !== 'SQLITE_NOTADB' && !code.startsWith('SQLITE_CORRUPT')) throw cause;
    throw new StoreError(
      'NOT_A_DATABASE',
      `${file} is not a database of this app or is damaged (${code}). Move it away to start anew, or put a copy from the backups folder in its place.`,
      { cause },
    );
  }
}
