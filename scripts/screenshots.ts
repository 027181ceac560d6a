import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumLaunch } from '../e2e/chromium.ts';
import { recordedSessions, startDemoMemory, type DemoMemory } from './lib/demo-memory.ts';

const { values: options } = parseArgs({
  options: {
    /** The build's folder. */
    app: { type: 'string', default: 'out' },
    to: { type: 'string', default: 'docs/screenshots' },
    /** Only the pictures whose name contains this. */
    only: { type: 'string', default: '' },
  },
});

const themes = ['light', 'dark'] as const;
const languages = ['en', 'zh-CN'] as const;
const narrow = '-narrow';
const sizes = [
  { suffix: '', viewport: { width: 1280, height: 800 } },
  { suffix: narrow, viewport: { width: 720, height: 900 } },
];

/** A narrow window in each theme and each language, not in every pair of them. */
function isTakenNarrow(theme: string, language: string): boolean {
  return (theme === 'light') === (language === 'en');
}

interface Scene {
  name: string;
  /** Ends when the page shows what the picture is of. */
  open(page: Page): Promise<void>;
  /** Closes what would stand over the next page. */
  leave?(page: Page): Promise<void>;
}

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}

async function openSession(page: Page, title: RegExp): Promise<void> {
  await goTo(page, '/sessions');
  const list = page.getByTestId('session-list');
  await list.getByRole('link', { name: title }).first().click();
  await page.getByTestId('timeline').waitFor();
}

const scenes: Scene[] = [
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
      await goTo(page, '/search?q=busy%20timeout%20since%3A2026-01-01%20project%3Anone');
      const results = page.getByTestId('search-results');
      await results.locator('mark').first().waitFor();
      await results.locator('button[aria-expanded="false"]').first().click();
      await results.locator('dl').waitFor();
    },
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
      await page.getByRole('spinbutton').nth(1).waitFor();
    },
  },
  {
    name: 'session-context',
    async open(page) {
      await openSession(page, /SQLITE_BUSY/);
      await page.locator('header button[aria-haspopup="dialog"]').click();
      await page.getByRole('spinbutton').waitFor();
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
];

async function withPage(
  browser: Browser,
  memory: DemoMemory,
  theme: string,
  language: string,
  run: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ deviceScaleFactor: 1.5, reducedMotion: 'reduce', locale: language });
  await context.addInitScript(
    ([chosenTheme, chosenLanguage]) => {
      localStorage.setItem('theme', chosenTheme ?? '');
      localStorage.setItem('language', chosenLanguage ?? '');
    },
    [theme, language],
  );
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`[page] ${message.text()}`);
  });
  page.on('pageerror', (error) => console.error(`[page] ${error.message}`));
  await page.goto(await memory.viewerLink());
  await page.getByRole('navigation').waitFor();
  await run(page);
  await context.close();
}

const memory = await startDemoMemory({ appDir: options.app });
const browser = await chromium.launch(await chromiumLaunch());
let count = 0;
try {
  await mkdir(options.to, { recursive: true });
  for (const file of await recordedSessions()) await memory.replay(file);
  for (const theme of themes) {
    for (const language of languages) {
      await withPage(browser, memory, theme, language, async (page) => {
        for (const { suffix, viewport } of sizes) {
          await page.setViewportSize(viewport);
          for (const scene of scenes) {
            const name = `${scene.name}-${theme}-${language}${suffix}`;
            if (!name.includes(options.only) || (suffix === narrow && !isTakenNarrow(theme, language))) continue;
            await scene.open(page);
            await page.evaluate(() => document.fonts.ready);
            await page.screenshot({ path: join(options.to, `${name}.png`) });
            await scene.leave?.(page);
            count += 1;
          }
        }
      });
    }
  }
} finally {
  await browser.close();
  await memory.close();
}
if (count === 0) throw new Error('No picture was taken: nothing matches --only.');
console.log(`${count} pictures in ${options.to}.`);
