import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

/** Electron 45 carries Node 24.18 and Chromium 156; electron-vite's own table of targets ends before it. */
const nodeTarget = 'node24.18';
const chromeTarget = 'chrome156';

/** The page of the API's document is served by the worker, beside the window's own files. */
function swaggerUi(): Plugin {
  const files = {
    'docs/swagger-ui-bundle.js': import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
    'docs/swagger-ui.css': import.meta.resolve('swagger-ui-dist/swagger-ui.css'),
  };
  return {
    name: 'swagger-ui',
    generateBundle() {
      for (const [fileName, from] of Object.entries(files)) {
        this.emitFile({ type: 'asset', fileName, source: readFileSync(new URL(from)) });
      }
    },
  };
}

export default defineConfig({
  main: {
    build: {
      target: nodeTarget,
      rolldownOptions: {
        // The threads are entries of their own, so that their path is the same in tests, in a build and in a package.
        input: {
          index: resolve('src/main/index.ts'),
          headless: resolve('src/main/headless.ts'),
          cli: resolve('src/main/cli.ts'),
          'writer-thread': resolve('src/main/worker/writer-thread.ts'),
          'reader-thread': resolve('src/main/worker/reader-thread.ts'),
          'script-runner': resolve('src/main/worker/tools/script-runner.ts'),
          'password-thread': resolve('src/main/worker/access/password-thread.ts'),
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
    plugins: [react(), tailwindcss(), swaggerUi()],
    resolve: { alias: { '@': resolve('src/renderer') } },
    build: { target: chromeTarget, minify: true, rolldownOptions: { input: resolve('src/renderer/index.html') } },
  },
});
