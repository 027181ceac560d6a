import { z, type ZodType } from 'zod';

export type JsonSchema = Record<string, unknown>;

/**
 * What a model must answer, as JSON Schema (draft 2020-12): objects are closed, and a property with a default is asked for
 * all the same, since a model that may leave something out does.
 */
export function jsonSchemaOf(type: ZodType): JsonSchema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' });
  return closed(schema);
}

function closed(schema: JsonSchema): JsonSchema {
  const { default: _default, ...own } = schema;
  const result = within(own, closed);
  const properties = entriesOf(own['properties']);
  if (properties.length === 0) return result;
  const required = new Set<unknown>(Array.isArray(own['required']) ? own['required'] : []);
  for (const [name, property] of properties) if (isSchema(property) && 'default' in property) required.add(name);
  return { ...result, required: [...required], additionalProperties: false };
}

const listsOfSchemas = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const namedSchemas = new Set(['properties', '$defs']);

/** The schema with `change` made to each schema directly inside it. */
function within(schema: JsonSchema, change: (inner: JsonSchema) => JsonSchema): JsonSchema {
  const changed = (value: unknown) => (isSchema(value) ? change(value) : value);
  const parts = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (listsOfSchemas.has(keyword) && Array.isArray(value)) return [keyword, value.map(changed)];
    if (keyword === 'items') return [keyword, changed(value)];
    if (!namedSchemas.has(keyword)) return [keyword, value];
    return [keyword, Object.fromEntries(entriesOf(value).map(([name, inner]) => [name, changed(inner)]))];
  });
  return Object.fromEntries(parts);
}

const bounds = new Set(
  (
    'minLength maxLength pattern format minItems maxItems uniqueItems ' +
    'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf propertyNames'
  ).split(' '),
);

/** Without lengths, ranges and patterns, of which a strict OpenAI refuses some; zod checks them afterwards. */
export function withoutBounds(schema: JsonSchema): JsonSchema {
  const kept = Object.entries(schema).filter(([keyword]) => !bounds.has(keyword));
  return within(Object.fromEntries(kept), withoutBounds);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(value: unknown): [string, unknown][] {
  return isSchema(value) ? Object.entries(value) : [];
}

/** Whether an endpoint may hold the model to it strictly: OpenAI does so only when every property of every object is asked for. */
export function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (!isSchema(schema)) return true;
  const properties = entriesOf(schema['properties']).map(([name]) => name);
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  if (
    schema['type'] === 'object' &&
    (schema['additionalProperties'] !== false || properties.some((name) => !required.includes(name)))
  ) {
    return false;
  }
  return Object.values(schema).every(isStrict);
}
