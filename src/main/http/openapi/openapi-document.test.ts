import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { appRouter } from '../../api/router.ts';
import { restOperations } from '../rest/rest-operation.ts';
import { openapiDocument } from './openapi-document.ts';
import { otherPaths } from './other-paths.ts';

const operations = restOperations(appRouter);
const document = openapiDocument(operations, '1.2.3');
const entries = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  Object.entries(item).map(([method, entry]) => ({ path, method, entry: entry as Entry })),
);

interface Entry {
  operationId: string;
  summary: string;
  tags: string[];
  security: object[];
  parameters?: { name: string; in: string; required: boolean; deprecated?: boolean }[];
  responses: Record<string, { headers?: object }>;
}

test('is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate({ ...document });
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});

// Catches: an operation that is served and not written down, two at one address, two of one name.
test('has every operation once', () => {
  const documented = operations.filter(({ output }) => output !== null);
  expect(documented.length).toBeGreaterThan(100);
  const written = entries.map(({ entry }) => entry.operationId);
  expect(written.toSorted()).toEqual(
    [...documented.map(({ name }) => name), ...otherPaths.map(({ entry }) => entry.operationId ?? '')].toSorted(),
  );
  expect(new Set(written).size).toBe(written.length);
});

// Catches: a client of the document that sends a name of yesterday without being told.
test('earlier names of parameters are deprecated, beside those of today', () => {
  const search = entries.find(({ entry }) => entry.operationId === 'search.query')?.entry.parameters ?? [];
  const filters = search.filter(({ name }) => /^(?:near_)?(?:project|session)/.test(name));
  expect(Object.fromEntries(filters.map(({ name, deprecated = false }) => [name, deprecated]))).toEqual({
    near_project_id: false,
    project_id: false,
    session_id: false,
    near_project: true,
    project: true,
    session: true,
  });
});

// Catches: an operation that another one hides, because a router would call whichever came first.
test('no two operations answer the same address', () => {
  const addresses = operations.map(({ meta }) => `${meta.rest.method} ${meta.rest.path.replaceAll(/\{\w+\}/g, '{}')}`);
  expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
});

test('every operation says who may, what it is given, and how it fails', () => {
  for (const { path, method, entry } of entries) {
    // The body is measured before anybody asks whether one is wanted.
    if (method !== 'get') expect(Object.keys(entry.responses), path).toEqual(expect.arrayContaining(['411', '413']));
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const inPath = (entry.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(inPath.map(({ name }) => name).toSorted(), path).toEqual(names.toSorted());
    expect(
      inPath.every(({ required }) => required),
      path,
    ).toBe(true);
    expect(Object.keys(entry.responses), path).toEqual(expect.arrayContaining(['400', '403', '429', '500']));
    if (entry.security.length > 0) expect(Object.keys(entry.responses), path).toContain('401');
    expect(entry.summary.endsWith('.'), `${path}: ${entry.summary}`).toBe(true);
  }
});

// Catches: a thing that is made and not found again, because nobody said where it is.
test('what is made says where it is, unless it has no address', () => {
  const silent = entries.filter(({ entry }) => {
    const made = entry.responses['201'];
    return made !== undefined && !('Location' in (made.headers ?? {}));
  });
  expect(silent.map(({ entry }) => entry.operationId).toSorted()).toEqual([
    'admin.backUp',
    'mcp.writePlugin',
    'memories.rememberMany',
    'tickets.create',
    'viewer.link',
  ]);
});

// Catches: a reference that leads nowhere, which validators of the form do not see.
test('every reference leads somewhere', () => {
  const text = JSON.stringify(document);
  const wanted = new Set([...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)].map((match) => match.slice(1)));
  expect(wanted.size).toBeGreaterThan(50);
  const components: Record<string, object> = { ...document.components };
  for (const [kind = '', name = ''] of wanted) expect(components[kind], name).toHaveProperty([name]);
});
