import type { Page } from 'playwright-core';
import { accessScenes } from './access-scenes.ts';
import { deleteSessions } from './demo-events.ts';
import { reachCap } from './demo-knowledge.ts';
import { askForLeave, makeRules } from './demo-permissions.ts';
import { goTo, type Scene } from './scene.ts';

async function openSession(page: Page, title: RegExp): Promise<void> {
  await goTo(page, '/sessions');
  const list = page.getByTestId('session-list');
  await list.getByRole('link', { name: title }).first().click();
  await page.getByTestId('timeline').waitFor();
}

/** More than there are to review. */
const cards = 20;

const capped = (page: Page) => page.getByRole('region', { name: /^(The cap for today is reached|已达到今天的上限)/ });

let leaveQuestions = async (): Promise<void> => {};
let leaveCap = async (): Promise<void> => {};

/** What there is a picture of, in the order in which they are taken. */
export const scenes: Scene[] = [
  {
    name: 'sessions',
    async open(page) {
      await goTo(page, '/sessions');
      await page.getByTestId('session-list').getByRole('link').first().waitFor();
    },
  },
  {
    name: 'timeline',
    async open(page) {
      await openSession(page, /SQLITE_BUSY/);
      const timeline = page.getByTestId('timeline');
      await timeline
        .getByRole('button', { name: /src\/db\.js/, expanded: false })
        .last()
        .click();
      await timeline
        .getByRole('button', { name: /Run the checkout test/, expanded: false })
        .first()
        .click();
      await timeline.getByRole('group').nth(1).waitFor();
    },
  },
  {
    name: 'search',
    async open(page) {
      await goTo(page, '/search?q=busy%20timeout%20since%3A2026-01-01');
      const results = page.getByTestId('search-results');
      await results.locator('mark').first().waitFor();
      await results.locator('button[aria-expanded="false"]').first().click();
      await results.locator('dl').waitFor();
    },
    // Else the same address again finds the hit open already.
    leave: (page) => goTo(page, '/sessions'),
  },
  {
    name: 'search-similar',
    async open(page) {
      await goTo(page, '/search?q=checkout');
      const results = page.getByTestId('search-results');
      await results.locator('mark').first().waitFor();
      // From the field every letter would be typed.
      await page.locator('#main').focus();
      await page.keyboard.press('s');
      await page.waitForURL(/similar=/);
      await results.getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'suggestions',
    async open(page) {
      await goTo(page, '/search');
      const field = page.locator('search').getByRole('combobox').first();
      await field.fill('');
      await field.pressSequentially('checkout t');
      await page.getByRole('listbox').waitFor();
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'context',
    async open(page) {
      await goTo(page, '/context');
      await page.getByTestId('given-text').waitFor();
    },
  },
  {
    name: 'context-history',
    async open(page) {
      await goTo(page, '/context?tab=history');
      await page.getByTestId('injections').getByRole('link').first().click();
      await page.getByTestId('given-text').waitFor();
    },
  },
  {
    name: 'context-switches',
    async open(page) {
      await goTo(page, '/context?tab=switches');
      await page.locator('input[inputmode="numeric"]').nth(1).waitFor();
    },
  },
  {
    name: 'session-context',
    async open(page) {
      await openSession(page, /SQLITE_BUSY/);
      // The header of the session comes first, that of its summary after it.
      await page.locator('header button[aria-haspopup="dialog"]').first().click();
      await page.getByRole('dialog').locator('input[inputmode="numeric"]').waitFor();
    },
  },
  {
    name: 'review',
    async open(page) {
      await goTo(page, '/learnings');
      const card = page.getByTestId('review-card');
      await card.waitFor();
      await page.locator('#main').focus();
      for (let step = 0; step < cards; step += 1) await page.keyboard.press('k');
      const conflict = card.getByRole('heading', { name: /^Never use tabs/ });
      for (let step = 0; step < cards && !(await conflict.isVisible()); step += 1) await page.keyboard.press('j');
      await card.getByRole('region').waitFor();
    },
  },
  {
    name: 'learnings',
    async open(page) {
      await goTo(page, '/learnings?tab=all');
      const list = page.getByTestId('learnings');
      await list.getByRole('link', { name: /card numbers/ }).click();
      await page.getByTestId('learning-pane').getByRole('list').last().waitFor();
    },
  },
  {
    name: 'memories',
    async open(page) {
      await goTo(page, '/learnings?tab=memories');
      await page
        .getByTestId('memories')
        .getByRole('link', { name: /staging/ })
        .click();
      await page.getByTestId('memory-pane').getByRole('heading').waitFor();
    },
  },
  {
    name: 'ask',
    async open(page) {
      await goTo(page, '/ask');
      await page.getByRole('textbox').fill('Why did the checkout fail with SQLITE_BUSY?');
      await page.keyboard.press('Enter');
      await page.getByTestId('ask-text').waitFor();
      await page.getByRole('article').getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'jobs',
    async open(page) {
      await goTo(page, '/jobs');
      await page.getByTestId('job-list').getByRole('link').first().waitFor();
    },
  },
  {
    name: 'job-parked',
    async open(page) {
      await goTo(page, '/jobs?show=parked');
      await page.getByTestId('job-list').getByRole('link').first().click();
      await page.getByRole('article').getByRole('region').waitFor();
    },
  },
  {
    name: 'jobs-kinds',
    async open(page) {
      await goTo(page, '/jobs?tab=kinds');
      await page.getByRole('main').getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'upkeep',
    async open(page) {
      await goTo(page, '/jobs?tab=upkeep');
      await page.getByRole('figure').first().waitFor();
    },
  },
  {
    name: 'costs',
    async open(page) {
      await goTo(page, '/costs');
      await page.getByRole('slider').waitFor();
    },
  },
  {
    name: 'capped',
    async open(page, contract) {
      leaveCap = await reachCap(contract);
      await goTo(page, '/costs');
      await capped(page).waitFor();
      await page.getByRole('slider').waitFor();
    },
    async leave(page) {
      await leaveCap();
      await capped(page).waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'permissions',
    async open(page, contract, agent) {
      leaveQuestions = await askForLeave(contract, agent);
      await goTo(page, '/permissions');
      await page.getByRole('article').nth(2).waitFor();
      // For a moment none of them takes an answer, and all of them say so.
      await page.getByText(/^(Has just come up|刚刚出现)/).waitFor({ state: 'hidden' });
    },
    leave: () => leaveQuestions(),
  },
  {
    name: 'permission-rules',
    async open(page, contract) {
      await makeRules(contract);
      await goTo(page, '/permissions?tab=rules');
      await page.getByRole('listitem').nth(3).waitFor();
    },
  },
  ...accessScenes,
  {
    name: 'prices',
    async open(page) {
      await goTo(page, '/costs?tab=prices');
      await page.getByRole('table').waitFor();
    },
  },
  {
    name: 'model',
    async open(page) {
      await goTo(page, '/status');
      await page.getByRole('button', { name: /^OpenAI/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Ollama' }).click();
    },
    async leave(page) {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'status',
    async open(page) {
      await page.keyboard.press('Escape');
      await goTo(page, '/status');
      await page.getByRole('table').waitFor();
    },
  },
  {
    name: 'endpoint',
    async open(page) {
      await goTo(page, '/status');
      await page.getByRole('button', { name: /^(Endpoint|接口)$/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Ollama' }).click();
    },
    async leave(page) {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    },
  },
  {
    // The last one: what is deleted is missing from the other pages.
    name: 'deleted',
    async open(page, contract, agent) {
      await deleteSessions(contract, agent);
      await goTo(page, '/deleted');
      await page.getByRole('main').getByRole('listitem').nth(2).waitFor();
    },
  },
];
