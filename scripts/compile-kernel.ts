import { writeFileSync } from 'node:fs';
import { compiledKernel, kernelFile } from './lib/kernel.ts';

// The part of search that compares signs, compiled from its source in the text format of WebAssembly.
writeFileSync(kernelFile, await compiledKernel());
