import { parentPort, workerData } from 'node:worker_threads';
import type { SharedModel } from '../shared-model.ts';
import { openStaticModel } from '../static-model.ts';

/** Embeds one text in a thread and posts the FNV-1a of the vector's bytes. */
const vector = openStaticModel(workerData as SharedModel).embed('shared between threads');
let hash = 0x81_1c_9d_c5 | 0;
for (const byte of new Uint8Array(vector.buffer)) hash = Math.imul(hash ^ byte, 0x01_00_01_93);
parentPort?.postMessage((hash >>> 0).toString(16).padStart(8, '0'));
