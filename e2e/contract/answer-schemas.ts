import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import { bearer } from './request.ts';
import type { OpenApiDocument, Route } from './fuzz/openapi.ts';
import type { RestRequest } from './rest-request.ts';

export interface Checked {
  /** The JSON of the answer; of a stream, the session that it belongs to. */
  value: unknown;
  /** Null: the answer is one that the document has, and fits its schema. */
  complaint: string | null;
}

/** A stream that goes on is left after so many events, unless the request says otherwise. */
const mostEvents = 20;
const documented = z.looseObject({
  responses: z.record(
    z.string(),
    z.looseObject({
      content: z.record(z.string(), z.unknown()).optional(),
      headers: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

/** Asks a route and looks at status, content type and body by what the document says of it. */
export function createAnswerCheck(document: OpenApiDocument, routes: readonly Route[]) {
  const ajv = addFormats(new Ajv2020({ strict: false }));
  ajv.addSchema({ ...document, $id: 'document' });
  const byId = new Map(routes.map((route) => [route.operationId, route]));

  function faultOf(pointer: string, value: unknown): string | null {
    const fits = ajv.compile({ $ref: `document#${pointer}` });
    return fits(value) ? null : ajv.errorsText(fits.errors);
  }

  return async function check(
    operationId: string,
    url: string,
    ownerToken: string,
    request: RestRequest,
  ): Promise<Checked> {
    const route = byId.get(operationId);
    if (route === undefined) return { value: null, complaint: 'The document does not have it.' };
    const { body, method, path, token = ownerToken, headers = {} } = request;
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token === null ? {} : bearer(token)),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { responses } = documented.parse(document.paths[route.path]?.[route.method.toLowerCase()]);
    const known = responses[String(response.status)];
    if (!response.ok || known === undefined) {
      return { value: null, complaint: `${response.status} ${(await response.text()).slice(0, 300)}` };
    }
    const unsaid = Object.keys(known.headers ?? {}).find((name) => !response.headers.has(name));
    if (unsaid !== undefined) return { value: null, complaint: `It comes without ${unsaid}.` };
    const location = response.headers.get('location');
    if (location !== null) {
      const made = await fetch(new URL(location, url), { headers: bearer(ownerToken) });
      if (!made.ok) return { value: null, complaint: `${made.status} at its Location ${location}` };
      await made.arrayBuffer();
    }
    const types = Object.keys(known.content ?? {});
    const type = (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
    const pointer = (name: string) =>
      `/paths/${[route.path, route.method.toLowerCase(), 'responses', String(response.status), 'content', name, 'schema'].map(escaped).join('/')}`;
    if (types.length === 0) {
      const text = await response.text();
      return { value: null, complaint: text === '' ? null : `A body where none is said: ${text.slice(0, 100)}` };
    }
    if (!types.includes(type)) return { value: null, complaint: `It says ${types.join(', ')} and sends ${type}.` };
    if (type === 'text/event-stream') {
      const events = await firstEvents(response, request.events ?? mostEvents);
      const faults = events.flatMap((event) => faultOf(pointer(type), event) ?? []);
      const isSilent = events.length === 0 && request.events !== 0;
      return {
        value: response.headers.get('mcp-session-id'),
        complaint: isSilent ? 'It sent no event.' : (faults[0] ?? null),
      };
    }
    if (type !== 'application/json') return { value: await response.text(), complaint: null };
    const value: unknown = await response.json();
    return { value, complaint: faultOf(pointer(type), value) };
  };
}

const escaped = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** The data of the first events of a stream, which is left then. */
async function firstEvents({ body }: Response, most: number): Promise<unknown[]> {
  const events: unknown[] = [];
  const parser = createParser({ onEvent: ({ data }) => events.push(JSON.parse(data)) });
  const decoder = new TextDecoder();
  if (body === null) return events;
  if (most === 0) await body.cancel();
  else {
    for await (const bytes of body) {
      parser.feed(decoder.decode(bytes, { stream: true }));
      if (events.length >= most) break;
    }
  }
  return events;
}
