import { randomFillSync } from 'node:crypto';
import { v7, validate } from 'uuid';

/** Random bytes are drawn for many ids at once: each call into the system costs more than an id. */
const pool = new Uint8Array(16 * 256);
let drawn = pool.length;

function nextRandom(): Uint8Array {
  if (drawn >= pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += 16;
  return pool.slice(drawn - 16, drawn);
}

/** A UUIDv7 whose time part is `at` (milliseconds since 1970), so that ids sort as things happened. */
export function newId(at: number): string {
  return v7({ msecs: Math.max(0, Math.trunc(at)), rng: nextRandom });
}

/** Whether a text has the form of an id: whatever has it is the name of a file, and no way to another one. */
export function isId(text: string): boolean {
  return validate(text);
}
