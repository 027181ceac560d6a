import { onOtherLogin } from '../lib/account.ts';
import { bridge } from '../lib/bridge.ts';
import { accessStore } from '../lib/connection.ts';
import { startI18n } from '../lib/i18n.ts';
import { startLive } from '../lib/live.ts';
import { loadRights } from '../lib/load-rights.ts';
import { startAgain } from '../lib/start-again.ts';
import { startTheme } from '../lib/theme.ts';
import { forgetViewerToken, redeemTicket, viewerToken } from '../lib/viewer-access.ts';

/** Gets everything ready that must stand before the first render: texts, colours, access, the event stream. */
export async function start(): Promise<void> {
  startI18n();
  startTheme();
  if (!bridge) {
    await redeemTicket();
    if (viewerToken() === null) accessStore.set('needed');
    accessStore.subscribe(() => {
      if (accessStore.get() === 'needed') forgetViewerToken();
    });
    onOtherLogin(startAgain);
    // A new link pasted over the old address changes the hash only, and so does not load the page.
    window.addEventListener('hashchange', () => {
      if (location.hash.includes('ticket=')) location.reload();
    });
  }
  if (accessStore.get() === 'granted') await loadRights();
  // A login that ended is found out by asking.
  if (accessStore.get() === 'granted') startLive();
}
