/** As often as SQLite itself compiles a statement anew when it finds the tables changed. */
const mostTries = 50;

/**
 * Reads, and again when the tables changed meanwhile: a statement fails with SQLITE_SCHEMA where the writer adds or removes a
 * table, or compacts the file, at the very moment in which a new connection learns what tables there are. The read must not have
 * written anything. Throws, or rejects with, what the last try threw.
 */
export function readThroughChanges<T>(read: () => T): T;
export function readThroughChanges(read: () => unknown): unknown {
  return tryToRead(read, mostTries);
}

function tryToRead(read: () => unknown, triesLeft: number): unknown {
  const again = (error: unknown): unknown => {
    if (!isSchemaChange(error) || triesLeft === 1) throw error;
    return tryToRead(read, triesLeft - 1);
  };
  try {
    const value = read();
    return value instanceof Promise ? value.catch(again) : value;
  } catch (error) {
    return again(error);
  }
}

function isSchemaChange(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_SCHEMA';
}
