import { expect, test } from 'vitest';
import { z } from 'zod';
import type { RestRoute } from '../../api/operation.ts';
import { planInput } from './input-assembly.ts';
import type { RestOperation } from './rest-operation.ts';

const input = z.object({
  id: z.string(),
  text: z.string().optional(),
  count: z.number().int().optional(),
  deep: z.boolean().optional(),
  kinds: z.array(z.enum(['a', 'b'])).optional(),
  sizes: z.array(z.number()).optional(),
  mark: z.enum(['x']).nullable().optional(),
  either: z.union([z.number(), z.boolean()]).optional(),
  filters: z.object({ project_id: z.string().optional(), failed: z.boolean().optional() }).default({}),
  change: z.object({ name: z.string().optional(), tags: z.array(z.string()).optional() }).optional(),
  free: z.record(z.string(), z.unknown()).optional(),
});

function planOf(rest: Partial<RestRoute>, schema: z.ZodType | null = input) {
  const operation: RestOperation = {
    name: 'things.do',
    type: 'query',
    meta: { summary: '', tag: 'search', scope: 'read', rest: { method: 'GET', path: '/things', ...rest } },
    input: schema,
    output: null,
    pathParameters: [...(rest.path ?? '').matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''),
    isTagged: false,
    reading: null,
    made: null,
  };
  return planInput(operation);
}

const assemble = (rest: Partial<RestRoute>, query: string, body?: unknown, path: Record<string, string> = {}) =>
  planOf(rest).assemble({ path, query: new URLSearchParams(query), body });

const filters = { q: 'text', project_id: 'filters.project_id', failed: 'filters.failed' };
const former = { query: filters, formerly: { project: 'project_id' } };

// Catches: "false" that becomes true, "1e3" or "0x10" read as something else, a text that looks like a number read as one.
test.each<[query: string, input: object]>([
  ['count=12', { count: 12 }],
  ['count=-1.5', { count: -1.5 }],
  ['count=0x10', { count: '0x10' }],
  ['count=', { count: '' }],
  ['count=Infinity', { count: 'Infinity' }],
  ['text=12', { text: '12' }],
  ['text=true', { text: 'true' }],
  ['text=a+b%20%E6%95%B0', { text: 'a b 数' }],
  ['deep=true', { deep: true }],
  ['deep=FALSE', { deep: false }],
  ['deep=1', { deep: true }],
  ['deep=0', { deep: false }],
  ['deep=yes', { deep: 'yes' }],
  ['kinds=a,b', { kinds: ['a', 'b'] }],
  ['kinds=a&kinds=b', { kinds: ['a', 'b'] }],
  ['sizes=1,%202', { sizes: [1, 2] }],
  ['mark=x', { mark: 'x' }],
  ['either=0', { either: false }],
  ['either=7', { either: 7 }],
])('?%s', (query, expected) => {
  expect(assemble({}, query)).toEqual({ input: expected, details: null });
});

// Catches: a list of nothing, which would find nothing at all or everything, and neither was asked for.
test.each(['kinds=', 'kinds=,', 'kinds=%20,%20', 'sizes=&sizes='])('?%s is no list', (query) => {
  expect(assemble({}, query).details).toMatchObject([{ path: query.slice(0, 5) }]);
});

test('a parameter goes where the operation wants it, and its old name is not known', () => {
  expect(assemble({ query: filters }, 'q=lock&project_id=p1&failed=0')).toEqual({
    input: { text: 'lock', filters: { project_id: 'p1', failed: false } },
    details: null,
  });
  expect(assemble({ query: filters }, 'text=lock&filters=x').details?.map(({ path }) => path)).toEqual([
    'text',
    'filters',
  ]);
});

const patch: Partial<RestRoute> = { method: 'PATCH', path: '/things/{id}', body: 'change' };
const put: Partial<RestRoute> = { method: 'PUT', path: '/things/{id}' };

