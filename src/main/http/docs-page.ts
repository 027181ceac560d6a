import { serveViewer } from './viewer.ts';

/**
 * `/docs`: the API to read and to try, from files that the build put beside the window. It holds no data, and gets on with the
 * policy of every other page: nothing from elsewhere, nothing inline.
 */
export function serveDocs(rendererDir: string) {
  return serveViewer(rendererDir, { '/docs': '/docs/index.html', '/docs/': '/docs/index.html' });
}
