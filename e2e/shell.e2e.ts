import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import superjson from 'superjson';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOrCreateToken } from '../src/main/access/tokens.ts';
import { dataPaths } from '../src/main/store/data-folder.ts';
import { readWorkerFile } from '../src/main/store/worker-file.ts';
import type { IpcReply } from '../src/shared/ipc-protocol.ts';
import type { StatusView } from '../src/shared/views.ts';
import { launchApp, type App } from './driver.ts';
import { until } from './driver/until.ts';
import { spyOn } from './shell-spies.ts';

// Runs in the main process of the desktop: the real Electron where there is a binary, else the stand-in.

const prompt = 'Why does the lock time out after a second?';

let folder: string;
let app: App;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'claude-mem-shell-'));
  app = await launchApp({ dataDir: join(folder, 'data') });
  page = await app.page();
  await spyOn(app);
});

afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

const windowCount = (): Promise<number> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
const windowUrl = (): Promise<string | undefined> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());
const clickTray = (id: string): Promise<void> =>
  app.evaluate((_electron, item) => void spied.trayMenu?.getMenuItemById(item)?.click(), id);

let lastCallId = 1_000_000;

/** A call as the window's own client makes it, seen raw. */
function callOverIpc(type: 'query' | 'mutation' | 'subscription', path: string, input?: unknown): Promise<IpcReply> {
  const call = { id: ++lastCallId, type, path, input: superjson.serialize(input) };
  return page.evaluate((message) => window.bridge.call(message), call);
}

async function status(): Promise<StatusView> {
  const reply = await callOverIpc('query', 'status.get');
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return superjson.deserialize<StatusView>(reply.data as never);
}

function request(path: string, init: RequestInit = {}, token: 'owner' | 'capture' = 'owner'): Promise<Response> {
  const authorization = `Bearer ${readOrCreateToken(app.dataDir, token)}`;
  return fetch(new URL(path, app.url), { ...init, headers: { authorization, 'content-type': 'application/json' } });
}

async function postHook(event: object): Promise<void> {
  const body = JSON.stringify({ session_id: 'shell-session', cwd: folder, transcript_path: '', ...event });
  const response = await request('/hooks/claude-code', { method: 'POST', body }, 'capture');
  expect(response.status).toBeLessThan(300);
}

describe('the window', () => {
  // Catches: a preload that does not load, a scheme that serves nothing, a transport that never answers.
  test('shows what a hook brought, without asking over HTTP', async () => {
    await postHook({ hook_event_name: 'UserPromptSubmit', prompt_id: 'shell-prompt', prompt });
    await page.reload();
    await page.getByText(prompt).first().waitFor();
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name));
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((url) => new URL(url).host !== new URL(page.url()).host)).toEqual([]);
    expect(loaded.filter((url) => url.includes('/trpc'))).toEqual([]);
    expect(await windowUrl()).toMatch(/^app:\/\/window\/index\.html/);
  });

  // Catches: a leaking preload, nodeIntegration, a bridge with more than its three verbs.
  test('gives the page three verbs and nothing of Node or Electron', async () => {
    const seen = await page.evaluate(() => ({
      globals: ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
      leaks: Object.keys(window).filter((name) => /electron|standin|preload/i.test(name)),
      verbs: Object.keys(window.bridge).toSorted(),
      frozen: Object.isFrozen(window.bridge),
    }));
    expect(seen).toEqual({ globals: [], leaks: [], verbs: ['call', 'onPush', 'platform', 'stop'], frozen: true });
  });

  // Catches: a frame inside the page that gets a way to the main process.
  test('gives a frame inside the page no bridge', async () => {
    const bridge = await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>inside</p>';
      document.body.append(frame);
      await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
      const type = typeof frame.contentWindow?.window.bridge;
      frame.remove();
      return type;
    });
    expect(bridge).toBe('undefined');
  });
});

