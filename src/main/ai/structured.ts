import type { z, ZodType } from 'zod';
import { withinBorders } from './borders.ts';
import { extractJson } from './extract-json.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { ModelError, type ModelProvider, type ModelReply, type ModelRequest, type ModelUsage } from './model.ts';
import { addUsage } from './usage.ts';

export type StructuredRequest<T> = Omit<ModelRequest, 'schema'> & { schema: { name: string; type: ZodType<T> } };

export interface StructuredReply<T> {
  value: T;
  /** What the last call said. */
  text: string;
  model: string;
  /** Of all calls together. */
  usage: ModelUsage;
  /** 1, or 2 when the first answer had to be repaired. */
  calls: number;
}

/** What of the answer that did not fit is shown back. */
const longestShown = 6_000;
const mostIssues = 10;

/**
 * Asks for an answer of a type. One that does not fit is asked for once more, with what was wrong with it; a second one fails
 * with `ModelError` of class `format`. Errors carry the usage of every call. `provider.complete` is called once for each call,
 * so whoever has to write down calls wraps it.
 */
export async function completeStructured<T>(
  provider: Pick<ModelProvider, 'complete'>,
  request: StructuredRequest<T>,
  signal: AbortSignal,
): Promise<StructuredReply<T>> {
  const { schema, ...rest } = request;
  const asked: ModelRequest = { ...rest, schema: { name: schema.name, json: jsonSchemaOf(schema.type) } };

  const first = await provider.complete(asked, signal);
  const read = fit(schema.type, first, request.maxOutputTokens);
  if (read.fits) return { value: read.value, text: first.text, model: first.model, usage: first.usage, calls: 1 };

  const repair = { ...asked, prompt: repairPrompt(asked, first.text, read.problem) };
  const second = await provider.complete(repair, signal).catch((error: unknown) => {
    throw withUsage(error, first.usage);
  });
  const usage = addUsage(first.usage, second.usage);
  const again = fit(schema.type, second, request.maxOutputTokens);
  if (again.fits) return { value: again.value, text: second.text, model: second.model, usage, calls: 2 };
  throw new ModelError(
    'format',
    `The model ${second.model} answered twice in a form that cannot be used (${again.problem.split('\n')[0]}). ` +
      'Try again, or choose a larger model.',
    { usage },
  );
}

type Fit<T> = { fits: true; value: T } | { fits: false; problem: string };

function fit<T>(type: ZodType<T>, reply: ModelReply, maxOutputTokens: number): Fit<T> {
  const value = reply.value ?? extractJson(reply.text);
  if (value === undefined || value === null) {
    const isCut = reply.usage.outputTokens >= maxOutputTokens;
    return {
      fits: false,
      problem: isCut
        ? 'The answer was cut off before its end: say it in fewer words.'
        : 'The answer holds no JSON that can be read.',
    };
  }
  const parsed = type.safeParse(value);
  if (parsed.success) return { fits: true, value: parsed.data };
  const told = type.safeParse(withoutNulls(value));
  if (told.success) return { fits: true, value: told.data };
  return { fits: false, problem: issuesOf(parsed.error) };
}

/** Many models say null where they have nothing to say; a second call is too dear for that. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const said = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(said.map(([name, part]) => [name, withoutNulls(part)]));
}

/** One line for each thing that is wrong: where, and what. */
function issuesOf(error: z.ZodError): string {
  return error.issues
    .slice(0, mostIssues)
    .map(({ path, message }) => `${path.length === 0 ? 'the answer' : path.join('.')}: ${message}`)
    .join('\n');
}

function repairPrompt({ prompt, schema }: ModelRequest, answer: string, problem: string): string {
  const shown = answer.length <= longestShown ? answer : `${answer.slice(0, longestShown).toWellFormed()}…`;
  return `${prompt}

An earlier answer to this could not be used:
<earlier_answer>
${withinBorders(shown)}
</earlier_answer>
What was wrong with it:
${problem}

Answer again, with JSON alone that fits this JSON Schema:
${JSON.stringify(schema?.json)}`;
}

function withUsage(error: unknown, before: ModelUsage): unknown {
  if (!(error instanceof ModelError)) return error;
  return new ModelError(error.class, error.message, {
    retryAfterMs: error.retryAfterMs,
    usage: addUsage(before, error.usage),
  });
}
