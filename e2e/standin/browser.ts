import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page, type Request } from 'playwright-core';
import { chromiumLaunch } from '../chromium.ts';

const profile = mkdtempSync(join(tmpdir(), 'standin-chromium-'));
const known = new WeakSet<Page>();
let launched: Promise<BrowserContext> | undefined;
let opening = 0;

/** The one Chromium of the process, with a window's page each. */
function browser(): Promise<BrowserContext> {
  launched ??= launch();
  return launched;
}

async function launch(): Promise<BrowserContext> {
  const { executablePath, args } = await chromiumLaunch();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: process.env['HEADED'] !== '1',
    viewport: null,
    // Port 0 takes a free one; Chromium writes down which.
    args: [...args, '--remote-debugging-port=0'],
  });
  // What a page opens by itself: its opener has decided already, and the stand-in models only denial.
  context.on('page', (page) => {
    if (opening === 0) void page.close().catch(() => undefined);
  });
  await context.route('**/*', (route) => {
    const request = route.request();
    return request.isNavigationRequest() && !isOwn(request) ? route.abort('aborted') : route.fallback();
  });
  const port = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0];
  process.send?.({ kind: 'browser', endpoint: `http://127.0.0.1:${port}` });
  return context;
}

/** A page that a page has opened asks for its first document before it has a frame. */
function isOwn(request: Request): boolean {
  try {
    return known.has(request.frame().page());
  } catch {
    return false;
  }
}

export async function openPage(): Promise<Page> {
  const context = await browser();
  opening++;
  try {
    const page = await context.newPage();
    known.add(page);
    return page;
  } finally {
    opening--;
  }
}

export async function closeBrowser(): Promise<void> {
  const context = await launched?.catch(() => undefined);
  await context?.close().catch(() => undefined);
  rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
}
