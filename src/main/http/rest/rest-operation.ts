import { z } from 'zod';
import type { OperationMeta } from '../../api/operation.ts';
import type { AppRouter } from '../../api/router.ts';
import { type MadeAt, madeAt } from './made-at.ts';

/** One operation of the contract as REST serves it. */
export interface RestOperation {
  /** As tRPC calls it: `sessions.list`. */
  name: string;
  type: 'query' | 'mutation' | 'subscription';
  meta: OperationMeta;
  /** Null: it takes nothing. */
  input: z.ZodType | null;
  /** Null: it is served, and left out of the document. */
  output: z.ZodType | null;
  /** The names between braces in its path. */
  pathParameters: string[];
  /** It answers with one thing, and says its tag. */
  isTagged: boolean;
  /** Of one that writes: what reads the same address, and says the tag that `If-Match` is to name. */
  reading: RestOperation | null;
  /** Where to find what it makes; null when that has no address. */
  made: MadeAt | null;
}

/** All operations that have a place below /api/v1, those with fixed words in their path before those with parameters. */
export function restOperations(router: Pick<AppRouter, '_def'>): RestOperation[] {
  const procedures: Readonly<Record<string, unknown>> = router._def.procedures;
  const operations = Object.entries(procedures)
    .flatMap(([name, procedure]) => operationOf(name, procedure) ?? [])
    .toSorted((one, other) => compare(sortKey(one), sortKey(other)));
  const readings = new Map(operations.flatMap((one) => (isReading(one) ? [[one.meta.rest.path, one]] : [])));
  for (const operation of operations) {
    operation.made = madeAt(operation.meta.rest, readings);
    const reading = readings.get(operation.meta.rest.path);
    if (reading === undefined || !writing.has(operation.meta.rest.method)) continue;
    operation.reading = reading;
    // What is one for all, as the settings of a kind, has no parameter.
    reading.isTagged = true;
  }
  return operations;
}

const writing: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE']);

function isReading({ meta: { rest } }: RestOperation): boolean {
  return rest.method === 'GET' && rest.stream !== true;
}

/** Whether a change answers with what reading would give now. Not a PUT, whose answer RFC 9110 (9.3.4) wants without a tag. */
export function givesTheSame({ meta, output, reading }: RestOperation): boolean {
  return meta.rest.method === 'PATCH' && reading !== null && output === reading.output;
}

function operationOf(name: string, procedure: unknown): RestOperation | null {
  const { type, meta, inputs, output } = definition.parse(Reflect.get(Object(procedure), '_def'));
  if (!isMeta(meta)) return null;
  const [input] = inputs ?? [];
  const pathParameters = [...meta.rest.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return {
    name,
    type,
    meta,
    input: input instanceof z.ZodType ? input : null,
    output: output instanceof z.ZodType ? output : null,
    pathParameters,
    isTagged: meta.rest.method === 'GET' && pathParameters.length > 0,
    reading: null,
    made: null,
  };
}

/** What tRPC's types keep to themselves. */
const definition = z.object({
  type: z.enum(['query', 'mutation', 'subscription']),
  meta: z.unknown(),
  inputs: z.array(z.unknown()).optional(),
  output: z.unknown(),
});

function isMeta(meta: unknown): meta is OperationMeta {
  return typeof meta === 'object' && meta !== null && 'rest' in meta;
}

/** A brace comes after every letter and digit. */
function sortKey({ meta }: RestOperation): string {
  return `${meta.rest.path} ${meta.rest.method}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
