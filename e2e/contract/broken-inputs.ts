import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import type { OpenApiDocument, Route } from './fuzz/openapi.ts';
import type { RestRequest } from './rest-request.ts';

export interface BrokenInput {
  /** The parameter or field that is wrong. */
  at: string;
  request: RestRequest;
}

const longest = 11_000;
const written = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  maxLength: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});
const noValues: readonly unknown[] = [{ no: { such: 'field' } }, 'ä ~', -5.5, true, [[[null]]], null, ''];

/** Requests of a route of which each has one part that its schema does not take: every parameter, every field, and a name too many. */
export function createBrokenInputs(document: OpenApiDocument) {
  const ajv = addFormats(new Ajv2020({ strict: false }));
  ajv.addSchema({ $id: 'document', components: document.components });
  return (route: Route, isStrict: boolean): BrokenInput[] => brokenInputs(ajv, route, isStrict);
}

function brokenInputs(ajv: Ajv2020, route: Route, isStrict: boolean): BrokenInput[] {
  const path = route.path.replaceAll(/\{\w+\}/g, 'x');
  const fits = (schema: unknown, value: unknown): boolean =>
    ajv.validate(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"document#/components')), value);
  const asked = (name: string, text: string): BrokenInput => ({
    at: name,
    request: { method: route.method, path: `${path}?${name}=${encodeURIComponent(text)}`, body: undefined },
  });
  const sent = (name: string, value: unknown): BrokenInput => ({
    at: name,
    request: { method: route.method, path, body: { [name]: value } },
  });

  const inQuery = route.parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap(({ name, schema }) => {
      const { type = [], maxLength, items } = written.parse(schema);
      const isList = type === 'array';
      const texts = ['ä ~', 'x'.repeat((maxLength ?? longest) + 1)];
      const text = texts.find((one) => one.length <= longest && !fits(isList ? items : schema, one));
      return text === undefined ? [] : [asked(name, text)];
    });
  const { properties = {} } = written.parse(route.body ?? {});
  const inBody = Object.entries(properties).flatMap(([name, schema]) => {
    const value = noValues.find((one) => !fits(schema, one));
    return value === undefined ? [] : [sent(name, value)];
  });
  const tooMany = isStrict ? [asked('no_such_name', '1')] : [];
  const unknown =
    isStrict && route.body !== null && 'properties' in Object(route.body) ? [sent('no_such_name', 1)] : [];
  return [...inQuery, ...inBody, ...tooMany, ...unknown];
}
