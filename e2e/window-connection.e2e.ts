import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDemoMemory, type DemoMemory } from '../scripts/lib/demo-memory.ts';
import { chromiumLaunch } from './chromium.ts';
import { promptEvents } from './window-events.ts';

let browser: Browser;
let memory: DemoMemory;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'claude-mem-window-'));
  memory = await startDemoMemory({ dataDir });
  browser = await chromium.launch(await chromiumLaunch());
});

afterAll(async () => {
  await browser.close();
  await memory.close();
  await rm(dataDir, { recursive: true, force: true });
});

const signIn = { name: 'Open the memory with a link' };

// Catches: a viewer that shows anything, or nothing at all, to a browser without a token.
test('without a link it says how to get one', async () => {
  const page = await browser.newPage();
  await page.goto(memory.url);
  await page.getByRole('heading', signIn).waitFor();
  await page.getByText('npm run -s cmem -- token --link').waitFor();
  await page.context().close();
});

// Catches: a ticket that stays in the address and the history, works twice, or is needed again after a reload.
test('a link opens it once, and this browser is remembered', async () => {
  const link = await memory.viewerLink();
  const page = await browser.newPage();
  await page.goto(link);
  await page.getByRole('navigation').waitFor();
  expect(page.url()).not.toContain('ticket');
  await page.reload();
  await page.getByRole('navigation').waitFor();
  await page.context().close();

  const other = await browser.newPage();
  await other.goto(link);
  await other.getByRole('heading', signIn).waitFor();
  await other.context().close();
});

// Catches: a token that is no longer good and leaves an endless skeleton.
test('a token that is refused leads to the sign-in page', async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => localStorage.setItem('viewer-token', 'cmv_revoked'));
  const page = await context.newPage();
  await page.goto(memory.url);
  await page.getByRole('heading', signIn).waitFor();
  await context.close();
});

// Catches: a window that stays silent when the worker is gone, or needs a reload when it is back.
test('says that the worker is gone, and goes on when it is back', { timeout: 60_000 }, async () => {
  for (const event of promptEvents('before', 'Asked before the restart')) await memory.post(event);
  const page = await browser.newPage();
  await page.goto(await memory.viewerLink());
  await page.getByRole('link', { name: /Asked before the restart/ }).waitFor();

  await memory.close();
  await page.getByText('The worker does not answer.').waitFor();

  memory = await startDemoMemory({ dataDir, port: Number(new URL(memory.url).port) });
  for (const event of promptEvents('after', 'Asked after the restart')) await memory.post(event);
  await page.getByRole('link', { name: /Asked after the restart/ }).waitFor();
  await page.getByText('The worker does not answer.').waitFor({ state: 'hidden' });
  await page.context().close();
});

// Catches: a page whose code is only fetched when it is opened, and takes the whole window down when the worker is gone.
test('goes to every page while the worker is gone, and fills them when it is back', { timeout: 60_000 }, async () => {
  const page = await browser.newPage();
  await page.goto(await memory.viewerLink());
  await page.getByRole('link', { name: /Asked after the restart/ }).waitFor();
  await page.evaluate(() => document.body.setAttribute('data-same-page', ''));

  await memory.close();
  await page.getByText('The worker does not answer.').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page
    .getByRole('heading', { name: 'Database' })
    .or(page.getByRole('button', { name: 'Try again' }))
    .waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await page.getByRole('combobox', { name: 'Search everything that was remembered' }).fill('restart');
  await page.getByRole('heading', { name: 'The worker does not answer' }).waitFor();

  memory = await startDemoMemory({ dataDir, port: Number(new URL(memory.url).port) });
  await page.getByTestId('search-results').locator('mark').filter({ hasText: 'restart' }).first().waitFor();
  await page.getByText('The worker does not answer.').waitFor({ state: 'hidden' });
  expect(await page.locator('body[data-same-page]').count()).toBe(1);
  await page.context().close();
});

// Catches: a page that reports a worker as running while it is gone, with buttons that ask it for something.
test(
  'the status of a worker that is gone is unknown, and nothing can be done through it',
  { timeout: 60_000 },
  async () => {
    const page = await browser.newPage();
    await page.goto(await memory.viewerLink());
    await page.getByRole('navigation').waitFor();
    await page.evaluate(() => {
      location.hash = '/status';
    });
    const capture = page.getByRole('region', { name: 'Capture' });
    await capture.getByText('Running').waitFor();
    const acts = page
      .getByRole('region')
      .getByRole('button', { name: /^(Pause|Install hooks|Make again|Built in|Anthropic)$/ });
    const usable = () => acts.evaluateAll((buttons) => buttons.filter((button) => !button.matches(':disabled')).length);
    expect(await usable()).toBe(5);

    await memory.close();
    await capture.getByText('Unknown').waitFor();
    await page.getByText(/^Last answer/).waitFor();
    expect(await usable()).toBe(0);
    expect(await page.getByText(/^(Running|Ready|Not installed)$/).count()).toBe(0);

    memory = await startDemoMemory({ dataDir, port: Number(new URL(memory.url).port) });
    await capture.getByText('Running').waitFor();
    await expect.poll(usable).toBe(5);
    await page.context().close();
  },
);
