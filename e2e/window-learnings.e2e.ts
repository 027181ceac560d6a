import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LearningView } from '../src/shared/learning-views.ts';
import type { Page as List } from '../src/shared/views.ts';
import { connectAgent } from '../scripts/lib/demo-memory.ts';
import { availableEngines, launchApp, type App } from './driver.ts';
import { connectContract, type Contract } from './contract-client.ts';
import { patienceMs } from './driver/until.ts';
import { learningsWith, seedLearnings, walText, written } from './learning-seeds.ts';

const busyPrompt = /SQLITE_BUSY under load/;
const wal = new RegExp(walText);

describe.each(availableEngines())('learnings in %s', (engine) => {
  let app: App;
  let page: Page;
  let contract: Contract;
  const complaints: string[] = [];

  beforeAll(async () => {
    app = await launchApp({ engine });
    page = await app.page();
    page.setDefaultTimeout(patienceMs);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.text().includes('Content Security Policy')) {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    const agent = await connectAgent(app.url, app.dataDir);
    contract = await connectContract(app.url, app.dataDir);
    await seedLearnings(agent, contract);
  });

  afterAll(async () => {
    await app.close();
  });

  const named = (text: string) => learningsWith(contract, text);
  const stateOf = async (text: string) => (await named(text))[0]?.state;
  const proposed = async () =>
    (await contract<List<LearningView>>('learnings.list', { states: ['proposed'] })).pagination.total;

  const card = () => page.getByTestId('review-card');
  const pane = () => page.getByTestId('learning-pane');
  const heading = (text: string | RegExp) => card().getByRole('heading', { name: text, level: 2 });
  const go = (address: string) =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, address);
  /** Out of any field or button, where letters are keys. */
  async function press(...keys: string[]): Promise<void> {
    await page.locator('#main').focus();
    for (const key of keys) await page.keyboard.press(key);
  }
  async function showCard(text: string | RegExp): Promise<void> {
    await go('/learnings');
    await card().waitFor();
    await press(...Array<string>(20).fill('k'));
    for (let step = 0; step < 20; step += 1) {
      if (await heading(text).isVisible()) break;
      await press('j');
    }
    await heading(text).waitFor();
    // Its grounds are there, so every key works.
    await card().getByRole('heading', { name: 'What it rests on' }).waitFor();
  }

  // Catches: a number beside the page that is another one than in the inbox, and a page without its key.
  test('g l opens the inbox, whose size stands in the sidebar', async () => {
    await press('g', 'l');
    await card().waitFor();
    const total = await proposed();
    expect(total).toBeGreaterThanOrEqual(written.length + 3);
    await page.getByRole('status').getByText(`1 of ${total}`).waitFor();
    await page.getByRole('navigation').getByText(`${total} proposals to review`).waitFor({ state: 'attached' });
  });

  // Catches: a decision that shows and is not kept, an undo that brings another card or half a state back.
  test('approves, rejects and takes both back by single keys', async () => {
    const total = await proposed();
    await showCard(written[0]);
    await press('a');
    await heading(written[0]).waitFor({ state: 'hidden' });
    await expect.poll(() => stateOf(written[0]), { timeout: patienceMs }).toBe('approved');
    await page
      .getByRole('navigation')
      .getByText(`${total - 1} proposals to review`)
      .waitFor({ state: 'attached' });
    await showCard(written[1]);
    await press('r');
    await expect.poll(() => stateOf(written[1]), { timeout: patienceMs }).toBe('rejected');
    await press('u');
    await heading(written[1]).waitFor();
    await press('u');
    await heading(written[0]).waitFor();
    await expect.poll(proposed, { timeout: patienceMs }).toBe(total);
    expect(await stateOf(written[0])).toBe('proposed');
  });

  // Catches: an Escape that changes the learning or loses what was typed, and a key that acts while somebody is typing.
  test('edits in place', async () => {
    await showCard(written[0]);
    await press('e');
    const field = page.getByRole('textbox', { name: 'What is so' });
    await field.fill('Something else. And more.');
    await page.keyboard.press('Escape');
    await heading(written[0]).waitFor();
    await press('e');
    expect(await field.inputValue()).toBe('Something else. And more.');
    await field.fill('Prices are integers in cents, arranged by currency.');
    await page.keyboard.press('Control+Enter');
    await heading(/arranged by currency/).waitFor();
    await expect.poll(async () => (await named('arranged by currency')).length, { timeout: patienceMs }).toBe(1);
    await press('u');
    await heading(written[0]).waitFor();
  });

  // Catches: a merge into the wrong one, and an undo that leaves one of the two behind.
  test('merges into the one that was searched for', async () => {
    await showCard(written[1]);
    await press('m');
    const search = page.getByRole('combobox', { name: 'Search the learnings' });
    await search.fill('rate limit');
    await page.getByRole('option', { name: /Every route/ }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => stateOf(written[1]), { timeout: patienceMs }).toBe('superseded');
    await press('u');
    await heading(written[1]).waitFor();
    await expect.poll(() => stateOf(written[1]), { timeout: patienceMs }).toBe('proposed');
  });

  // Catches: the wrong side being kept, a conflict that stays open although somebody settled it.
  test('settles what says the opposite, and takes it back', async () => {
    await showCard(/^Never use tabs/);
    const conflict = card().getByRole('region', { name: 'Says the opposite' });
    await conflict.getByText('Always use tabs').waitFor();
    await press('1');
    await expect.poll(() => stateOf('Never use tabs'), { timeout: patienceMs }).toBe('approved');
    expect(await stateOf('Always use tabs')).toBe('superseded');
    await press('u');
    await heading(/^Never use tabs/).waitFor();
    await conflict.waitFor();
    await expect.poll(() => stateOf('Always use tabs'), { timeout: patienceMs }).toBe('proposed');
    await press('3');
    await expect.poll(() => stateOf('Never use tabs'), { timeout: patienceMs }).toBe('approved');
    const [both] = await named('Always use tabs');
    expect([both?.state, both?.conflict_count]).toEqual(['approved', 0]);
  });

  // Catches: evidence that leads somewhere else, and a card that is lost on the way back.
  test('evidence opens where it was said', async () => {
    await showCard(wal);
    await card().getByRole('link').first().click();
    await page.getByTestId('timeline').locator('li.flash').waitFor();
    await page.goBack();
    await heading(wal).waitFor();
  });

  // Catches: a scope that cannot be undone, a pin that is not kept.
  test('changes scope and pins by key', async () => {
    await showCard(wal);
    await press('p');
    await card().getByText('Pinned', { exact: true }).waitFor();
    await press('s');
    const path = page.getByRole('textbox', { name: 'Path below the project' });
    await path.fill('src/db.js');
    await path.press('Enter');
    await card().getByText('/ src/db.js').waitFor();
    await expect.poll(async () => (await named(walText))[0]?.path, { timeout: patienceMs }).toBe('src/db.js');
    await press('u', 'u');
    await expect
      .poll(async () => (await named(walText)).map(({ pinned, path: where }) => [pinned, where])[0], {
        timeout: patienceMs,
      })
      .toEqual([false, null]);
  });

  // Catches: a bulk action on more or less than what is selected.
  test('acts on many, and one undo takes them all back', async () => {
    await go('/learnings?tab=all&state=proposed');
    const list = page.getByTestId('learnings');
    for (const statement of written.slice(0, 2)) await list.getByRole('checkbox', { name: statement }).check();
    const bulk = page.getByRole('toolbar', { name: '2 selected' });
    await bulk.getByRole('button', { name: 'Reject' }).click();
    await list.getByRole('link', { name: written[0] }).waitFor({ state: 'hidden' });
    await expect.poll(() => stateOf(written[1]), { timeout: patienceMs }).toBe('rejected');
    expect(await stateOf(written[2])).toBe('proposed');
    await press('u');
    await list.getByRole('link', { name: written[1] }).waitFor();
    expect([await stateOf(written[0]), await stateOf(written[1])]).toEqual(['proposed', 'proposed']);
  });

  // Catches: a form that forgets a field, a history that cannot be undone, a deletion without a way back.
  test('writes, verifies, reads the history of and deletes one', async () => {
    await go('/learnings?tab=all');
    await page.getByRole('button', { name: 'New learning' }).click();
    const dialog = page.getByRole('dialog', { name: 'New learning' });
    await dialog.getByRole('textbox', { name: 'What is so' }).fill('Write dates as ISO 8601.');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await pane().getByRole('heading', { name: 'Write dates as ISO 8601.' }).waitFor();
    await pane().getByRole('textbox', { name: 'Is it so?' }).fill('Seen in the API guide.');
    await pane().getByRole('button', { name: 'It is so' }).click();
    await pane().getByText('Your note:').waitFor();
    const history = pane().getByRole('list', { name: 'History' });
    await history.getByRole('button', { name: 'Undo: Verified' }).click();
    await pane().getByText('Your note:').waitFor({ state: 'hidden' });
    await pane().getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page
      .getByTestId('learnings')
      .getByRole('link', { name: /ISO 8601/ })
      .waitFor({ state: 'hidden' });
    await press('u');
    await page
      .getByTestId('learnings')
      .getByRole('link', { name: /ISO 8601/ })
      .waitFor();
  });

  // Catches: a file that is written before the button is pressed, or other words than those that were shwritten.
  test('exports to a CLAUDE.md only when asked', async () => {
    const folder = join(app.claudeDir, 'exported');
    const file = join(folder, 'CLAUDE.md');
    await mkdir(folder, { recursive: true });
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export to CLAUDE.md' });
    await dialog.getByText('Write dates as ISO 8601.').waitFor();
    await dialog.getByRole('textbox', { name: 'Path of the file' }).fill(file);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    await dialog.getByRole('button', { name: 'Write' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await readFile(file, 'utf8')).toContain('Write dates as ISO 8601.');
  });

  // Catches: a revision that loses what was there, a dry run that forgets, a forgotten one that cannot come back.
  test('remembers, revises, forgets and takes back', async () => {
    await go('/learnings?tab=memories');
    await press('c');
    await page.getByRole('textbox', { name: 'What to remember' }).fill('Staging is read-only on Fridays.');
    await page.getByRole('textbox', { name: 'Tags' }).fill('staging, release');
    await page.getByRole('button', { name: 'Remember', exact: true }).click();
    const memory = page.getByTestId('memory-pane');
    await memory.getByText('#release').waitFor();
    await memory.getByRole('button', { name: 'Revise' }).click();
    await page.getByRole('textbox', { name: 'What to remember' }).fill('Staging is read-only on Thursdays.');
    await page.getByRole('button', { name: 'Save' }).click();
    await memory.getByRole('heading', { name: 'Versions before' }).waitFor();
    await page.getByRole('button', { name: 'Forget by words' }).click();
    await page.getByRole('textbox', { name: 'The words' }).fill('read-only on Thursdays');
    const dialog = page.getByRole('dialog', { name: 'Forget by words' });
    await dialog.getByRole('listitem').getByText('Thursdays').waitFor();
    await page.keyboard.press('Escape');
    await memory.getByRole('button', { name: 'Forget' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Forget' }).click();
    await memory.getByRole('button', { name: 'Take back' }).click();
    await memory.getByRole('button', { name: 'Forget' }).waitFor();
  });

  // Catches: a session without its summary, a new version that is not shown, an old one that cannot be chosen.
  test('a session shows what it came to, and makes it again', async () => {
    await go('/sessions');
    await page.getByTestId('session-list').getByRole('link', { name: busyPrompt }).click();
    const summary = page.getByRole('region', { name: 'Summary' });
    await summary.getByText('Asked for').waitFor();
    await summary.getByText('busy_timeout').first().waitFor();
    await page.getByRole('note', { name: 'What this turn came to' }).first().waitFor();
    await summary.getByRole('button', { name: 'Make again' }).click();
    await page.getByRole('button', { name: 'By rules' }).click();
    await page.getByText('A new version was made').waitFor();
    await page.keyboard.press('Escape');
    await summary.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('button', { name: /Version 1/ }).click();
    await page.getByRole('button', { name: /Version 1/, pressed: true }).waitFor();
    await page.keyboard.press('Escape');
    await summary.getByRole('button', { expanded: true }).first().click();
    await summary.getByText('Asked for').waitFor({ state: 'hidden' });
    await summary.getByRole('button', { expanded: false }).first().click();
  });

  // Catches: a done-state that cannot be left backwards.
  test('ends calmly, and goes back from there', async () => {
    await go('/learnings');
    for (let left = await proposed(); left > 0; left -= 1) {
      await card().waitFor();
      await press('r');
      await expect.poll(proposed, { timeout: patienceMs }).toBe(left - 1);
    }
    await page.getByRole('heading', { name: 'All reviewed' }).waitFor();
    await press('u');
    await card().waitFor();
  });

  // Must stay last: it judges everything above.
  test('violated no policy and logged no error', () => {
    expect(complaints).toEqual([]);
  });
});
