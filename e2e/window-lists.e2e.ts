import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectAgent, recordedSessions, type Agent } from '../scripts/lib/demo-memory.ts';
import { launchApp, type App } from './driver.ts';
import { promptEvents, toolEvent } from './window-events.ts';

let app: App;
let page: Page;
let agent: Agent;

beforeAll(async () => {
  app = await launchApp({ engine: 'browser' });
  page = await app.page();
  agent = await connectAgent(app.url, app.dataDir);
  for (const file of await recordedSessions()) await agent.replay(file);
});

afterAll(async () => {
  await app.close();
});

const list = () => page.getByTestId('session-list');
const timeline = () => page.getByTestId('timeline');
const results = () => page.getByTestId('search-results');
const field = () => page.getByRole('combobox', { name: 'Search everything that was remembered' });
const go = (address: string) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, address);
const bash = (session: string, command: string) =>
  toolEvent(session, { tool: 'Bash', input: { command }, result: { stdout: 'ok' } });

// Catches: Enter that opens what was found for the letters before.
test('Enter opens the first hit of what is in the field, however slow the answer', async () => {
  await go('/search');
  await field().fill('busy');
  await results().locator('mark').first().waitFor();
  const held = Promise.withResolvers<void>();
  await page.route('**/trpc/search.query**', async (route) => {
    await held.promise;
    await route.continue();
  });
  await field().fill('登录');
  await page.keyboard.press('Enter');
  expect(page.url()).toContain('#/search');
  held.resolve();
  await timeline().locator('li.flash').getByText(/登录/).first().waitFor();
  await page.unroute('**/trpc/search.query**');
});

// Catches: a way back that forgets the search, the marked hit or the place in the list.
test('Back from a hit leads to the same hit', async () => {
  await go('/search?q=the');
  await results().getByRole('listitem').nth(6).waitFor();
  await field().focus();
  for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowDown');
  const marked = results().locator('.keyboard-here');
  const before = await marked.textContent();
  await expect.poll(() => results().evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  const top = await results().evaluate((element) => element.scrollTop);
  await page.keyboard.press('Enter');
  await timeline().waitFor();
  await page.goBack();
  await marked.waitFor();
  expect(await field().inputValue()).toBe('the');
  expect(await marked.textContent()).toBe(before);
  expect(await results().evaluate((element) => element.scrollTop)).toBe(top);
});

// Catches: a mark that live sessions push to another row.
test('the mark stays on its session while others arrive above it', async () => {
  await go('/sessions');
  await list().getByRole('link').nth(3).waitFor();
  for (const key of ['j', 'j', 'j']) await page.keyboard.press(key);
  const marked = list().locator('[data-active]');
  const before = await marked.getAttribute('href');
  for (const event of promptEvents('joins-above', 'Joins above the others')) await agent.post(event);
  await list()
    .getByRole('link', { name: /Joins above the others/ })
    .waitFor();
  expect(await marked.getAttribute('href')).toBe(before);
});

// Catches: a list that missed what happened while another page was open, and shows it only with the next event.
test('a list that was not on the screen is up to date when it is again', async () => {
  await go('/search');
  await field().waitFor();
  for (const event of promptEvents('while-away', 'Asked while away')) await agent.post(event);
  await field().fill('Asked while away');
  await results()
    .getByText(/Asked while away/)
    .first()
    .waitFor();
  await go('/sessions');
  await list()
    .getByRole('link', { name: /Asked while away/ })
    .waitFor();
});

// Catches: a filter field that the keyboard can only leave with Tab.
test('from the filter the arrow leads into the list', async () => {
  await page.keyboard.press('f');
  await page.keyboard.type('Joins');
  await expect.poll(() => list().getByRole('link').count()).toBe(1);
  await page.keyboard.press('ArrowDown');
  await list().locator('[data-active]').waitFor();
  await page.keyboard.press('Enter');
  await timeline().getByText('Joins above the others').waitFor();
});

// Catches: an open session that the list beside it does not show.
test('an open session that the filter hides stands above the list', async () => {
  await go('/sessions/joins-above?text=SQLITE_BUSY');
  await page
    .getByRole('region', { name: 'Open session' })
    .getByRole('link', { name: /Joins above the others/ })
    .waitFor();
  await go('/sessions/joins-above');
  await list().locator('[aria-current="true"]').waitFor();
  await page.getByRole('region', { name: 'Open session' }).waitFor({ state: 'hidden' });
});

// Catches: a timeline that stays behind what happens, or tears the reader away from what is further up.
test('the timeline follows at its end and says what is new elsewhere', { timeout: 90_000 }, async () => {
  for (let index = 0; index < 40; index += 1) await agent.post(bash('joins-above', `npm run step-${index}`));
  await timeline()
    .getByRole('button', { name: /npm run step-5\b/ })
    .waitFor();
  await page.keyboard.press('G');
  const step = (name: string) => timeline().getByRole('button', { name: new RegExp(`npm run ${name}\\b`) });
  await step('step-39').waitFor();
  await expect
    .poll(() => timeline().evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight <= 40))
    .toBe(true);
  await agent.post(bash('joins-above', 'npm run followed'));
  await step('followed').waitFor();
  await expect
    .poll(() => timeline().evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight))
    .toBeLessThan(2);

  await timeline().evaluate((element) => element.scrollTo({ top: 0 }));
  await timeline().getByRole('heading', { name: 'Prompt 1' }).waitFor();
  await agent.post(bash('joins-above', 'npm run unseen'));
  await page.getByRole('button', { name: '1 new' }).waitFor();
  expect(await timeline().evaluate((element) => element.scrollTop)).toBe(0);
  await page.getByRole('button', { name: '1 new' }).click();
  await step('unseen').waitFor();
  await page.getByRole('button', { name: '1 new' }).waitFor({ state: 'hidden' });
});

// Catches: j and k that pass over prompts, and Enter that cannot unfold one.
test('the keyboard reaches prompts and unfolds them', async () => {
  const long = Array.from({ length: 30 }, (_, line) => `line ${line} of a long prompt`).join('\n');
  for (const event of promptEvents('long-prompt', long)) await agent.post(event);
  await go('/sessions/long-prompt');
  await page.getByRole('button', { name: 'Show all' }).waitFor();
  await timeline().click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('j');
  await timeline().locator('[data-active]').getByText('line 0 of a long prompt').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show less' }).waitFor();
});
