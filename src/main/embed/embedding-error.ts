import type { EmbeddingProblem } from '../../shared/embedding-views.ts';

/** Why there is no vector: expected, shown to the person, never a bug. The message holds no key. */
export class EmbeddingError extends Error {
  readonly code: EmbeddingProblem;
  constructor(code: EmbeddingProblem, message: string) {
    super(message);
    this.name = 'EmbeddingError';
    this.code = code;
  }
}
