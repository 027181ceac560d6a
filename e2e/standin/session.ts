import { modelled } from './not-modelled.ts';

type BeforeRequest = NonNullable<Parameters<Electron.WebRequest['onBeforeRequest']>[0]>;
let beforeRequest: BeforeRequest | null = null;

const webRequest = modelled<Electron.WebRequest>('session.webRequest', {
  onBeforeRequest(...args: [object | null, (BeforeRequest | null)?]) {
    const listener = args.at(-1);
    beforeRequest = typeof listener === 'function' ? (listener as BeforeRequest) : null;
  },
});

/** True when the app's own `webRequest` listener cancels it. */
export function isCancelled(url: string, method: string): Promise<boolean> {
  const listener = beforeRequest;
  if (!listener) return Promise.resolve(false);
  return new Promise((resolve) => {
    const details = { url, method } as Electron.OnBeforeRequestListenerDetails;
    listener(details, (response) => resolve(response.cancel ?? false));
  });
}

const defaultSession = modelled<Electron.Session>('session.defaultSession', {
  // Headless Chromium denies every permission by itself, so that handlers are taken and never asked.
  setPermissionRequestHandler: () => undefined,
  setPermissionCheckHandler: () => undefined,
  setDevicePermissionHandler: () => undefined,
  webRequest,
});

export const sessionParts: Partial<typeof Electron.Session> & { defaultSession: Electron.Session } = { defaultSession };
