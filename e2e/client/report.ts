import { AssertionError } from 'node:assert/strict';

/** Counts checks and prints each as a line of a table as soon as it is known. */
export interface Report {
  heading(title: string): void;
  /** Runs one check; a throw is its failure and is told. True when it passed. */
  check(name: string, action: () => unknown): Promise<boolean>;
  passed(): number;
  failed(): number;
}

const nameColumns = 66;

export function createReport(print: (line: string) => void): Report {
  let passed = 0;
  let failed = 0;
  return {
    heading: (title) => print(`\n${title}`),
    async check(name, action) {
      const started = performance.now();
      const line = (mark: string) =>
        print(
          `  ${mark} ${name.padEnd(nameColumns)} ${String(Math.round(performance.now() - started)).padStart(6)} ms`,
        );
      try {
        await action();
        passed += 1;
        line('✓');
        return true;
      } catch (error) {
        failed += 1;
        line('✗');
        print(explained(error).replaceAll(/^/gm, '      '));
        return false;
      }
    },
    passed: () => passed,
    failed: () => failed,
  };
}

function explained(error: unknown): string {
  if (error instanceof AssertionError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const betweenTriesMs = 100;

/** Tries the check until it holds; throws its last failure when it still does not after that time. */
export async function eventually<T>(action: () => Promise<T> | T, withinMs = 15_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, betweenTriesMs);
    await promise;
  }
}
