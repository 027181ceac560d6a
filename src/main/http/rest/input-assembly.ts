import { type InputShape, inputShape } from './json-schema.ts';
import type { ProblemDetail } from '../problem.ts';
import { coerce, isList } from './coerce.ts';
import type { RestOperation } from './rest-operation.ts';
import { unknownFields } from './unknown-fields.ts';

/** What a request carries; `body` is undefined without one. */
export interface SentInput {
  path: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: unknown;
}

export type AssembledInput = { input: unknown; details: null } | { input: null; details: ProblemDetail[] };

export interface QueryParameter {
  name: string;
  /** Where it goes in the input, outermost name first. */
  target: string[];
  schema: unknown;
}

export interface InputPlan {
  shape: InputShape;
  parameters: QueryParameter[];
  /** The name that a parameter had before, and the parameter. */
  former: ReadonlyMap<string, QueryParameter>;
  takesBody: boolean;
  assemble(sent: SentInput): AssembledInput;
  /** What a client calls the part of the input that a check complains of. */
  sentName(path: string): string;
}

/** How path, query and body of a request become the one input of an operation. */
export function planInput(operation: RestOperation): InputPlan {
  const shape = inputShape(operation.input);
  const { rest } = operation.meta;
  const takesBody = rest.body !== undefined || !['GET', 'DELETE'].includes(rest.method);
  const parameters = queryParameters(operation, shape);
  const today = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const former = new Map(
    Object.entries(rest.formerly ?? {}).flatMap(([name, instead]) => {
      const parameter = today.get(instead);
      return parameter === undefined ? [] : [[name, parameter] as const];
    }),
  );

  function readQuery(query: URLSearchParams, input: Record<string, unknown>): ProblemDetail[] {
    return [...new Set(query.keys())].flatMap((name): ProblemDetail[] => {
      const parameter = today.get(name) ?? former.get(name);
      if (parameter === undefined) return [{ path: name, message: 'There is no such parameter.' }];
      if (name !== parameter.name && query.has(parameter.name)) {
        return [{ path: name, message: `This is the earlier name of ${parameter.name}: send that one alone.` }];
      }
      const values = query.getAll(name);
      if (values.length > 1 && !isList(parameter.schema, shape)) {
        return [{ path: name, message: 'This parameter may stand once only.' }];
      }
      if (isList(parameter.schema, shape) && values.every((value) => /^[\s,]*$/.test(value))) {
        return [{ path: name, message: 'The list is empty: name at least one, or leave it out to have all.' }];
      }
      put(input, parameter.target, coerce(values, parameter.schema, shape));
      return [];
    });
  }

  function readBody(body: unknown, input: Record<string, unknown>): ProblemDetail[] {
    if (!takesBody) return body === undefined ? [] : [{ path: '', message: 'This takes no body.' }];
    if (rest.body !== undefined) {
      if (body === undefined) return [];
      input[rest.body] = body;
      return unknownFields(body, shape.root.properties[rest.body], shape);
    }
    if (body === undefined) return [];
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      return [{ path: '', message: 'The body is a JSON object: {…}.' }];
    }
    const inPath = operation.pathParameters
      .filter((name) => Object.hasOwn(body, name))
      .map((name) => ({ path: name, message: 'This stands in the path.' }));
    Object.assign(input, body);
    return inPath.length > 0
      ? inPath
      : unknownFields(body, { type: 'object', properties: shape.root.properties }, shape);
  }

  return {
    shape,
    parameters,
    former,
    takesBody,
    assemble({ path, query, body }) {
      const input: Record<string, unknown> = {};
      const details = [...readBody(body, input), ...readQuery(query, input)];
      if (details.length > 0) return { input: null, details };
      for (const name of operation.pathParameters) {
        input[name] = coerce([path[name] ?? ''], shape.root.properties[name], shape);
      }
      return { input: operation.input === null ? undefined : input, details: null };
    },
    sentName(path) {
      const renamed = parameters.find(({ target }) => isBelow(path, target.join('.')));
      if (renamed !== undefined) return renamed.name + path.slice(renamed.target.join('.').length);
      return rest.body !== undefined && isBelow(path, rest.body) ? path.slice(rest.body.length + 1) : path;
    },
  };
}

/** Those that `rest.query` names, and the fields of the input that neither path nor body carries. */
function queryParameters({ meta, pathParameters }: RestOperation, shape: InputShape): QueryParameter[] {
  const { method, query = {}, body } = meta.rest;
  const named = Object.entries(query).map(([name, place]) => {
    const target = place.split('.');
    return { name, target, schema: schemaAt(shape, target) };
  });
  if (body === undefined && !['GET', 'DELETE'].includes(method)) return named;
  // A field that another name stands for, or whose parts have names of their own, is not asked for by its own.
  const spoken = new Set([
    ...pathParameters,
    ...(body ?? '').split(' '),
    ...named.map(({ target }) => target[0] ?? ''),
  ]);
  const rest = Object.entries(shape.root.properties)
    .filter(([name]) => !spoken.has(name))
    .map(([name, schema]) => ({ name, target: [name], schema }));
  return [...named, ...rest];
}

function schemaAt(shape: InputShape, target: readonly string[]): unknown {
  let part: unknown = { type: 'object', properties: shape.root.properties };
  for (const name of target) part = shape.read(part).properties[name];
  return part;
}

function isBelow(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}

function put(input: Record<string, unknown>, target: readonly string[], value: unknown): void {
  const [name = '', ...deeper] = target;
  if (deeper.length === 0) {
    input[name] = value;
    return;
  }
  const known = input[name];
  const inner: Record<string, unknown> = typeof known === 'object' && known !== null ? { ...known } : {};
  put(inner, deeper, value);
  input[name] = inner;
}
