import type { Session } from 'electron';
import { mayRequest } from './navigation-policy.ts';

/**
 * Denies every permission and cancels every request that would leave the app.
 * Without handlers Electron grants permissions; the check handler answers what a page may ask without a request.
 */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !mayRequest(details.url) }));
}