test('path and body make one input', () => {
  const path = { id: 'one' };
  expect(assemble(patch, '', { name: 'x' }, path)).toEqual({
    input: { id: 'one', change: { name: 'x' } },
    details: null,
  });
  expect(assemble(put, '', { text: 'x', free: { any: [{ thing: 1 }] } }, path)).toEqual({
    input: { id: 'one', text: 'x', free: { any: [{ thing: 1 }] } },
    details: null,
  });
  // What a body stands for may be left out, and then the operation's own check speaks.
  expect(assemble(patch, '', undefined, path)).toEqual({ input: { id: 'one' }, details: null });
  expect(assemble({ method: 'DELETE', path: '/things/{id}' }, '', undefined, { id: '12' }).input).toEqual({ id: '12' });
});

// Catches: a misspelt field that is dropped without a word, and a body that changes what the path names.
test.each<[what: string, rest: Partial<RestRoute>, query: string, body: unknown, paths: string[]]>([
  ['an unknown parameter', {}, 'limitt=3', undefined, ['limitt']],
  ['a parameter twice', {}, 'text=a&text=b', undefined, ['text']],
  [
    'a name of every object',
    {},
    'constructor=1&__proto__=2&toString=3',
    undefined,
    ['constructor', '__proto__', 'toString'],
  ],
  ['a parameter of a body', put, 'text=a', {}, ['text']],
  ['an unknown field', put, '', { txt: 'a' }, ['txt']],
  ['an unknown field deeper', put, '', { filters: { projectId: 1 } }, ['filters.projectId']],
  ['an unknown field of a part', patch, '', { nam: 1, tags: ['a'] }, ['nam']],
  ['the id in the body', put, '', { id: 'two' }, ['id']],
  ['a body that is a list', put, '', [1], ['']],
  ['a body that is a text', put, '', 'x', ['']],
  ['a body that is null', put, '', null, ['']],
  ['a body where there is none', {}, '', { text: 'x' }, ['']],
])('%s is refused by name', (_, rest, query, body, paths) => {
  const { input: made, details } = assemble(rest, query, body, { id: 'one' });
  expect(made).toBeNull();
  expect(details?.map(({ path }) => path)).toEqual(paths);
});

test('an operation without input takes none', () => {
  const plan = planOf({ method: 'POST' }, null);
  expect(plan.assemble({ path: {}, query: new URLSearchParams(), body: undefined }).input).toBeUndefined();
  expect(plan.assemble({ path: {}, query: new URLSearchParams(), body: { a: 1 } }).details).toHaveLength(1);
});

test('what a check complains of has the name that was sent', () => {
  const { sentName } = planOf({ query: filters });
  expect(['text', 'filters.project_id', 'filters.other', 'kinds[0]'].map(sentName)).toEqual([
    'q',
    'project_id',
    'filters.other',
    'kinds[0]',
  ]);
  expect(['change.tags[2]', 'change', 'id'].map(planOf(patch).sentName)).toEqual(['tags[2]', '', 'id']);
});

// Catches: a client of yesterday that is refused, or asks twice and is answered to one of the two.
test('a parameter is taken by its earlier name as well, but not by both', () => {
  for (const query of ['project=p', 'project_id=p']) {
    expect(assemble(former, query).input, query).toEqual({ filters: { project_id: 'p' } });
  }
  expect(assemble(former, 'project=p&project_id=q').details).toMatchObject([{ path: 'project' }]);
  expect(assemble(former, 'project=p&project=q').details).toMatchObject([{ path: 'project' }]);
  expect(planOf(former).parameters.map(({ name }) => name)).not.toContain('project');
});

// Catches: a schema that the document or REST has changed for every other door.
test('the schema stays as it was', () => {
  const before = JSON.stringify(z.toJSONSchema(input, { io: 'input' }));
  assemble({ query: filters }, 'q=1&failed=1');
  expect(JSON.stringify(z.toJSONSchema(input, { io: 'input' }))).toBe(before);
  expect(input.safeParse({ id: 'x', count: '1' }).success).toBe(false);
});
