import type { InputShape, JsonSchema } from './json-schema.ts';
import type { ProblemDetail } from '../problem.ts';

/** Names in a body that the contract does not have: a slip of the pen would otherwise be taken for a success. */
export function unknownFields(value: unknown, part: unknown, shape: InputShape, path = ''): ProblemDetail[] {
  return findIn(value, shape.read(part), shape, path);
}

function findIn(value: unknown, schema: JsonSchema, shape: InputShape, path: string): ProblemDetail[] {
  if (typeof value !== 'object' || value === null) return [];
  if (schema.choices.length > 0) {
    const found = schema.choices.map((choice) => findIn(value, shape.read(choice), shape, path));
    return found.reduce((least, one) => (one.length < least.length ? one : least));
  }
  if (Array.isArray(value)) {
    const items = shape.read(schema.items);
    return value.flatMap((item, index) => findIn(item, items, shape, `${path}[${index}]`));
  }
  if (schema.isOpen) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const here = path === '' ? name : `${path}.${name}`;
    if (!Object.hasOwn(schema.properties, name)) return [{ path: here, message: 'There is no such field.' }];
    return findIn(inner, shape.read(schema.properties[name]), shape, here);
  });
}