describe('calls', () => {
  // Catches: a channel that somebody adds beside the transport.
  test('go over the channels of the transport only', async () => {
    const channels = await app.evaluate(({ ipcMain }) => {
      const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers;
      return { handled: [...handlers.keys()], heard: ipcMain.eventNames().filter((name) => name !== 'error') };
    });
    expect(channels).toEqual({ handled: ['trpc:call'], heard: ['trpc:stop'] });
  });

  // Catches: a sender check that looks at a prefix, forgets frames, or trusts what it cannot know.
  test.each([
    ['a frame that is gone', null],
    ['a frame inside the page', { url: 'app://window/index.html', parent: {} }],
    ['another host of the scheme', { url: 'app://window.evil/index.html', parent: null }],
    ['a page of the web', { url: 'https://window/index.html', parent: null }],
  ])('of %s are refused', async (_name, senderFrame) => {
    const reply = await app.evaluate(async ({ ipcMain }, frame) => {
      type Handler = (event: object, message: object) => Promise<{ ok: boolean; error: { json: { data: object } } }>;
      const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers;
      const call = { id: 1, document: crypto.randomUUID(), type: 'query', path: 'status.get', input: { json: null } };
      return handlers.get('trpc:call')?.({ sender: {}, senderFrame: frame }, call);
    }, senderFrame);
    expect(reply).toMatchObject({ ok: false, error: { json: { data: { code: 'FORBIDDEN' } } } });
  });

  // Catches: two doors that describe one failure differently, so that the window works behind only one of them.
  test.each([
    ['search.query', { text: 'lock', limit: 0 }, 'BAD_REQUEST'],
    ['sessions.get', { id: 'nobody' }, 'NOT_FOUND'],
    ['sessions.nothing', {}, 'NOT_FOUND'],
  ])('that fail on %s are answered alike over IPC and HTTP', async (path, input, code) => {
    const overIpc = await callOverIpc('query', path, input);
    const query = encodeURIComponent(JSON.stringify(superjson.serialize(input)));
    const overHttp = (await (await request(`/trpc/${path}?input=${query}`)).json()) as { error: { json: object } };
    expect(overIpc).toMatchObject({ ok: false, error: { json: { data: { code } } } });
    if (overIpc.ok) throw new Error('unreachable');
    const { json } = overIpc.error as { json: { data: object } };
    expect(overHttp.error.json).toMatchObject({ data: json.data });
    if (path !== 'sessions.nothing') expect(overHttp.error).toEqual(overIpc.error);
  });
});

describe('a page that went hostile', () => {
  // Catches: a policy that is not sent, or that was loosened for a library.
  test('runs nothing inline and loads nothing from elsewhere', async () => {
    const outcome = await page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.ranInline = true';
      const style = document.createElement('style');
      style.textContent = 'body { outline: 3px solid red }';
      document.head.append(script, style);
      // Text as code, from a timer: what DevTools evaluates directly is exempt from the policy.
      // oxlint-disable-next-line typescript/no-implied-eval
      setTimeout('window.ranText = true', 0);
      await new Promise((resolve) => setTimeout(resolve, 0));
      const refusedFetch = await fetch('https://example.invalid/').then(
        () => false,
        () => true,
      );
      const policy = (await fetch('index.html')).headers.get('content-security-policy');
      const outline = getComputedStyle(document.body).outlineStyle;
      script.remove();
      style.remove();
      const ran = ['ranInline', 'ranText'].filter((name) => name in window);
      return { refusedFetch, policy, outline, ran, violations };
    });
    expect(outcome).toMatchObject({ refusedFetch: true, ran: [], outline: 'none' });
    expect(outcome.policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(outcome.violations).toEqual(
      expect.arrayContaining(['script-src', 'script-src-elem', 'style-src-elem', 'connect-src']),
    );
  });

  // Catches: a navigation that leaves the app, to the web or to the worker's own port.
  test.each(['https://example.invalid/phish', 'http://127.0.0.1:1/'])('cannot navigate to %s', async (target) => {
    await page.evaluate((url) => {
      location.href = url;
    }, target);
    await until('the navigation was seen', () => app.evaluate((_electron, url) => spied.refused.includes(url), target));
    expect(await windowUrl()).toMatch(/^app:\/\/window\//);
    await page.getByText(prompt).first().waitFor();
  });

  // Catches: windows with the app's rights, and addresses that would start other programs.
  test('opens no window, and hands only https and mailto to the system', async () => {
    await page.evaluate(() => {
      const targets = ['file:///etc/passwd', 'smb://host/share', 'https://user:secret@example.com/', 'about:blank'];
      for (const url of [...targets, 'https://example.com/docs', 'mailto:hello@example.com']) window.open(url);
    });
    await until('the links were handed on', () => app.evaluate(() => spied.opened.length >= 2));
    expect(await app.evaluate(() => spied.opened)).toEqual(['https://example.com/docs', 'mailto:hello@example.com']);
    expect(await windowCount()).toBe(1);
  });
});

