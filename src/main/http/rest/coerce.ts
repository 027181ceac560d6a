import type { InputShape, JsonSchema } from './json-schema.ts';

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const booleans = new Map<string, boolean>([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/**
 * The text of an address as the type that the schema wants: numbers, `true`/`false`/`1`/`0`, lists by comma or by repetition.
 * What does not look like its type stays a text, so that the contract's own check says what is wrong with it.
 */
export function coerce(values: readonly string[], part: unknown, shape: InputShape): unknown {
  const schema = shape.read(part);
  const list = listIn(schema, shape);
  if (list !== null) {
    return values
      .flatMap((value) => value.split(','))
      .map((value) => value.trim())
      .filter((value) => value !== '')
      .map((value) => coerceOne(value, shape.read(list.items), shape));
  }
  return coerceOne(values[0] ?? '', schema, shape);
}

/** Whether several values are one list. */
export function isList(part: unknown, shape: InputShape): boolean {
  return listIn(shape.read(part), shape) !== null;
}

function listIn(schema: JsonSchema, shape: InputShape): JsonSchema | null {
  if (schema.types.includes('array')) return schema;
  return schema.choices.map((choice) => shape.read(choice)).find(({ types }) => types.includes('array')) ?? null;
}

function coerceOne(value: string, schema: JsonSchema, shape: InputShape): unknown {
  const parts = schema.choices.length === 0 ? [schema] : schema.choices.map((choice) => shape.read(choice));
  const types = parts.flatMap((part) => part.types);
  if (types.includes('string') || parts.some((part) => part.types.length === 0)) return value;
  if (types.includes('boolean')) {
    const known = booleans.get(value.toLowerCase());
    if (known !== undefined) return known;
  }
  if ((types.includes('number') || types.includes('integer')) && number.test(value)) return Number(value);
  return types.includes('null') && value === 'null' ? null : value;
}
