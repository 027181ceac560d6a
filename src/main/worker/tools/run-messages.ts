/** What a run is told on its standard input, as JSON. */
export interface RunRequest {
  source: string;
  /** JSON Schema of the arguments. */
  schema: Record<string, unknown>;
  input: Record<string, unknown>;
}

/** Of each of the two streams. */
export const mostPrintedBytes = 64 * 1024;
/** Of the result as JSON. */
export const mostResultBytes = 1024 * 1024;
/** In all files of the scratch folder together. */
export const mostScratchBytes = 16 * 1024 * 1024;
export const mostScratchFiles = 1_000;

/** The file descriptor that a run answers on; what is printed has the usual two. */
export const answerFd = 3;

/** What the worker said, as it wrote it; zod would take longer to load than most tools run. Throws for anything else. */
export function readRequest(said: unknown): RunRequest {
  if (!isRecord(said)) throw new TypeError('A request is an object.');
  const { source, schema, input } = said;
  if (typeof source !== 'string' || !isRecord(schema) || !isRecord(input)) {
    throw new TypeError('A request is not whole.');
  }
  return { source, schema, input };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
