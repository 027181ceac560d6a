import fc, { type Arbitrary } from 'fast-check';
import { hostileValue, spoil } from './hostile.ts';
import type { OpenApiDocument, Route } from './openapi.ts';
import { arbitraryOf } from './schema-arbitrary.ts';
import { windowRequestsOf } from './window-requests.ts';

export interface GeneratedRequest {
  operationId: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
  isStream: boolean;
}

/** Ids of rows that are there, for requests to get past the first check. */
export type KnownIds = readonly string[];

const jsonType = { 'content-type': 'application/json' };
const rawBodies = [
  '',
  '{',
  '[]',
  'null',
  '"text"',
  '{"__proto__":{"isAdmin":true}}',
  '{"a":1}{"b":2}',
  '\u0000',
  '[[[[[[',
];

const headerSets: Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { accept: 'text/event-stream' },
      { accept: 'application/xml' },
      { 'accept-encoding': 'gzip;q=NaN' },
      { 'accept-encoding': 'identity;q=0, *;q=0' },
      { 'content-type': 'application/json; charset=utf-16' },
      { 'content-type': 'application/merge-patch+json' },
      { 'content-type': 'multipart/form-data' },
      { 'content-type': '' },
      { 'content-encoding': 'gzip' },
      { 'if-match': '*' },
      { 'if-match': '"x", W/"y", "' },
      { 'if-match': '"x"', 'if-none-match': '*' },
      { 'x-api-key': 'a b' },
      { 'if-none-match': '*' },
      { 'if-none-match': '"x", W/"y"' },
      { 'x-request-id': 'a'.repeat(3_000) },
      { 'x-organization-id': 'nobody' },
      { 'x-organization-id': '../..' },
      { 'x-organization-id': 'default' },
      { 'last-event-id': '-5' },
      { 'last-event-id': '99999999999999999999' },
      { 'last-event-id': '' },
      { range: 'bytes=0-1' },
    ),
  },
);

/** A sensible, a spoiled or a hostile text for one place of an address. */
function textFor(schema: unknown, document: OpenApiDocument, ids: KnownIds): Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...ids) },
    { weight: 4, arbitrary: arbitraryOf(schema, document).map(toText) },
    { weight: 2, arbitrary: hostileValue.map(toText) },
  );
}

const toText = (value: unknown): string =>
  (typeof value === 'string'
    ? value
    : Array.isArray(value)
      ? value.map(String).join(',')
      : JSON.stringify(value)
  ).slice(0, 2_000);

/** Percent-encoding that also takes what is no well-formed text. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

function bodyFor(route: Route, document: OpenApiDocument, ids: KnownIds): Arbitrary<string | null> {
  if (route.body === null) return fc.constantFrom(null, null, null, '{}', '{');
  const valid = arbitraryOf(route.body, document);
  const known = fc
    .tuple(valid, fc.nat(), fc.constantFrom(...ids))
    .map(([value, place, id]) => withIds(value, place, id));
  return fc.oneof(
    { weight: 5, arbitrary: known.map((value) => JSON.stringify(value)) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(known, fc.nat(), hostileValue)
        .map(([value, place, poison]) => JSON.stringify(spoil(value, place, poison))),
    },
    { weight: 1, arbitrary: fc.constantFrom(...rawBodies) },
  );
}

/** Puts an id that exists where an id is wanted, so that not every request ends at "there is no such row". */
function withIds(value: unknown, place: number, id: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || place % 4 === 0) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      typeof item === 'string' && /(^|_)id$/.test(name) ? id : name === 'ids' ? [id] : item,
    ]),
  );
}

/** Requests of one route: sensible, spoiled and hostile ones; some of an operation come through the window's door. */
export function requestsOf(route: Route, document: OpenApiDocument, ids: KnownIds): Arbitrary<GeneratedRequest> {
  const plain = plainRequestsOf(route, document, ids);
  if (!isOperation(route)) return plain;
  return fc.oneof(
    { weight: 5, arbitrary: plain },
    { weight: 1, arbitrary: windowRequestsOf(route, document, withIds, ids) },
  );
}

/** Doors beside the contract have names of their own. */
function isOperation({ path, operationId }: Route): boolean {
  return path.startsWith('/api/v1/') && !/^(?:streams|peers|worker|viewer)\./.test(operationId);
}

function plainRequestsOf(route: Route, document: OpenApiDocument, ids: KnownIds): Arbitrary<GeneratedRequest> {
  const places = route.parameters.filter((parameter) => parameter.in === 'path');
  const queries = route.parameters.filter((parameter) => parameter.in === 'query');
  const path = fc.record(Object.fromEntries(places.map(({ name, schema }) => [name, textFor(schema, document, ids)])));
  const query = fc.record(
    Object.fromEntries(queries.map(({ name, schema }) => [name, textFor(schema, document, ids)])),
    { requiredKeys: queries.filter(({ required }) => required === true).map(({ name }) => name) },
  );
  return fc.tuple(path, query, bodyFor(route, document, ids), headerSets).map(([values, asked, body, headers]) => {
    const filled = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encode(values[name] ?? 'x') || '%20');
    const search = Object.entries(asked).map(([name, value]) => `${name}=${encode(value ?? '')}`);
    return {
      operationId: route.operationId,
      method: route.method,
      path: search.length === 0 ? filled : `${filled}?${search.join('&')}`,
      headers: { ...(body === null ? {} : jsonType), ...headers },
      body,
      isStream: route.isStream,
    };
  });
}
