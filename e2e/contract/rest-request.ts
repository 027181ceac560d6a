import { planInput } from '../../src/main/http/rest/input-assembly.ts';
import type { RestOperation } from '../../src/main/http/rest/rest-operation.ts';

export interface RestRequest {
  method: string;
  path: string;
  body: unknown;
  /** The owner's when left out; null for none. */
  token?: string | null | undefined;
  headers?: Record<string, string>;
  /** Of a stream that does not end, so many are waited for. */
  events?: number;
}

/** The request over REST that carries this input of an operation: what the route takes apart, the other way round. */
export function toRequest(operation: RestOperation, input: unknown): RestRequest {
  const { method, path, body } = operation.meta.rest;
  const { parameters, takesBody } = planInput(operation);
  const given = new Map<string, unknown>(typeof input === 'object' && input !== null ? Object.entries(input) : []);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(textOf(given.get(name))));
  const query = parameters.flatMap(({ name, target }) => {
    const value = valueAt(input, target);
    return value === undefined ? [] : [`${name}=${encodeURIComponent(textOf(value))}`];
  });
  const elsewhere = new Set([...operation.pathParameters, ...parameters.map(({ target }) => target[0])]);
  const fields = [...given].filter(([name, value]) => value !== undefined && !elsewhere.has(name));
  const sent = body === undefined ? Object.fromEntries(fields) : given.get(body);
  return {
    method,
    path: `/api/v1${filled}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    body: takesBody && operation.input !== null ? sent : undefined,
  };
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));

function valueAt(input: unknown, target: readonly string[]): unknown {
  return target.reduce<unknown>((value, name) => Reflect.get(Object(value), name), input);
}
