import { z } from 'zod';
import { EmbeddingError } from '../embedding-error.ts';

export interface ParsedAnswer {
  /** Unit vectors in the order of the texts; null for one of zeros, which has no direction. */
  vectors: (Float32Array | null)[];
  /** As the endpoint counted them; 0 when it does not say. */
  tokens: number;
}

export interface Expected {
  count: number;
  /** Null takes what comes, the same for all. */
  dimension: number | null;
}

const answer = z.object({
  data: z.array(
    z.object({
      index: z.number().int().min(0).optional(),
      // A string is base64 of little-endian float32.
      embedding: z.union([z.array(z.number()), z.string()]),
    }),
  ),
  usage: z
    .object({ prompt_tokens: z.number().min(0).optional(), total_tokens: z.number().min(0).optional() })
    .nullish()
    .catch(null),
});

const longestDimension = 8_192;

/** Reads the body of an OpenAI-compatible `/embeddings` answer. Throws `EmbeddingError` BAD_ANSWER or WRONG_DIMENSION. */
export function parseAnswer(body: Uint8Array, expected: Expected): ParsedAnswer {
  const text = new TextDecoder().decode(body);
  if (/^\s*</.test(text)) {
    throw bad('answers with a web page instead of JSON; the base URL is probably wrong (it often ends in /v1)');
  }
  const parsed = answer.safeParse(readJson(text));
  if (!parsed.success) throw bad(`does not answer as /v1/embeddings does: ${firstIssue(parsed.error)}`);
  const { data, usage } = parsed.data;
  if (data.length !== expected.count) throw bad(`answered ${data.length} vectors for ${expected.count} texts`);
  const vectors: (Float32Array | null)[] = [];
  const dimension = expected.dimension ?? valuesOf(data[0]?.embedding ?? []).length;
  for (const [position, entry] of data.entries()) {
    const index = entry.index ?? position;
    if (index >= expected.count || vectors[index] !== undefined) throw bad(`answered no vector, or two, for one text`);
    const values = valuesOf(entry.embedding);
    checkLength(values, dimension);
    vectors[index] = toUnitVector(values);
  }
  return { vectors, tokens: usage?.prompt_tokens ?? usage?.total_tokens ?? 0 };
}

function checkLength({ length }: readonly number[], wanted: number): void {
  if (length === 0 || length > longestDimension) throw bad(`answered a vector of ${length} dimensions`);
  if (length === wanted) return;
  throw new EmbeddingError(
    'WRONG_DIMENSION',
    `The endpoint answers vectors of ${length} dimensions where ${wanted} were expected.`,
  );
}

function valuesOf(embedding: number[] | string): number[] {
  return typeof embedding === 'string' ? fromBase64(embedding) : embedding;
}

function toUnitVector(values: readonly number[]): Float32Array | null {
  let squares = 0;
  for (const value of values) squares += value * value;
  const norm = Math.sqrt(squares);
  if (!Number.isFinite(norm)) throw bad('answered a vector with something that is no number');
  return norm === 0 ? null : Float32Array.from(values, (value) => value / norm);
}

function fromBase64(text: string): number[] {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.byteLength % 4 !== 0) throw bad('answered base64 that is no list of float32');
  return Array.from({ length: bytes.byteLength / 4 }, (_, at) => bytes.readFloatLE(at * 4));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad('does not answer with JSON');
  }
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'unknown' : `${issue.path.join('.') || 'answer'}: ${issue.message}`;
}

function bad(what: string): EmbeddingError {
  return new EmbeddingError('BAD_ANSWER', `The endpoint ${what}.`);
}
