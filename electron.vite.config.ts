import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';

/** Electron 45 carries Node 24.18 and Chromium 156; electron-vite's own table of targets ends before it. */
const nodeTarget = 'node24.18';
const chromeTarget = 'chrome156';

export default defineConfig({
  main: {
    build: {
      target: nodeTarget,
      rolldownOptions: {
        // The two threads are entries of their own, so that their path is the same in tests, in a build and in a package.
        input: {
          index: resolve('src/main/index.ts'),
          headless: resolve('src/main/headless.ts'),
          cli: resolve('src/main/cli.ts'),
          'writer-thread': resolve('src/main/worker/writer-thread.ts'),
          'reader-thread': resolve('src/main/worker/reader-thread.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      // electron-vite takes no browser target here; the preload's few lines need none.
      target: nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve('src/preload/index.ts') },
        // A sandboxed preload can only be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    base: './',
    plugins: [react(), tailwindcss()],
    resolve: { alias: { '@': resolve('src/renderer') } },
    build: { target: chromeTarget, minify: true, rolldownOptions: { input: resolve('src/renderer/index.html') } },
  },
});
