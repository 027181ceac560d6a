/** The window's own scheme and host: the only origin that may be shown, and the only one that may call. */
export const appScheme = 'app';
const appHost = 'window';

export const appOrigin = `${appScheme}://${appHost}`;
export const startUrl = `${appOrigin}/index.html`;

/** Compares parsed scheme and host: a prefix would let `app://window.evil` and `app://window@evil` pass. */
export function isAppUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === `${appScheme}:` && url.host === appHost && url.username === '';
}