describe('the tray', () => {
  // Catches: a menu that is not set again after a change, a pause that reaches only the icon.
  test('pauses and resumes capture, and says which', async () => {
    await callOverIpc('mutation', 'capture.setPaused', { paused: true });
    await until('the tray offers to resume', () =>
      app.evaluate(() => spied.trayMenu?.getMenuItemById('pause')?.label === 'Resume capture'),
    );
    await clickTray('pause');
    await until('capture goes on', async () => !(await status()).capture.paused);
    await until('the tray offers to pause', () =>
      app.evaluate(() => spied.trayMenu?.getMenuItemById('pause')?.label === 'Pause capture'),
    );
    await clickTray('pause');
    await until('capture is paused', async () => (await status()).capture.paused);
    expect(await app.evaluate(() => spied.trayMenu?.getMenuItemById('state')?.label)).toBe('Capture is paused');
    await clickTray('pause');
    await until('capture goes on again', async () => !(await status()).capture.paused);
  });
});

describe('subscriptions', () => {
  // Catches: a page that was reloaded and whose predecessor's subscriptions go on in the main process.
  test('of a document end when it is reloaded', async () => {
    await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (!contents) throw new Error('There is no window.');
      const send = contents.send.bind(contents);
      contents.send = (channel, push: { id: number }) => {
        spied.pushes.push({ id: push.id });
        send(channel, push);
      };
    });
    const pushesFor = (ids: 'ours' | 'theirs', id: number): Promise<number> =>
      app.evaluate(
        (_electron, wanted) =>
          spied.pushes.filter((push) => (push.id === wanted.id) === (wanted.ids === 'ours')).length,
        { ids, id },
      );
    expect(await callOverIpc('subscription', 'events.subscribe', {})).toMatchObject({ ok: true });
    const id = lastCallId;
    await callOverIpc('mutation', 'capture.setPaused', { paused: true });
    await until('the subscription hears of it', () => pushesFor('ours', id));

    await page.reload();
    await page.getByText(prompt).first().waitFor();
    await app.evaluate(() => void (spied.pushes = []));
    await callOverIpc('mutation', 'capture.setPaused', { paused: false });
    await until("the new document's own subscription hears of it", () => pushesFor('theirs', id));
    expect(await pushesFor('ours', id)).toBe(0);
  });
});

describe('the life of the app', () => {
  // Catches: a worker that dies with its window, a window that cannot come back.
  test('closing the window keeps the worker, and the tray opens it again', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await until('the window is gone', async () => (await windowCount()) === 0);
    expect((await request('/api/v1/health')).status).toBe(200);
    await clickTray('open');
    page = await app.page();
    await page.getByText(prompt).first().waitFor();
    expect(await windowCount()).toBe(1);
  });

  // Catches: a second app on one memory; a person without a tray who cannot get the window back.
  test('launching it again shows the window and ends the second one', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await until('the window is gone', async () => (await windowCount()) === 0);
    expect(await app.launchAgain()).toBe(0);
    await until('the window is back', async () => (await windowCount()) === 1);
    page = await app.page();
    await page.getByText(prompt).first().waitFor();
  });

  // Catches: a quit that hangs, that loses what was acknowledged, or that leaves the folder locked.
  test('quitting ends the process and frees the folder, with everything in it', async () => {
    const last = 'And what did the quit keep?';
    await postHook({ hook_event_name: 'UserPromptSubmit', prompt_id: 'shell-last', prompt: last });
    await clickTray('quit');
    expect(await app.exited).toBe(0);
    expect(readWorkerFile(dataPaths(app.dataDir).worker)).toBeNull();

    const { dataDir } = app;
    app = await launchApp({ dataDir, args: ['--hidden'] });
    expect(await windowCount()).toBe(0);
    const found = await request(`/trpc/search.query?input=${encodeURIComponent('{"json":{"text":"quit keep"}}')}`);
    expect(await found.text()).toContain(last);
  });
});
