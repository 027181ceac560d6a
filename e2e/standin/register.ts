// node --import ./e2e/standin/register.ts out/main/index.js
import { registerHooks } from 'node:module';

const standIn = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    return /^electron(\/(main|common))?$/.test(specifier)
      ? { url: standIn, shortCircuit: true }
      : next(specifier, context);
  },
});
