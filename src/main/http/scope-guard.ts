import type { MiddlewareHandler } from 'hono';
import { scopes } from '../../shared/access-views.ts';
import { isOwner } from '../access/caller.ts';
import type { AuditService } from '../api/access-services.ts';
import type { App, AppVariables } from './app.ts';
import type { OtherPath } from './openapi/other-path.ts';
import { fail } from './problem.ts';
import { recordRefusal } from './resolve-caller.ts';
import { routeOfPath } from './rest/rest-routes.ts';

/** Asks for the scope that the document names at each door that is no operation of the contract, before anything is read. */
export function addScopeGuards(
  app: App,
  doors: readonly Pick<OtherPath, 'method' | 'path' | 'scope'>[],
  audit: Pick<AuditService, 'record'>,
): void {
  for (const { method, path, scope } of doors) {
    if (scope === 'public' || scope === 'any') continue;
    app.on(method, routeOfPath(path), needs(scope, audit));
  }
}

function needs(wanted: string, audit: Pick<AuditService, 'record'>): MiddlewareHandler<{ Variables: AppVariables }> {
  const scope = scopes.find((one) => one === wanted);
  return (c, next) => {
    const { caller } = c.get('api');
    if (isOwner(caller) || (scope !== undefined && caller.scopes.has(scope))) return next();
    recordRefusal(audit, c, caller, 'FORBIDDEN');
    const message =
      scope === undefined
        ? 'Only the owner of this memory may do that: use the owner token (cmem token prints it).'
        : `This needs the scope "${scope}", which ${caller.name} does not have.`;
    return Promise.resolve(fail(c, 403, 'FORBIDDEN', message));
  };
}
