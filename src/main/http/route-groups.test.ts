import { expect, test } from 'vitest';
import { appRouter } from '../api/router.ts';
import { restOperations } from './rest/rest-operation.ts';
import { createRouteGroups } from './route-groups.ts';

const groupsOf = createRouteGroups(restOperations(appRouter));

// Catches: a costly operation that is counted as a cheap one, and many calls in one request that are counted as one.
test.each([
  ['POST', '/api/v1/auth/login', ['login']],
  ['POST', '/trpc/auth.login', ['login']],
  ['POST', '/api/v1/viewer/redeem', ['login']],
  ['GET', '/api/v1/search', ['search']],
  ['POST', '/api/search/by-tag', ['search']],
  ['POST', '/mcp', ['search']],
  ['POST', '/api/v1/ask', ['ask']],
  ['GET', '/api/v1/sessions', ['read']],
  ['HEAD', '/api/v1/sessions/some-id', ['read']],
  ['DELETE', '/api/v1/sessions/some-id', ['write']],
  ['POST', '/api/v1/nothing', ['write']],
  ['GET', '/events', ['stream']],
  ['GET', '/trpc/sessions.list,search.query,sessions.list', ['read', 'search', 'read']],
  ['GET', '/trpc/sessions.list%2Csearch.query', ['read', 'search']],
  ['GET', '/trpc/%', ['read']],
])('%s %s counts as %j', (method, path, groups) => {
  expect(groupsOf(method, path)).toEqual(groups);
});
