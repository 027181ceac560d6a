import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compiledKernel, kernelFile } from './kernel.ts';

// Catches: a kernel that was changed and not compiled again.
test('the compiled kernel is that of its source; else run node scripts/compile-kernel.ts', async () => {
  expect(readFileSync(kernelFile, 'utf8')).toBe(await compiledKernel());
});
