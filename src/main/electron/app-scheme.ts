import { protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { appScheme, isAppUrl } from './app-url.ts';
import { contentTypeOf, resolveAsset } from './resolve-asset.ts';
import { responseHeaders } from './response-headers.ts';

/** Must run before the app is ready: only then can a scheme still become a proper, secure origin. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built window from its folder; returns its stop. */
export function serveAppScheme(rendererDir: string): () => void {
  protocol.handle(appScheme, (request) => answerAsset(rendererDir, request));
  return () => protocol.unhandle(appScheme);
}

async function answerAsset(rendererDir: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const file = isAppUrl(request.url) ? resolveAsset(rendererDir, request.url) : null;
  if (!file) return refusal(403);
  try {
    const bytes = await readFile(file);
    return new Response(new Uint8Array(bytes), {
      headers: { ...responseHeaders, 'content-type': contentTypeOf(file) },
    });
  } catch {
    return refusal(404);
  }
}

function refusal(status: 403 | 404 | 405): Response {
  return new Response(null, { status, headers: responseHeaders });
}
