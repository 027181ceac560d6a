import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAgent, recordedSessions, type Agent } from '../scripts/lib/demo-memory.ts';
import { availableEngines, launchApp, type App } from './driver.ts';
import { promptEvents, toolEvent } from './window-events.ts';

describe.each(availableEngines())('context in %s', (engine) => {
  let app: App;
  let page: Page;
  let agent: Agent;
  const complaints: string[] = [];

  beforeAll(async () => {
    app = await launchApp({ engine });
    page = await app.page();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.text().includes('Content Security Policy')) {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    agent = await connectAgent(app.url, app.dataDir);
    for (const file of await recordedSessions()) await agent.replay(file);
    await page
      .getByTestId('session-list')
      .getByRole('link', { name: /SQLITE_BUSY under load/ })
      .waitFor();
  });

  afterAll(async () => {
    await app.close();
  });

  const given = () => page.getByTestId('given-text');
  const go = (address: string) =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, address);

  // Catches: a preview that is not what is given, and marks that do not reach it.
  test('shows what the next session would be given, line by line', async () => {
    await page.locator('#main').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await given()
      .getByText(/Exit code 1 · SQLITE_BUSY/)
      .waitFor();
    await page.getByRole('meter', { name: 'Budget' }).waitFor();
    const lines = page.getByRole('group', { name: 'Lines and their reasons' });
    const failure = lines.locator('li', { hasText: '“Run the checkout test”' }).first();
    await failure.hover();
    await failure.getByRole('button', { name: 'Hide' }).click();
    await given()
      .getByText(/“Run the checkout test”/)
      .waitFor({ state: 'hidden' });
    // The newest notice comes first.
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await given()
      .getByText(/“Run the checkout test”/)
      .waitFor();
  });

  // Catches: a recall that says something about what was never seen.
  test('recalls nothing for a prompt about something else', async () => {
    await go('/context?kind=prompt&prompt=What%20is%20the%20capital%20of%20Portugal%3F');
    await page.getByRole('heading', { name: 'Nothing to give' }).waitFor();
  });

  // Catches: a switch that is shown and not obeyed, or that another scope does not inherit.
  test('switches context off and on again', async () => {
    await go('/context?tab=switches');
    const project = page
      .getByRole('region', { name: 'In shop-api' })
      .getByRole('group', { name: 'At the start of a session' });
    await project.getByRole('button', { name: 'Off', exact: true }).click();
    await project.getByRole('button', { name: 'Off', exact: true, pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('heading', { name: 'Nothing would be given' }).waitFor();
    await page.getByRole('button', { name: 'Switches' }).click();
    await project.getByRole('button', { name: /^As usual/ }).click();
    await project.getByRole('button', { name: /^As usual/, pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    await given().waitFor();
  });

  // Catches: a history that is not told of what was just given, and a text without its reasons.
  test('lists what was given as it happens', async () => {
    await go('/context?tab=history');
    const list = page.getByTestId('injections');
    await list.getByRole('link').first().waitFor();
    const before = await list.getByRole('link').count();
    const events = promptEvents('given-live', 'Look at the checkout test again', '/home/dev/shop-api');
    for (const event of events) await agent.post(event);
    await expect.poll(() => list.getByRole('link').count()).toBeGreaterThan(before);
    await list
      .getByRole('link', { name: /Look at the checkout/ })
      .last()
      .click();
    await given().getByText('# Memory of shop-api').waitFor();
    await page.getByRole('group', { name: 'Lines and their reasons' }).getByRole('listitem').first().waitFor();
  });

  // Catches: a session whose own choice cannot be seen or made where it is read.
  test('says on a session what it was given, and lets it be switched off there', async () => {
    await agent.post(
      toolEvent('given-live', { tool: 'Bash', input: { command: 'npm test' }, result: { stdout: 'all passed' } }),
    );
    await go('/sessions/given-live');
    await page.getByRole('button', { name: 'Context of this session' }).click();
    const menu = page.getByRole('dialog', { name: 'Context of this session' });
    const recall = menu.getByRole('group', { name: 'At each prompt' });
    await recall.getByRole('button', { name: 'Off', exact: true }).click();
    await recall.getByRole('button', { name: 'Off', exact: true, pressed: true }).waitFor();
    await menu.getByRole('link', { name: /^Start/ }).click();
    await given().getByText('# Memory of shop-api').waitFor();
    await page.getByRole('button', { name: 'Remove: This session only' }).waitFor();
  });

  // Must stay last: it judges everything above.
  test('violated no policy and logged no error', () => {
    expect(complaints).toEqual([]);
  });
});
