import type { Ledger } from '../../capture/ledger.ts';
import type { PermissionState } from '../../../shared/permission-views.ts';
import type { PermissionRequestRecord } from '../../store/tables/permission-requests.ts';

/** Of the summary, in an event. */
const longestTitle = 200;

/** Tells windows and streams about requests, with the commit that holds them. */
export function createPermissionLog(ledger: Pick<Ledger, 'log'>) {
  function tell(
    type: 'permission.requested' | 'permission.decided',
    request: PermissionRequestRecord,
    at: number,
    more: Record<string, string | boolean | null>,
  ): void {
    const { id, tool, summary, session_id, session_pk: sessionPk, project_pk: projectPk } = request;
    const isShort = summary.length > longestTitle;
    const title = isShort ? `${summary.slice(0, longestTitle - 1)}…`.toWellFormed() : summary;
    ledger.log({ type, at, projectPk, sessionPk, data: { request_id: id, tool, title, ...more } }, session_id);
  }
  return {
    requested(request: PermissionRequestRecord, at: number): void {
      const expires_at = new Date(request.expires_at).toISOString();
      tell('permission.requested', request, at, { state: 'pending', expires_at, allowable: request.allowable === 1 });
    },
    decided(
      request: PermissionRequestRecord,
      state: Exclude<PermissionState, 'pending'>,
      decidedBy: 'person' | 'rule' | null,
      at: number,
    ): void {
      tell('permission.decided', request, at, { state, decided_by: decidedBy });
    },
  };
}
