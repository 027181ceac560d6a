import type { Context } from 'hono';
import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import type { AppVariables } from './app.ts';
import { fail } from './problem.ts';

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Serves the built window; it holds no data, so it needs no token. Only files below `rendererDir` are served. */
export function serveViewer(rendererDir: string, pages: Readonly<Record<string, string>> = { '/': '/index.html' }) {
  const root = resolve(rendererDir);
  return async (c: Context<{ Variables: AppVariables }>) => {
    const path = decodePath(c.req.path);
    const file = path === null ? null : resolve(root, `.${pages[path] ?? path}`);
    const type = file === null ? undefined : contentTypes[extname(file)];
    if (file === null || type === undefined || !file.startsWith(root + sep)) return missing(c);
    const content = await readFile(file).catch(() => null);
    if (content === null) return missing(c);
    // Names of assets carry a hash of their content; the page itself must always be asked for.
    const cache = path?.startsWith('/assets/') === true ? 'public, max-age=31536000, immutable' : 'no-cache';
    return c.body(new Uint8Array(content), 200, { 'Content-Type': type, 'Cache-Control': cache });
  };
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function missing(c: Context<{ Variables: AppVariables }>) {
  return fail(c, 404, 'NOT_FOUND', 'The web viewer is not built or has no such file. Build it with: npm run build');
}
