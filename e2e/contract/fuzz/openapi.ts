import { z } from 'zod';

/** As much of an OpenAPI document as requests are made of. */
const parameter = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().optional(),
  deprecated: z.boolean().optional(),
  schema: z.unknown(),
});
const operation = z.looseObject({
  operationId: z.string(),
  'x-scope': z.string(),
  parameters: z.array(parameter).default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown() })) }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: z.record(z.string(), z.unknown()).optional() })),
});
const document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()).default({}) }),
});

export type OpenApiDocument = z.infer<typeof document>;
export type OpenApiParameter = z.infer<typeof parameter>;

export interface Route {
  method: string;
  path: string;
  operationId: string;
  scope: string;
  parameters: OpenApiParameter[];
  /** Schema of the JSON body; null when it takes none. */
  body: unknown;
  isStream: boolean;
}

const methods = new Set(['get', 'post', 'put', 'patch', 'delete']);

export const parseDocument = (text: string): OpenApiDocument => document.parse(JSON.parse(text));

/** Every route of the document, in its order. */
export function routesOf(parsed: OpenApiDocument): Route[] {
  return Object.entries(parsed.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.has(method))
      .map(([method, raw]) => {
        const { operationId, 'x-scope': scope, parameters, requestBody, responses } = operation.parse(raw);
        return {
          method: method.toUpperCase(),
          path,
          operationId,
          scope,
          // Beside the name of today, the one of before is refused.
          parameters: parameters.filter(({ deprecated }) => deprecated !== true),
          body: requestBody?.content['application/json']?.schema ?? null,
          isStream: Object.keys(responses['200']?.content ?? {}).includes('text/event-stream'),
        };
      }),
  );
}
