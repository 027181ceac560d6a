import { z } from 'zod';
import type { OperationMeta } from '../../api/operation.ts';
import type { AppRouter } from '../../api/router.ts';

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
}

/** All operations that have a place below /api/v1, those with fixed words in their path before those with parameters. */
export function restOperations(router: Pick<AppRouter, '_def'>): RestOperation[] {
  const procedures: Readonly<Record<string, unknown>> = router._def.procedures;
  return Object.entries(procedures)
    .flatMap(([name, procedure]) => operationOf(name, procedure) ?? [])
    .toSorted((one, other) => compare(sortKey(one), sortKey(other)));
}

function operationOf(name: string, procedure: unknown): RestOperation | null {
  const { type, meta, inputs, output } = definition.parse(Reflect.get(Object(procedure), '_def'));
  if (!isMeta(meta)) return null;
  const [input] = inputs ?? [];
  return {
    name,
    type,
    meta,
    input: input instanceof z.ZodType ? input : null,
    output: output instanceof z.ZodType ? output : null,
    pathParameters: [...meta.rest.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''),
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
