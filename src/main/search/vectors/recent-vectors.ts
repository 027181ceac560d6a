import type { VectorReader } from '../../store/tables/vectors.ts';

export interface RecentVectors {
  /** Hands over those that are there, in no order; each begins at `start` of `vectors` and is valid during the call only. */
  read(pks: Iterable<number>, take: (pk: number, vectors: Int8Array, start: number) => void): void;
  /** It was written again, or is gone. */
  forget(pk: number): void;
  bytes(): number;
}

/** Enough for what twenty different searches compare in 256 dimensions. */
const mostBytes = 1024 * 1024;

/**
 * The vectors that were read last, the oldest of which make room. Most of what an exact comparison takes is to read its vector
 * from a sqlite-vec table, and who types, pages or narrows a search down asks for nearly the same rows again.
 */
export function createRecentVectors(reader: VectorReader, dimension: number): RecentVectors {
  const slots = Math.max(1, Math.floor(mostBytes / dimension));
  const vectors = new Int8Array(slots * dimension);
  const owners = new Int32Array(slots);
  const slotOf = new Map<number, number>();
  let next = 0;

  function keep(pk: number, vector: Int8Array): void {
    const owner = owners[next] ?? 0;
    if (slotOf.get(owner) === next) slotOf.delete(owner);
    owners[next] = pk;
    slotOf.set(pk, next);
    vectors.set(vector, next * dimension);
    next = (next + 1) % slots;
  }

  return {
    read(pks, take) {
      const missing: number[] = [];
      for (const pk of pks) {
        const slot = slotOf.get(pk);
        if (slot === undefined) missing.push(pk);
        else take(pk, vectors, slot * dimension);
      }
      if (missing.length === 0) return;
      for (const [pk, vector] of reader.read(missing)) {
        take(pk, vector, 0);
        keep(pk, vector);
      }
    },
    forget: (pk) => void slotOf.delete(pk),
    bytes: () => vectors.byteLength + owners.byteLength,
  };
}
