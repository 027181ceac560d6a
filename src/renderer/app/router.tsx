import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { parseAccessParams } from '../features/access/access-params.ts';
import { parseAskParams } from '../features/ask/ask-params.ts';
import { parseContextParams } from '../features/context/context-params.ts';
import { parseCostsParams } from '../features/costs/costs-params.ts';
import { parseDeletedParams } from '../features/deleted/deleted-params.ts';
import { parseJobsParams } from '../features/jobs/jobs-params.ts';
import { parseLearningParams } from '../features/learnings/learning-params.ts';
import { parsePermissionParams } from '../features/permissions/permission-params.ts';
import { SearchPage } from '../features/search/search-page.tsx';
import { parseSearchParams } from '../features/search/search-params.ts';
import { parseSessionSearch, type SessionSearch } from '../features/sessions/session-search.ts';
import { NoSessionChosen, SessionsPage } from '../features/sessions/sessions-page.tsx';
import { SessionPage } from '../features/timeline/session-page.tsx';
import { NotFound } from './not-found.tsx';
import { PageError } from './page-error.tsx';
import { Shell } from './shell.tsx';

/** The router hands on what a page's parser leaves out, unless it is overwritten. */
function only<Params extends object>(parse: (raw: Record<string, unknown>) => Params) {
  return (raw: Record<string, unknown>): Params => ({
    ...Object.fromEntries(Object.keys(raw).map((key) => [key, undefined])),
    ...parse(raw),
  });
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad() {
    // The router's way to answer with a redirection.
    // oxlint-disable-next-line typescript/only-throw-error
    throw redirect({ to: '/sessions', replace: true });
  },
});

const sessions = createRoute({
  getParentRoute: () => root,
  path: '/sessions',
  validateSearch: parseSessionSearch,
  component: SessionsPage,
});

const sessionsIndex = createRoute({ getParentRoute: () => sessions, path: '/', component: NoSessionChosen });

const session = createRoute({
  getParentRoute: () => sessions,
  path: '$sessionId',
  validateSearch: (raw: Record<string, unknown>): SessionSearch & { observation?: string } => ({
    ...(typeof raw['observation'] === 'string' && { observation: raw['observation'] }),
  }),
  component: SessionPage,
});

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  validateSearch: only(parseSearchParams),
  component: SearchPage,
});

const laterPages = () => import('./later-pages.tsx');

const learnings = createRoute({
  getParentRoute: () => root,
  path: '/learnings',
  validateSearch: only(parseLearningParams),
  component: lazyRouteComponent(laterPages, 'LearningsPage'),
});

const ask = createRoute({
  getParentRoute: () => root,
  path: '/ask',
  validateSearch: only(parseAskParams),
  component: lazyRouteComponent(laterPages, 'AskPage'),
});

const jobs = createRoute({
  getParentRoute: () => root,
  path: '/jobs',
  validateSearch: only(parseJobsParams),
  component: lazyRouteComponent(laterPages, 'JobsPage'),
});

const costs = createRoute({
  getParentRoute: () => root,
  path: '/costs',
  validateSearch: only(parseCostsParams),
  component: lazyRouteComponent(laterPages, 'CostsPage'),
});

const access = createRoute({
  getParentRoute: () => root,
  path: '/access',
  validateSearch: only(parseAccessParams),
  component: lazyRouteComponent(laterPages, 'AccessPage'),
});

const permissions = createRoute({
  getParentRoute: () => root,
  path: '/permissions',
  validateSearch: only(parsePermissionParams),
  component: lazyRouteComponent(laterPages, 'PermissionsPage'),
});

const deleted = createRoute({
  getParentRoute: () => root,
  path: '/deleted',
  validateSearch: only(parseDeletedParams),
  component: lazyRouteComponent(laterPages, 'DeletedPage'),
});

const context = createRoute({
  getParentRoute: () => root,
  path: '/context',
  validateSearch: only(parseContextParams),
  component: lazyRouteComponent(laterPages, 'ContextPage'),
});

const status = createRoute({
  getParentRoute: () => root,
  path: '/status',
  component: lazyRouteComponent(laterPages, 'StatusPage'),
});

/** Hash addresses work under app:// and HTTP alike, and never reach the server's logs. */
export const appRouter = createRouter({
  routeTree: root.addChildren([
    home,
    sessions.addChildren([sessionsIndex, session]),
    search,
    ask,
    learnings,
    context,
    permissions,
    jobs,
    costs,
    access,
    deleted,
    status,
  ]),
  history: createHashHistory(),
  defaultErrorComponent: PageError,
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof appRouter;
  }
}
