import { extname, resolve, sep } from 'node:path';

const indexFile = 'index.html';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** The file below the root that an address names, or null when it names none or leads out of the root. */
export function resolveAsset(root: string, url: string): string | null {
  const pathname = decodedPath(url);
  if (pathname === null || pathname.includes('\0')) return null;
  // A backslash separates folders on Windows only; no file of the build has one in its name.
  if (pathname.includes('\\')) return null;
  const file = resolve(root, `.${pathname === '/' || pathname === '' ? `/${indexFile}` : pathname}`);
  return file.startsWith(root + sep) ? file : null;
}

/** By the file's name alone, so that no registry of the system can turn a script into something else. */
export function contentTypeOf(file: string): string {
  return contentTypes[extname(file).toLowerCase()] ?? 'application/octet-stream';
}

function decodedPath(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
}
