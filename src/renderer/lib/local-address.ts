/** The address of something on the web; null for one that is not complete yet. */
export function webAddress(text: string): URL | null {
  const url = URL.parse(text.trim());
  return url && /^https?:$/.test(url.protocol) ? url : null;
}

/** Where what is sent to the address goes: a host, or null for this computer and for an address that is not complete yet. */
export function remoteHostOf(url: string): string | null {
  const host = webAddress(url)?.hostname ?? null;
  const isLocal =
    host === null ||
    host === 'localhost' ||
    host === '[::1]' ||
    host.endsWith('.localhost') ||
    // A name such as 127.example.com is somebody else's.
    /^127(?:\.\d{1,3}){3}$/.test(host);
  return isLocal ? null : host;
}
