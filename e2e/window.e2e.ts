import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAgent, recordedSessions, type Agent } from '../scripts/lib/demo-memory.ts';
import { availableEngines, launchApp, type App } from './driver.ts';
import { promptEvents, toolEvent } from './window-events.ts';

const busyPrompt = /SQLITE_BUSY under load/;

describe.each(availableEngines())('the window in %s', (engine) => {
  let app: App;
  let page: Page;
  let agent: Agent;
  const complaints: string[] = [];

  beforeAll(async () => {
    app = await launchApp({ engine });
    page = await app.page();
    // What the CSP refuses and what React finds wrong is only said here.
    page.on('console', (message) => {
      if (message.type() === 'error' || message.text().includes('Content Security Policy')) {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    agent = await connectAgent(app.url, app.dataDir);
  });

  afterAll(async () => {
    await app.close();
  });

  const list = () => page.getByTestId('session-list');
  const timeline = () => page.getByTestId('timeline');
  const go = (address: string) =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, address);

  // Catches: an empty first screen that does not say what to do, and one that stays after the first session arrived.
  test('explains how to begin, then shows the first session by itself', async () => {
    await page.getByRole('heading', { name: 'Connect Claude Code' }).waitFor();
    await page.getByText('npm run -s cmem -- hooks install').waitFor();
    for (const file of await recordedSessions()) await agent.replay(file);
    await list().getByRole('link', { name: busyPrompt }).waitFor();
    await list().getByRole('link').nth(3).waitFor();
    expect(await list().getByRole('link').count()).toBe(4);
  });

  // Catches: a list that needs a reload, a changed session that keeps its place or its old counts.
  test('follows sessions as they happen', async () => {
    for (const event of promptEvents('live-1', 'Make the login page faster')) await agent.post(event);
    const first = list().getByRole('link').first();
    await first.getByText('Make the login page faster').waitFor();
    await first.getByRole('img', { name: 'Active' }).waitFor();
    await first.click();
    await timeline().getByText('Make the login page faster').waitFor();
    await agent.post(
      toolEvent('live-1', { tool: 'Bash', input: { command: 'npm test' }, result: { stdout: 'all 12 passed' } }),
    );
    await timeline()
      .getByRole('button', { name: /npm test/ })
      .click();
    await timeline().getByText('all 12 passed').waitFor();
    await agent.post(toolEvent('live-1', { tool: 'Bash', input: { command: 'npm run lint' }, error: 'Exit code 2' }));
    await timeline()
      .getByRole('button', { name: /npm run lint.*Failed.*Exit code 2/ })
      .waitFor();
    await first.getByText('1 failed').waitFor();
  });

  // Catches: steps in the wrong turn, failures that do not show, details that are never read.
  test('shows a session with its prompts, steps, failure and final message', async () => {
    await list().getByRole('link', { name: busyPrompt }).click();
    await timeline().getByRole('heading', { name: 'Prompt 1' }).waitFor();
    await timeline()
      .getByRole('button', { name: /Run the checkout test.*Failed/ })
      .click();
    await timeline().getByRole('group', { name: 'Command' }).getByText('node test/checkout.test.js').waitFor();
    await timeline().getByRole('group', { name: 'Error' }).getByText('SQLITE_BUSY: database is locked').waitFor();
    await timeline().getByRole('button', { name: /^Edit/ }).click();
    await timeline()
      .getByText("export const db = open('shop.db', { journal: 'WAL', busyTimeoutMs: 5000 });")
      .last()
      .waitFor();
    await timeline().getByRole('heading', { name: 'Final message' }).first().waitFor();
    await timeline()
      .getByText(/It now opens in WAL mode/)
      .first()
      .waitFor();
  });

  // Catches: what an agent or a person wrote being taken for markup.
  test('shows hostile text as text', async () => {
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script> &amp; \u202Egnp.exe';
    for (const event of promptEvents('hostile', hostile)) await agent.post(event);
    await list()
      .getByRole('link', { name: /<img src=x/ })
      .first()
      .click();
    await timeline().getByText('<img src=x onerror').waitFor();
    expect(await page.locator('main img[src], main script').count()).toBe(0);
    // The session's own title, as text.
    expect(await page.title()).toMatch(/^<img src=x .* · Claude-Mem$/);
  });

  // Catches: results without marks, a stale answer over a newer one, Chinese that is not found.
  test.each([
    ['busy timeout', 'busy'],
    ['登录', '登录'],
  ])('searches for %s as it is typed and marks it', async (text, marked) => {
    await go('/sessions');
    await page.keyboard.press('/');
    const field = page.getByRole('combobox', { name: 'Search everything that was remembered' });
    await field.pressSequentially(text);
    await page.getByTestId('search-results').locator('mark').filter({ hasText: marked }).first().waitFor();
  });

  // Catches: a hit that opens the session but not the place, or a filter that does not reach the search.
  test('opens a hit at its place, explains it and filters', async () => {
    await go('/search?q=checkout%20test');
    const results = page.getByTestId('search-results');
    await results.getByRole('listitem').first().waitFor();
    await page.getByRole('button', { name: 'Failed', pressed: false }).click();
    // By meaning the other failures are there too.
    await page.getByRole('button', { name: 'Words', exact: true }).click();
    await page
      .getByTestId('search-answer')
      .getByText(/^1 result ·/)
      .waitFor();
    await results.getByRole('button', { name: 'Why this result' }).first().click();
    await results.getByText('Its neighbours').waitFor();
    await page.getByRole('combobox', { name: 'Search everything that was remembered' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await timeline().locator('li.flash').getByText('Run the checkout test').waitFor();
    expect(page.url()).toContain('observation=');
  });

  // Catches: an empty answer that leaves the person alone.
  test('says what to do when nothing is found', async () => {
    await go('/search?q=zzqxv');
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  });

  // Catches: a page that cannot be reached or used without a pointer.
  test('is usable by keyboard alone', async () => {
    await go('/search');
    await page.getByRole('combobox', { name: 'Search everything that was remembered' }).press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await list().getByRole('link').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = await list().getByRole('link').nth(1).getAttribute('href');
    await page.keyboard.press('Enter');
    await timeline().waitFor();
    expect(page.url()).toContain(second?.replace(/^#/, '').split('?')[0]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.getByRole('heading', { name: 'Database' }).waitFor();
  });

  // Catches: buttons that say they did something and did not.
  test('installs and uninstalls the hooks', async () => {
    await go('/status');
    const settings = join(app.claudeDir, 'settings.json');
    await page.getByRole('button', { name: 'Install hooks' }).click();
    await page.getByText('Installed', { exact: true }).waitFor();
    expect(await readFile(settings, 'utf8')).toContain('/hooks/claude-code');
    await page.getByRole('button', { name: 'Uninstall hooks' }).click();
    const question = page.getByRole('alertdialog', { name: 'Uninstall the hooks?' });
    await question.getByRole('button', { name: 'Uninstall hooks' }).click();
    await page.getByText('Not installed', { exact: true }).waitFor();
    expect(await readFile(settings, 'utf8')).not.toContain('/hooks/claude-code');
  });

  // Catches: a pause that is forgotten because nothing shows it.
  test('pauses capture, says so on every page and resumes', async () => {
    await go('/status');
    await page.getByRole('button', { name: 'Pause' }).click();
    await go('/sessions');
    await page.getByText('Capture is paused.').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Capture is paused.').waitFor({ state: 'hidden' });
  });

  // Catches: a choice that is lost with the page, texts that stay in the other language.
  test('keeps language and theme', async () => {
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('button', { name: '深色' }).click();
    await page.reload();
    await page.getByRole('heading', { name: '会话', exact: true }).waitFor();
    expect(
      await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['theme']]),
    ).toEqual(['zh-CN', 'dark']);
    await page.getByRole('button', { name: 'EN', exact: true }).click();
    await page.getByRole('button', { name: 'Like the system' }).click();
    await page.getByRole('heading', { name: 'Sessions', exact: true }).waitFor();
  });

  // Catches: a list that draws every row, or ends at its first page.
  test('scrolls through many sessions with few rows drawn', { timeout: 90_000 }, async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `many-${index}`);
    await Promise.all(
      ids.map(async (id) => {
        for (const event of promptEvents(id, `Task number ${id}`)) await agent.post(event);
      }),
    );
    await go('/sessions');
    await page.getByRole('heading', { name: 'Sessions', exact: true }).locator('..').getByText('256').waitFor();
    await page.waitForFunction(() => {
      const element = document.querySelector('[data-testid="session-list"]');
      element?.scrollTo({ top: element.scrollHeight });
      return element?.textContent.includes('SQLITE_BUSY under load');
    });
    expect(await list().getByRole('link').count()).toBeLessThan(60);
  });

  // Must stay last: it judges everything above.
  test('violated no policy and logged no error', () => {
    expect(complaints).toEqual([]);
  });
});
