import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectAgent, type Agent } from '../scripts/lib/demo-memory.ts';
import { launchApp, type App } from './driver.ts';
import { promptEvents, toolEvent } from './window-events.ts';

let app: App;
let page: Page;
let agent: Agent;

beforeAll(async () => {
  app = await launchApp({ engine: 'browser' });
  page = await app.page();
  agent = await connectAgent(app.url, app.dataDir);
  for (const session of ['kept', 'gone']) {
    for (const event of promptEvents(session, `Look after the ${session} harbour`)) await agent.post(event);
    const input = { command: `sail ${session}` };
    await agent.post(toolEvent(session, { tool: 'Bash', input, result: { stdout: 'ahoy' } }));
  }
});
afterAll(() => app.close());

const list = () => page.getByTestId('session-list');
const timeline = () => page.getByTestId('timeline');
/** Of the notice that says so. */
const undo = (notice: string) =>
  page.getByRole('dialog').filter({ hasText: notice }).getByRole('button', { name: 'Undo' }).first();
const go = (address: string) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, address);

// Catches a list that keeps what was deleted until it is loaded again, and a notice that takes nothing back.
test('a session is deleted from its header, leaves the list at once, and comes back', async () => {
  await go('/sessions/gone');
  await list().getByText('Look after the gone harbour').waitFor();
  await page.getByRole('button', { name: 'Delete session' }).click();
  await list().getByText('Look after the gone harbour').waitFor({ state: 'detached' });
  await list().getByText('Look after the kept harbour').waitFor();
  await expect.poll(() => page.url()).not.toContain('gone');
  await undo('Session deleted').click();
  await list().getByText('Look after the gone harbour').waitFor();
  await timeline().getByText('sail gone').waitFor();
});

// Catches a key that deletes something else than what is marked, or only on the screen.
test('the step that the keyboard is on is deleted by its key, and comes back to its place', async () => {
  await go('/sessions/kept');
  await timeline().getByText('sail kept').waitFor();
  const steps = () => timeline().getByRole('listitem').allTextContents();
  const before = await steps();
  await timeline().getByText('sail kept').click();
  await page.keyboard.press('Delete');
  await expect.poll(() => timeline().getByText('sail kept').count()).toBe(0);
  await timeline().getByText('Look after the kept harbour').waitFor();
  await undo('Entry deleted').click();
  await timeline().getByText('sail kept').first().waitFor();
  await expect.poll(async () => (await steps()).length).toBe(before.length);
});

test('a hit is deleted where it was found, and comes back', async () => {
  await go('/search?q=sail');
  const results = page.getByTestId('search-results');
  const hit = () => results.getByRole('listitem').filter({ hasText: 'sail gone' });
  await hit().first().hover();
  // Of this hit: another one may stand above it.
  await hit().first().getByRole('button', { name: 'Delete entry' }).click();
  await hit().first().waitFor({ state: 'detached' });
  await undo('Entry deleted').click();
  await hit().first().waitFor();
});

// Catches a page that lists what was deleted and takes nothing back, or erases something else than what was asked about.
test('what was deleted is listed, taken back by its key, and erased for good when that is confirmed', async () => {
  await go('/sessions/gone');
  await timeline().getByText('sail gone').waitFor();
  await page.getByRole('button', { name: 'Delete session' }).click();
  await list().getByText('Look after the gone harbour').waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  const deleted = page.getByRole('list', { name: 'Sessions' });
  const row = deleted.getByRole('listitem').filter({ hasText: 'Look after the gone harbour' });
  await row.getByText(/by Owner/).waitFor();
  await page.locator('#main').focus();
  await page.keyboard.press('r');
  await page.getByRole('heading', { name: 'No deleted sessions' }).waitFor();
  await go('/sessions/gone');
  await timeline().getByText('sail gone').waitFor();

  await page.getByRole('button', { name: 'Delete session' }).click();
  await expect.poll(() => page.url()).not.toContain('gone');
  await go('/deleted');
  await row.getByRole('button', { name: /for good$/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click();
  await page.getByRole('heading', { name: 'No deleted sessions' }).waitFor();
  await go('/search?q=harbour');
  const results = page.getByTestId('search-results');
  await results.getByText('Look after the kept harbour').first().waitFor();
  expect(await results.getByText('Look after the gone harbour').count()).toBe(0);
});

/** Whatever has the keyboard, by its role or tag and what it says. */
const focused = () =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    return element === null ? '' : `${element.id || element.tagName.toLowerCase()} ${element.textContent?.trim()}`;
  });

// Catches: a keyboard that falls to the bare page with the button that was pressed, so that Tab begins at its top.
test('what is deleted and taken back leaves the keyboard in the page', async () => {
  for (const name of ['first', 'second', 'third']) {
    const input = { command: `moor ${name}` };
    await agent.post(toolEvent('kept', { tool: 'Bash', input, result: { stdout: 'ahoy' } }));
  }
  await go('/sessions/kept');
  await timeline().getByText('moor second').click();
  await timeline().getByRole('button', { name: 'Delete entry' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => timeline().getByText('moor second').count()).toBe(0);
  await expect.poll(focused).toMatch(/^li .*moor third/);
  await undo('Entry deleted').focus();
  await page.keyboard.press('Enter');
  await timeline().getByText('moor second').first().waitFor();
  await expect.poll(focused).not.toMatch(/^body/);

  await page.getByRole('button', { name: 'Delete session' }).focus();
  await page.keyboard.press('Enter');
  await list().getByText('Look after the kept harbour').waitFor({ state: 'detached' });
  await expect.poll(focused).toMatch(/^main/);
  await go('/deleted');
  await page.getByRole('button', { name: /^Restore.*kept harbour/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No deleted sessions' }).waitFor();
  await expect.poll(focused).toMatch(/^main/);
});
