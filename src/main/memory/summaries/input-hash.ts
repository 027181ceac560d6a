import { createHash } from 'node:crypto';

/** SHA-256 of what a summary is made from; `facts` is plain data whose keys always come in the same order. */
export function inputHash(facts: unknown): Uint8Array {
  return new Uint8Array(createHash('sha256').update(JSON.stringify(facts)).digest());
}
