/** Where vectors come from. */
export interface EmbeddingProvider {
  readonly modelId: string;
  /** Null as long as no answer has told it. */
  readonly dimension: number | null;
  /**
   * One unit vector for each text, in the order of the texts; null for a text that has none. Rejects with `EmbeddingError`,
   * or with the signal's reason when it is aborted.
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<(Float32Array | null)[]>;
}
