import { isAppUrl } from './app-url.ts';

/** Longer addresses are cut by some systems' openers, which may turn them into others. */
const longestExternalUrl = 2048;
const externalSchemes: ReadonlySet<string> = new Set(['https:', 'mailto:']);
/** `data:` carries its content along and `devtools:` is Chromium's own; neither reaches the network. */
const localSchemes: ReadonlySet<string> = new Set(['data:', 'devtools:']);

/** A frame may go nowhere but to the window's own pages. */
export function mayNavigate(url: string): boolean {
  return isAppUrl(url);
}

/** The page may load nothing from the network: what it knows comes from the main process. */
export function mayRequest(url: string): boolean {
  return isAppUrl(url) || localSchemes.has(URL.parse(url)?.protocol ?? '');
}

/**
 * The address to hand to the system's browser or mail program, or null when it must not leave the app.
 * Any other scheme could start any program that has registered it; credentials in an address hide its true host.
 */
export function externalTarget(text: string): string | null {
  const url = URL.parse(text);
  if (!url || !externalSchemes.has(url.protocol)) return null;
  if (url.username !== '' || url.password !== '') return null;
  return url.href.length <= longestExternalUrl ? url.href : null;
}
