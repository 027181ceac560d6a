import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from '../../src/main/api/router.ts';
import { itemOf } from '../../src/main/api/outputs/shape.ts';
import { builtInTools } from '../../src/main/api/tools/built-in-tools.ts';
import { openapiDocument } from '../../src/main/http/openapi/openapi-document.ts';
import { otherPaths } from '../../src/main/http/openapi/other-paths.ts';
import { operationTags } from '../../src/main/api/operation.ts';
import { planInput } from '../../src/main/http/rest/input-assembly.ts';
import { inputShape } from '../../src/main/http/rest/json-schema.ts';
import { restOperations } from '../../src/main/http/rest/rest-operation.ts';
import { scopes } from '../../src/shared/access-views.ts';
import { auditEnglish } from '../../src/shared/messages/window-audit-en.ts';

const names = Object.keys(appRouter._def.procedures);
const operations = restOperations(appRouter);

/** The only ones that need no token: they are how one is got, and how a machine sees that this one lives. */
const open = ['auth.login', 'auth.logout', 'auth.refresh', 'health.live', 'health.ready'];

/** Change something, and still ask for no more than to read: each touches what is the caller's own, or checks for itself. */
const readersMay = [
  'auth.changePassword',
  // Opens a stream with no more rights than the caller has.
  'tickets.create',
  // A query for completion.
  'search.remember',
  // Each tool says what it needs.
  'tools.execute',
];

function where(holds: (operation: (typeof operations)[number]) => boolean): string[] {
  return operations.filter(holds).map(({ name }) => name);
}

