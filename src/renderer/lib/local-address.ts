/** The host of a web address; null for an address that is not complete yet. */
function hostOf(url: string): string | null {
  const parsed = URL.parse(url.trim());
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.hostname : null;
}

/** Where what is sent to the address goes: a host, or null for this computer and for an address that is not complete yet. */
export function remoteHostOf(url: string): string | null {
  const host = hostOf(url);
  const isLocal =
    host === null ||
    host === 'localhost' ||
    host === '[::1]' ||
    host.endsWith('.localhost') ||
    // A name such as 127.example.com is somebody else's.
    /^127(?:\.\d{1,3}){3}$/.test(host);
  return isLocal ? null : host;
}
