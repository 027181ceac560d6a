import type { IncomingMessage } from 'node:http';

const whole = /^https?:\/\//i;
/** Letters, digits and `-._~`, which mean the same encoded and not. */
const unreserved = /%(?:2d|2e|3\d|4[1-9a-f]|5[\da]|5f|6[1-9a-f]|7[\da]|7e)/gi;

/**
 * Gives a request the address that routes are compared with: a path and a query. Programs that are told of a proxy send it
 * whole (RFC 9112, 3.2.2), and `%65vents` and `x/../events` are the same as `events` (RFC 3986, 6.2.2). False when it is none,
 * or names another host than the header, which is the one that the guard looks at.
 */
export function straightenAddress(request: Pick<IncomingMessage, 'url' | 'headers'>): boolean {
  const path = pathAndQuery(request.url ?? '', request.headers.host);
  if (path === null) return false;
  request.url = path;
  return true;
}

function pathAndQuery(sent: string, host: string | undefined): string | null {
  if (whole.test(sent)) {
    const address = URL.parse(sent);
    if (address === null || address.username !== '' || address.password !== '') return null;
    const isSame = host !== undefined && URL.parse(`${address.protocol}//${host}`)?.host === address.host;
    return isSame ? straight(address.pathname, address.search) : null;
  }
  if (!sent.startsWith('/')) return null;
  const end = sent.search(/[?#]/);
  return end === -1 ? straight(sent, '') : straight(sent.slice(0, end), sent.slice(end).replace(/#.*$/s, ''));
}

function straight(path: string, query: string): string | null {
  if (path.includes('\\')) return null;
  if (!path.includes('%') && !path.includes('/.')) return path + query;
  const plain = path.replaceAll(unreserved, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
  const address = URL.parse(`http://localhost${plain}`);
  return address === null ? null : address.pathname + query;
}