// Catches: an operation that REST, the document and the checks of who may do not know of, or one without a shape of its answer.
test('every operation says what it is, who may, where it is and what it answers', () => {
  expect(names.length).toBeGreaterThanOrEqual(100);
  expect(operations.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  expect(where(({ output }) => output === null)).toEqual([]);
  expect(where(({ meta }) => !/^[A-Z].{4,}[^.]\.$/.test(meta.summary))).toEqual([]);
  expect(where(({ meta }) => !operationTags.includes(meta.tag))).toEqual([]);
  const known = new Set<string>([...scopes, 'public', 'owner']);
  expect(where(({ meta }) => !known.has(meta.scope))).toEqual([]);
  expect(operationTags.filter((tag) => operations.every(({ meta }) => meta.tag !== tag))).toEqual([]);
});

// Catches: a change that the window's audit shows as a code alone, and a label of an operation that is gone.
test('every change that the audit writes down has a label in the window', () => {
  const labels = Object.keys(auditEnglish).filter((key) => key.startsWith('audit.action.'));
  const changes = operations.filter(({ type, meta }) => type === 'mutation' && meta.isRoutine !== true);
  expect(changes.length).toBeGreaterThan(60);
  expect(changes.map(({ name }) => name).filter((name) => !labels.includes(`audit.action.${name}`))).toEqual([]);
  const others = new Set(['http.request', 'mcp.read']);
  const unknown = labels.map((key) => key.replace('audit.action.', '')).filter((name) => !names.includes(name));
  expect(unknown.filter((name) => !others.has(name))).toEqual([]);
});

// Catches: two operations of which the second is never reached, whatever their parameters are called.
test('every operation has a route of its own', () => {
  const routes = operations.map(({ meta: { rest } }) => `${rest.method} ${rest.path.replaceAll(/\{\w+\}/g, '{}')}`);
  expect(routes.filter((route, index) => routes.indexOf(route) !== index)).toEqual([]);
  expect(where(({ meta }) => !/^(?:\/(?:[a-z][a-z-]*|\{[a-z_]+\}))+$/.test(meta.rest.path))).toEqual([]);
});

// Catches: /jobs/overview taken for the job "overview".
test('words in a path come before parameters', () => {
  const shadowed = operations.flatMap((one, index) =>
    operations
      .slice(index + 1)
      .filter(({ meta }) => meta.rest.method === one.meta.rest.method && fits(one.meta.rest.path, meta.rest.path))
      .map(({ name }) => `${name} behind ${one.name}`),
  );
  expect(shadowed).toEqual([]);
});

function fits(pattern: string, path: string): boolean {
  const parts = path.split('/');
  const wanted = pattern.split('/');
  return wanted.length === parts.length && wanted.every((part, at) => part.startsWith('{') || part === parts[at]);
}

// Catches: a parameter that goes nowhere, so that what a client sends is silently ignored.
test('what stands in path, query and body is a field of the input', () => {
  const lost = operations.flatMap((operation) => {
    const { properties } = inputShape(operation.input).root;
    const { body } = operation.meta.rest;
    const fields = [...operation.pathParameters, ...(body === undefined ? [] : [body])];
    const parameters = planInput(operation).parameters.filter(({ schema }) => schema === undefined);
    return [
      ...fields.filter((name) => !Object.hasOwn(properties, name)).map((name) => `${operation.name}: ${name}`),
      ...parameters.map(({ name }) => `${operation.name}: ?${name}`),
    ];
  });
  expect(lost).toEqual([]);
  expect(where(({ meta, input }) => meta.rest.body !== undefined && input === null)).toEqual([]);
  const unnamed = where(
    ({ meta: { target }, input }) => target !== undefined && !Object.hasOwn(inputShape(input).root.properties, target),
  );
  expect(unnamed, 'the audit names nothing').toEqual([]);
});

// Catches: an address that cannot be written, as a list of objects has no place in one.
test('what stands in an address is a value or a list of values', () => {
  const nested = operations.flatMap((operation) => {
    const shape = inputShape(operation.input);
    return planInput(operation)
      .parameters.filter(({ schema }) => {
        const read = shape.read(schema);
        return [read, shape.read(read.items)].some(({ types }) => types.includes('object'));
      })
      .map(({ name }) => `${operation.name}: ?${name}`);
  });
  expect(nested).toEqual([]);
});

// Catches: a client that waits for a body where none comes, or parses one that is not there.
test('methods and states say what happens', () => {
  const answersNothing = where(({ output }) => output instanceof z.ZodVoid);
  expect(answersNothing.length).toBeGreaterThan(10);
  expect(where(({ meta }) => meta.rest.status === 204)).toEqual(answersNothing);
  expect(where(({ type, meta }) => type === 'mutation' && meta.rest.method === 'GET')).toEqual([]);
  expect(where(({ type, meta }) => type !== 'mutation' && meta.rest.method !== 'GET')).toEqual([
    'memories.search',
    'search.semantic',
  ]);
  expect(where(({ type, meta }) => type !== 'mutation' && (meta.rest.status ?? 200) !== 200)).toEqual([]);
  const streams = where(({ meta }) => meta.rest.stream === true);
  expect(where(({ type }) => type === 'subscription')).toEqual(streams);
  expect(where(({ output }) => output !== null && itemOf(output) !== null)).toEqual(streams);
});

// Catches: a write that a key for reading may make, and a door that was left open.
test('who may', () => {
  expect(where(({ meta }) => meta.scope === 'public').toSorted()).toEqual(open);
  const lax = where(({ type, meta }) => type === 'mutation' && meta.scope === 'read');
  expect(lax.toSorted()).toEqual(readersMay.toSorted());
  const dear = where(({ meta }) => ['/ask', '/history/read', '/summaries'].includes(meta.rest.path));
  const cheap = where(({ meta }) => meta.scope !== 'spend' && meta.rest.method !== 'GET');
  expect(dear.filter((name) => cheap.includes(name))).toEqual([]);
});

// Catches: a door that knows of fewer operations than the others, or of one that is gone.
test('the document, the page and the tools of agents speak of the same operations', () => {
  const { paths = {} } = openapiDocument(operations, '0');
  const documented = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map((entry: { operationId?: string }) => entry.operationId ?? ''),
  );
  const others = otherPaths.map(({ entry }) => entry.operationId ?? '');
  expect(documented.toSorted()).toEqual([...names, ...others].toSorted());
  const page = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
  expect(operations.filter(({ meta: { rest } }) => !page.includes(`| \`${rest.method} ${rest.path}\` |`))).toEqual([]);
  const stoodOn = builtInTools.flatMap((tool) => tool.operations);
  expect(stoodOn.length).toBeGreaterThan(8);
  expect(stoodOn.filter((name) => !names.includes(name))).toEqual([]);
});

// Catches: a tool by which a key for reading may write.
test('a tool asks for what its operations ask for', () => {
  const scopeOf = new Map<string, string>(operations.map(({ name, meta }) => [name, meta.scope]));
  const lax = builtInTools.filter((tool) =>
    tool.operations.some((name) => scopeOf.get(name) !== tool.scope && scopeOf.get(name) !== 'read'),
  );
  expect(lax.map(({ name }) => name)).toEqual([]);
});

// Catches: an answer that the document cannot describe, or two that go by one name.
test('every input and every answer can be written as JSON schema', () => {
  const parts = new Map<string, string>();
  for (const { name, input, output } of operations) {
    const answer = output === null ? null : (itemOf(output) ?? output);
    if (answer !== null && !(answer instanceof z.ZodVoid)) {
      const { $defs = {} } = z.toJSONSchema(answer, { io: 'output', target: 'draft-2020-12' });
      for (const [id, schema] of Object.entries($defs)) {
        const text = JSON.stringify(schema);
        expect(parts.get(id) ?? text, `${name}: ${id}`).toBe(text);
        parts.set(id, text);
      }
    }
    if (input !== null) expect(() => z.toJSONSchema(input, { io: 'input' }), name).not.toThrow();
  }
  expect(parts.size).toBeGreaterThan(20);
});
