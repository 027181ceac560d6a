/** What a check of the indexes against the rows they were made from found; numbers of rows. */
export interface IndexReport {
  lexical: {
    /** All observations. */
    rows: number;
    /** Not indexed at all. */
    missing: number;
    /** Indexed under other terms than those of their text. */
    stale: number;
    /** Indexed, and not there. */
    ghosts: number;
  };
  /** Of the model that answers searches; null while there is none. */
  vectors: {
    model_id: string;
    rows: number;
    /** Not embedded yet, or not since they changed: that is work to be done, no fault. */
    waiting: number;
    /** Embedded from another text than theirs. */
    stale: number;
    /** Vectors of rows that are not there or not embedded. */
    ghosts: number;
  } | null;
  took_ms: number;
}

/** Whether the indexes say what the rows say. */
export function isSound({ lexical, vectors }: IndexReport): boolean {
  const faults = lexical.missing + lexical.stale + lexical.ghosts + (vectors?.stale ?? 0) + (vectors?.ghosts ?? 0);
  return faults === 0;
}
