import { type RestOperation } from './rest/rest-operation.ts';

/** What requests are counted by: a flood of one kind leaves the others alone. */
export const routeGroups = ['login', 'ask', 'execute', 'search', 'write', 'read', 'stream'] as const;
export type RouteGroup = (typeof routeGroups)[number];

/** Requests in a minute, for one caller. */
export const groupLimits: Readonly<Record<RouteGroup, number>> = {
  login: 30,
  ask: 30,
  execute: 120,
  search: 300,
  write: 600,
  read: 1_200,
  stream: 60,
};

/** Of one caller over all groups, unless its key says otherwise. */
export const generalLimit = 2_400;
/** Requests without a token that opens anything, of one address. */
export const refusedLimit = 120;

/** Doors that no operation describes. */
const otherDoors: readonly (readonly [RegExp, RouteGroup])[] = [
  [/^\/api\/v1\/viewer\/redeem$/, 'login'],
  [/^\/mcp$/, 'search'],
  [/^\/api\/search/, 'search'],
  [/^\/(?:events|api\/events|api\/v1\/stream\/events|api\/v1\/ws|api\/v1\/sse)/, 'stream'],
];

/** The groups that a request counts in, one entry for each operation that it asks for. */
export function createRouteGroups(
  operations: readonly RestOperation[],
): (method: string, path: string) => RouteGroup[] {
  const byName = new Map(operations.map((operation) => [operation.name, groupOf(operation)]));
  const byPath = operations.map((operation) => ({
    method: operation.meta.rest.method,
    pattern: new RegExp(`^/api/v1${operation.meta.rest.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    group: groupOf(operation),
  }));
  return (method, path) => {
    const other = otherDoors.find(([pattern]) => pattern.test(path));
    if (other !== undefined) return [other[1]];
    const fallback = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
    // tRPC puts several calls into one request, separated by commas.
    if (path.startsWith('/trpc/')) return calls(path).map((name) => byName.get(name) ?? fallback);
    const asked = method === 'HEAD' ? 'GET' : method;
    const rest = byPath.find((route) => route.method === asked && route.pattern.test(path));
    return [rest?.group ?? fallback];
  };
}

function calls(path: string): string[] {
  const names = path.slice('/trpc/'.length);
  try {
    return decodeURIComponent(names).split(',');
  } catch {
    return [names];
  }
}

function groupOf({ name, type, meta }: RestOperation): RouteGroup {
  if (meta.tag === 'auth' && meta.scope === 'public') return 'login';
  if (meta.scope === 'spend') return 'ask';
  if (meta.scope === 'execute') return 'execute';
  if (type === 'subscription') return 'stream';
  if (meta.tag === 'search' || /\.(?:vectorS|s)earch$/.test(name)) return 'search';
  return type === 'query' ? 'read' : 'write';
}
