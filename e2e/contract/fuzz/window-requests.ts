import fc, { type Arbitrary } from 'fast-check';
import { hostileValue, spoil } from './hostile.ts';
import type { OpenApiDocument, Route } from './openapi.ts';
import type { GeneratedRequest, KnownIds } from './requests.ts';
import { arbitraryOf } from './schema-arbitrary.ts';

/** What superjson writes beside a value about what JSON cannot say; most of it is not so. */
const annotations = fc.constantFrom<unknown>(
  ['Date'],
  ['undefined'],
  ['bigint'],
  ['set'],
  ['map'],
  ['regexp'],
  ['URL'],
  ['Error'],
  ['number'],
  [['symbol', 'iterator']],
  [['class', 'Object']],
  [['custom', 'x']],
  [['typed-array', 'Uint8Array']],
  ['map', { 0: ['set'] }],
  'Date',
  null,
);
const places = fc.constantFrom(
  'id',
  'ids.0',
  'text',
  'limit',
  'filters',
  '__proto__.x',
  'constructor.prototype',
  '\\\\x',
  '',
);
const withMeta = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.tuple(places, annotations).map(([at, what]) => ({ meta: { values: { [at]: what } } })) },
  {
    weight: 1,
    arbitrary: fc.tuple(places, places).map(([a, b]) => ({ meta: { referentialEqualities: { [a]: [b] } } })),
  },
  { weight: 1, arbitrary: hostileValue.map((meta) => ({ meta })) },
);

/** An operation at `/trpc`, where the window and the command line call it: its input is one value, written by superjson. */
export function windowRequestsOf(
  route: Route,
  document: OpenApiDocument,
  withIds: (value: unknown, place: number, id: string) => unknown,
  ids: KnownIds,
): Arbitrary<GeneratedRequest> {
  const fields = Object.fromEntries(route.parameters.map(({ name, schema }) => [name, arbitraryOf(schema, document)]));
  const body = route.body === null ? fc.constant({}) : arbitraryOf(route.body, document);
  const whole = fc
    .tuple(fc.record(fields, { requiredKeys: [] }), body, fc.nat(), fc.constantFrom(...ids))
    .map(([named, sent, place, id]) => withIds({ ...named, ...Object(sent) }, place, id));
  const input = fc.oneof(
    { weight: 3, arbitrary: whole },
    {
      weight: 2,
      arbitrary: fc.tuple(whole, fc.nat(), hostileValue).map(([value, place, poison]) => spoil(value, place, poison)),
    },
  );
  return fc.tuple(input, withMeta, fc.boolean()).map(([json, meta, isBatch]) => {
    const text = JSON.stringify(isBatch ? { 0: { json, ...meta } } : { json, ...meta });
    const path = `/trpc/${route.operationId}${isBatch ? '?batch=1' : ''}`;
    const asked = { operationId: route.operationId, isStream: route.isStream };
    // What does not fit into an address is sent as a body.
    if (route.method === 'GET' && text.length < 2_000) {
      const query = `${isBatch ? '&' : '?'}input=${encodeURIComponent(text.toWellFormed())}`;
      return { ...asked, method: 'GET', path: path + query, headers: {}, body: null };
    }
    return { ...asked, method: 'POST', path, headers: { 'content-type': 'application/json' }, body: text };
  });
}
