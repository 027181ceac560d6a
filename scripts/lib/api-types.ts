import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { join } from 'node:path';
import { z } from 'zod';
import { appRouter } from '../../src/main/api/router.ts';
import { openapiDocument } from '../../src/main/http/openapi/openapi-document.ts';
import { restOperations } from '../../src/main/http/rest/rest-operation.ts';
import { projectRoot } from './run-command.ts';

export const typesFile = join(projectRoot, 'docs/client/claude-mem-api.d.ts');

const schema = z.record(z.string(), z.unknown());
const content = z.object({ content: z.object({ 'application/json': z.object({ schema }) }) });
const entry = z.object({
  summary: z.string(),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean().default(false),
        deprecated: z.literal(true).optional(),
        description: z.string().optional(),
        schema,
      }),
    )
    .default([]),
  requestBody: content.extend({ required: z.boolean().default(false) }).optional(),
  responses: z.record(z.string(), z.unknown()),
});
type Entry = z.output<typeof entry>;

const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), entry)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

const banner = '/* Made from the OpenAPI document by node scripts/api-reference.ts. */\n/* oxlint-disable max-lines */';

/** TypeScript for all operations of the OpenAPI document that answer with JSON or nothing: what each takes and gives. */
export async function apiTypes(): Promise<string> {
  const written = JSON.stringify(openapiDocument(restOperations(appRouter), ''));
  const { paths, components } = document.parse(JSON.parse(written, asTyped));
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, found]): [string, JSONSchema][] => {
      const answer = answerOf(found);
      return answer === null ? [] : [[`${method.toUpperCase()} ${path}`, operationOf(found, answer)]];
    }),
  );
  const root: JSONSchema = {
    type: 'object',
    required: operations.map(([name]) => name),
    properties: Object.fromEntries(operations),
    additionalProperties: false,
    definitions: Object.fromEntries(
      Object.entries(components.schemas).map(([id, part]) => [id, { ...part, title: id }]),
    ),
  };
  return compile(root, 'Operations', {
    bannerComment: banner,
    additionalProperties: false,
    style: { printWidth: 120, singleQuote: true },
  });
}

/** Types know no bounds; a tuple is written as it was before JSON Schema 2020-12. */
function asTyped(key: string, value: unknown): unknown {
  if (key === '$ref') return String(value).replace('#/components/schemas/', '#/definitions/');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const {
    minItems: _least,
    maxItems: _most,
    prefixItems,
    ...rest
  } = z.looseObject({ prefixItems: z.array(z.unknown()).optional() }).parse(value);
  if (prefixItems === undefined) return rest;
  return { ...rest, items: prefixItems, minItems: prefixItems.length, maxItems: prefixItems.length };
}

function operationOf({ summary, parameters, requestBody }: Entry, answer: JSONSchema): JSONSchema {
  const group = (place: 'path' | 'query'): JSONSchema | null => {
    const found = parameters.filter((parameter) => parameter.in === place);
    if (found.length === 0) return null;
    return {
      type: 'object',
      required: found.filter(({ required }) => required).map(({ name }) => name),
      properties: Object.fromEntries(
        found.map(({ name, schema: type, deprecated, description }) => [
          name,
          deprecated === undefined ? type : { ...type, deprecated, description },
        ]),
      ),
      additionalProperties: false,
    };
  };
  const [path, query] = [group('path'), group('query')];
  const body = requestBody?.content['application/json'].schema;
  const isQueryNeeded = Array.isArray(query?.required) && query.required.length > 0;
  return {
    type: 'object',
    description: summary,
    required: [
      'answer',
      ...(path ? ['path'] : []),
      ...(isQueryNeeded ? ['query'] : []),
      ...(requestBody?.required ? ['body'] : []),
    ],
    properties: { ...(path && { path }), ...(query && { query }), ...(body && { body }), answer },
    additionalProperties: false,
  };
}

/** Null for streams and texts. */
function answerOf({ responses }: Entry): JSONSchema | null {
  if (responses['204'] !== undefined) return { type: 'null' };
  const [answer] = ['200', '201', '202'].flatMap((status) => responses[status] ?? []);
  const read = content.safeParse(answer);
  return read.success ? read.data.content['application/json'].schema : null;
}
