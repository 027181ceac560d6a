import type { MiddlewareHandler } from 'hono';
import type { AppVariables } from '../app.ts';
import { knownTag, tagOfText } from '../rest/etag.ts';
import type { RestOperation } from '../rest/rest-operation.ts';

/** `GET /api/v1/openapi.json`: made at the first question, the same for everybody. */
export function serveOpenapi(
  operations: readonly RestOperation[],
  version: string,
): MiddlewareHandler<{ Variables: AppVariables }> {
  let made: { text: string; tag: string } | null = null;
  return async (c) => {
    if (made === null) {
      const { openapiDocument } = await import('./openapi-document.ts');
      const text = JSON.stringify(openapiDocument(operations, version));
      made = { text, tag: tagOfText(text) };
    }
    const headers = { ETag: made.tag, 'Cache-Control': 'no-cache' };
    const known = knownTag(c.req.header('if-none-match'), made.tag);
    if (known !== null) return c.body(null, 304, { ...headers, ETag: known });
    return c.body(made.text, 200, { ...headers, 'Content-Type': 'application/json' });
  };
}
