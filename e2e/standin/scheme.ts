type SchemeHandler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, SchemeHandler>();
let isReady = false;

/** After this no scheme can become privileged any more. */
export function closeSchemeRegistration(): void {
  isReady = true;
}

/** `protocol`, with the rules that bite: privileges before ready, one handler a scheme. */
export const schemeParts: Partial<Electron.Protocol> = {
  registerSchemesAsPrivileged() {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
  },
  handle(scheme, handler) {
    if (!isReady) throw new Error('protocol.handle cannot be used before app is ready');
    if (handlers.has(scheme)) throw new Error(`The scheme ${scheme} has a handler already.`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme) {
    handlers.delete(scheme);
  },
  isProtocolHandled: (scheme) => handlers.has(scheme),
};

export function handlerOf(url: string): SchemeHandler | undefined {
  return handlers.get(URL.parse(url)?.protocol.slice(0, -1) ?? '');
}

/**
 * A page of plain Chromium cannot own a scheme, so `app://window/x` is shown as `http://window.app.localhost/x`:
 * a secure context that resolves to this machine, one origin for each host.
 */
export function toPageUrl(url: string): string {
  if (!handlerOf(url)) return url;
  const { protocol, host, pathname, search, hash } = new URL(url);
  return `http://${host}.${protocol.slice(0, -1)}.localhost${pathname}${search}${hash}`;
}

/** The way back; any other address stays as it is. */
export function fromPageUrl(url: string): string {
  const match = /^http:\/\/([^./:]+)\.([a-z]+)\.localhost(\/.*)?$/.exec(url);
  const [, host, scheme, path = '/'] = match ?? [];
  return host && scheme && handlers.has(scheme) ? `${scheme}://${host}${path}` : url;
}
