import react from '@vitejs/plugin-react';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongFilesFirst } from './scripts/lib/long-files-first.ts';

// Each worker thread that a test starts loads its TypeScript anew, which is most of what a start costs: a third less with this.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'claude-mem-test-compiled');

const alias = { '@': resolve('src/renderer') };

export default defineConfig({
  test: {
    // Native modules and worker threads of our own: a process for each file keeps one file's crash out of the next.
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: false,
    sequence: { sequencer: LongFilesFirst },
    teardownTimeout: 5_000,
    // Waits are for a meaning; how long that takes is the machine's affair.
    expect: { poll: { timeout: 30_000, interval: 50 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          environment: 'node',
          include: [
            'src/main/**/*.test.ts',
            'src/shared/**/*.test.ts',
            'src/preload/**/*.test.ts',
            'scripts/**/*.test.ts',
            'bench/**/*.test.ts',
            'e2e/architecture.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        plugins: [react()],
        resolve: { alias },
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['src/renderer/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'contract',
          environment: 'node',
          include: ['e2e/contract/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['e2e/**/*.e2e.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          // Browsers and the workers under them share two cores: one file at a time, after everything else.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
