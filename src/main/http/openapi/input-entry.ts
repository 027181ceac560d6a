import type { ZodOpenApiOperationObject, ZodOpenApiRequestBodyObject } from 'zod-openapi';
import type { InputPlan, QueryParameter } from '../rest/input-assembly.ts';
import type { RestOperation } from '../rest/rest-operation.ts';

type Parameters = NonNullable<ZodOpenApiOperationObject['parameters']>;

/** Path and query parameters as the document has them. */
export function parametersOf({ pathParameters }: RestOperation, { shape, parameters, former }: InputPlan): Parameters {
  const inPath = pathParameters.map((name) => ({
    name,
    in: 'path' as const,
    required: true,
    schema: shape.closed(shape.root.properties[name]),
  }));
  const inQuery = parameters.map((parameter) => queryEntry(parameter, shape));
  const inOldWords = [...former].map(([name, parameter]) => ({
    ...queryEntry(parameter, shape),
    name,
    description: `The earlier name of ${parameter.name}.`,
    deprecated: true,
    required: false,
  }));
  return [...inPath, ...inQuery, ...inOldWords];
}

function queryEntry({ name, target, schema }: QueryParameter, shape: InputPlan['shape']) {
  const closed = shape.closed(schema);
  return {
    name,
    in: 'query' as const,
    required: target.length === 1 && shape.root.required.includes(target[0] ?? ''),
    schema: closed,
    // A list is written with commas; repeating the parameter does the same.
    ...(closed['type'] === 'array' ? { style: 'form' as const, explode: false } : {}),
  };
}

/** The body as the document has it; null for an operation without one. */
export function bodyOf(
  { meta, pathParameters }: RestOperation,
  { shape, takesBody }: InputPlan,
): ZodOpenApiRequestBodyObject | null {
  if (!takesBody) return null;
  const { properties, required } = shape.root;
  const { body } = meta.rest;
  if (body !== undefined) return entry(required.includes(body), shape.closed(properties[body]));
  const names = Object.keys(properties).filter((name) => !pathParameters.includes(name));
  if (names.length === 0) return null;
  const needed = required.filter((name) => names.includes(name));
  const schema = shape.closed({
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, properties[name]])),
    ...(needed.length === 0 ? {} : { required: needed }),
  });
  return entry(needed.length > 0, schema);
}

function entry(required: boolean, schema: Record<string, unknown>): ZodOpenApiRequestBodyObject {
  return { required, content: { 'application/json': { schema } } };
}
