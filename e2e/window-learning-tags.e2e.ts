import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { availableEngines, launchApp, type App } from './driver.ts';
import { connectContract, type Contract } from './contract-client.ts';
import { patienceMs } from './driver/until.ts';
import { learningsWith } from './learning-seeds.ts';

const cents = 'Prices are integers in cents.';
const dates = 'Write dates as ISO 8601.';

describe.each(availableEngines())('tags of learnings in %s', (engine) => {
  let app: App;
  let page: Page;
  let contract: Contract;

  beforeAll(async () => {
    app = await launchApp({ engine });
    page = await app.page();
    page.setDefaultTimeout(patienceMs);
    contract = await connectContract(app.url, app.dataDir);
    await contract('learnings.create', { category: 'convention', statement: cents, scope: 'global', tags: ['shop'] });
  });

  afterAll(async () => {
    await app.close();
  });

  const pane = () => page.getByTestId('learning-pane');
  const inList = (name: string | RegExp) => page.getByTestId('learnings').getByRole('link', { name });
  const tagged = (tag: string) => pane().getByRole('link', { name: `#${tag}`, exact: true });
  const tagField = () => page.getByRole('textbox', { name: 'Tags' });
  const tagsOf = async (text: string) => (await learningsWith(contract, text))[0]?.tags;

  // Catches: a form that forgets the tags, a tag that leads to others than those that have it, a filter that cannot be left.
  test('are written with a learning, and filter by a click', async () => {
    await page.evaluate(() => {
      location.hash = '/learnings?tab=all';
    });
    await page.getByRole('button', { name: 'New learning' }).click();
    await page.getByRole('textbox', { name: 'What is so' }).fill(dates);
    await tagField().fill('dates, api，约定');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await inList('#dates').waitFor();
    await expect.poll(() => tagsOf(dates), { timeout: patienceMs }).toEqual(['dates', 'api', '约定']);
    await inList(cents).waitFor();
    await inList('#约定').click();
    await inList(cents).waitFor({ state: 'hidden' });
    await pane().getByRole('heading', { name: dates }).waitFor();
    await tagged('约定').waitFor();
    await page.getByRole('button', { name: '#约定', pressed: true }).click();
    await inList(cents).waitFor();
  });

  // Catches: an edit that loses the tags or is not undone with them.
  test('are edited where the words are, and undone', async () => {
    await inList(cents).click();
    await tagged('shop').waitFor();
    await pane().getByRole('button', { name: 'Edit' }).click();
    expect(await tagField().inputValue()).toBe('shop');
    await tagField().fill('shop、money');
    await page.keyboard.press('Control+Enter');
    await tagged('money').waitFor();
    await expect.poll(() => tagsOf(cents), { timeout: patienceMs }).toEqual(['shop', 'money']);
    await page.locator('#main').focus();
    await page.keyboard.press('u');
    await tagged('money').waitFor({ state: 'hidden' });
    await expect.poll(() => tagsOf(cents), { timeout: patienceMs }).toEqual(['shop']);
  });
});
