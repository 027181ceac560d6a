import { createDocument, type ZodOpenApiObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { operationTags } from '../../api/operation.ts';
import { logParameters } from '../events/stream-paths.ts';
import type { RestOperation } from '../rest/rest-operation.ts';
import { otherPaths } from './other-paths.ts';
import { operationEntry } from './operation-entry.ts';
import { problemResponses, problemSchema, problemsOf } from './problem-responses.ts';

const description =
  `Everything that the memory can do. Send a token as "Authorization: Bearer …" or a key as "X-API-Key: …";
\`x-scope\` says which scope an operation needs (\`owner\`: the owner's token only, \`any\`: each message by itself). Lists go out in pages: \`next_cursor\` of one answer is
\`cursor\` of the next question. Errors have one shape, see \`Problem\`.`.replaceAll('\n', ' ');

/** OpenAPI 3.1 of all operations whose output is written down, and of the doors beside them. Takes a moment: keep it. */
export function openapiDocument(operations: readonly RestOperation[], version: string) {
  const paths: ZodOpenApiPathsObject = {};
  const add = (path: string, method: string, entry: object) => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: entry };
  };
  for (const operation of operations) {
    const entry = operationEntry(operation);
    if (entry === null) continue;
    // This one has a door of its own, which takes more than the contract asks for.
    if (operation.name === 'events.subscribe') {
      entry.parameters = logParameters;
      entry.responses = { ...entry.responses, ...problemsOf([503]) };
    }
    add(`/api/v1${operation.meta.rest.path}`, operation.meta.rest.method, entry);
  }
  for (const { method, path, entry } of otherPaths) add(path, method, entry);
  const document: ZodOpenApiObject = {
    openapi: '3.1.0',
    info: { title: 'Claude-Mem', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    tags: [...operationTags, 'hooks', 'mcp', 'peers'].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: problemSchema },
      responses: problemResponses,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The owner token, an API key, or the access token of a user.',
        },
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'X-API-Key',
          description: 'An API key, as other memories take it.',
        },
      },
    },
  };
  // The format of a time says all that its pattern says.
  return createDocument(document, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
}
