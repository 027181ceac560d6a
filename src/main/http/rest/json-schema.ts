import { z } from 'zod';

/** As much of a JSON schema as is asked for here. */
export interface JsonSchema {
  /** Empty: any. */
  types: readonly string[];
  properties: Readonly<Record<string, unknown>>;
  required: readonly string[];
  /** It takes other names than those of `properties`. */
  isOpen: boolean;
  items: unknown;
  choices: readonly unknown[];
}

const written = z.object({
  $ref: z.string().optional(),
  $defs: z.record(z.string(), z.unknown()).optional(),
  type: z.union([z.string().transform((type) => [type]), z.array(z.string())]).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
});

const anything: JsonSchema = { types: [], properties: {}, required: [], isOpen: true, items: undefined, choices: [] };

export interface InputShape {
  root: JsonSchema;
  /** Reads a part of it, references followed. */
  read(part: unknown): JsonSchema;
  /** A part that stands by itself and takes no names that it does not know, for the document. */
  closed(part: unknown): Record<string, unknown>;
}

/** What goes into a schema, before defaults and transforms; the schema itself is only read. */
export function inputShape(schema: z.ZodType | null): InputShape {
  const whole = schema === null ? { type: 'object' } : z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const definitions = written.parse(whole).$defs ?? {};
  const follow = (reference: string) => definitions[reference.replace('#/$defs/', '')];

  function read(part: unknown): JsonSchema {
    const parsed = written.safeParse(part);
    if (!parsed.success) return anything;
    const { $ref, type, properties, required, additionalProperties, items, anyOf, oneOf } = parsed.data;
    if ($ref !== undefined) return read(follow($ref));
    const types = type ?? [];
    return {
      types,
      properties: properties ?? {},
      required: required ?? [],
      isOpen: properties === undefined && (!types.includes('object') || additionalProperties !== undefined),
      items,
      choices: anyOf ?? oneOf ?? [],
    };
  }

  function closed(part: unknown): Record<string, unknown> {
    const copy = close(part);
    return typeof copy === 'object' && copy !== null && !Array.isArray(copy) ? { ...copy } : {};
  }

  function close(part: unknown): unknown {
    if (Array.isArray(part)) return part.map(close);
    if (typeof part !== 'object' || part === null) return part;
    const reference: unknown = Reflect.get(part, '$ref');
    if (typeof reference === 'string') return close(follow(reference));
    const copy = Object.fromEntries(
      Object.entries(part).flatMap(([name, inner]) => (leftOut(name, part) ? [] : [[name, close(inner)]])),
    );
    return isClosed(copy) ? { additionalProperties: false, ...copy } : copy;
  }

  return { root: read(whole), read, closed };
}

/** The format of a time says all that its pattern says. */
function leftOut(name: string, part: object): boolean {
  if (name === 'pattern') return Reflect.get(part, 'format') === 'date-time';
  return name === '$schema' || name === '$defs' || name === '$id';
}

function isClosed(schema: Record<string, unknown>): boolean {
  return schema['type'] === 'object' && typeof schema['properties'] === 'object' && !('additionalProperties' in schema);
}
