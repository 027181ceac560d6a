import fc, { type Arbitrary } from 'fast-check';
import { z } from 'zod';
import type { OpenApiDocument } from './openapi.ts';

const bound = z.number().optional();
const jsonSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minLength: bound,
  maxLength: bound,
  minimum: bound,
  maximum: bound,
  minItems: bound,
  maxItems: bound,
});
type JsonSchema = z.infer<typeof jsonSchema>;

const longestString = 60;
const mostItems = 4;

const isoTime = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Some are called: of this machine, or of a name that nobody has (RFC 2606), never somebody's. */
const nobodysUrl = fc
  .tuple(fc.constantFrom('http://127.0.0.1:9', 'https://memory.invalid'), fc.webPath(), fc.webQueryParameters())
  .map(([place, path, query]) => `${place}${path}?${query}`);

/** Values that fit a JSON Schema of the document; short ones, for there are to be many. */
export function arbitraryOf(schema: unknown, document: OpenApiDocument): Arbitrary<unknown> {
  const parsed = jsonSchema.parse(schema ?? {});
  if (parsed.$ref !== undefined) {
    return arbitraryOf(document.components.schemas[parsed.$ref.split('/').at(-1) ?? ''], document);
  }
  if (parsed.const !== undefined) return fc.constant(parsed.const);
  if (parsed.enum !== undefined) return fc.constantFrom(...parsed.enum);
  const choices = parsed.anyOf ?? parsed.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, document)));
  if (parsed.allOf !== undefined) return arbitraryOf(parsed.allOf[0], document);
  const types = Array.isArray(parsed.type) ? parsed.type : [parsed.type ?? 'any'];
  return fc.oneof(...types.map((type) => ofType(type, parsed, document)));
}

function ofType(type: string, schema: JsonSchema, document: OpenApiDocument): Arbitrary<unknown> {
  const { minimum = -1_000, maximum = 1_000_000, minItems = 0, maxItems = mostItems } = schema;
  switch (type) {
    case 'string':
      return stringOf(schema);
    case 'integer':
      return fc.integer({
        min: Math.max(Math.ceil(minimum), -(2 ** 31)),
        max: Math.min(Math.floor(maximum), 2 ** 31 - 1),
      });
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(arbitraryOf(schema.items, document), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(maxItems, mostItems)),
      });
    case 'object':
      return objectOf(schema, document);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function stringOf({ format, pattern, minLength = 0, maxLength = longestString }: JsonSchema): Arbitrary<string> {
  if (format === 'date-time') return isoTime;
  if (format === 'date') return isoTime.map((time) => time.slice(0, 10));
  if (format === 'email') return fc.emailAddress();
  if (format === 'uri') return nobodysUrl;
  const plain = fc.string({
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength, longestString)),
    unit: 'grapheme',
  });
  if (pattern === undefined) return plain;
  try {
    return fc.stringMatching(new RegExp(pattern), { maxLength: Math.min(maxLength, longestString) });
  } catch {
    // A pattern with a look-around: what does not fit it is tried as well.
    return plain;
  }
}

function objectOf(schema: JsonSchema, document: OpenApiDocument): Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, arbitraryOf(property, document)]),
  );
  const known = fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
  if (typeof additionalProperties !== 'object' || additionalProperties === null) return known;
  const free = fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), arbitraryOf(additionalProperties, document), {
    maxKeys: 3,
  });
  return fc.tuple(free, known).map(([extra, named]) => ({ ...extra, ...named }));
}
