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
const sizes = [
  { suffix: '', viewport: { width: 1280, height: 800 } },
  { suffix: '-narrow', viewport: { width: 720, height: 900 } },
];

interface Scene {
  name: string;
  /** Ends when the page shows what the picture is of. */
  open(page: Page): Promise<void>;
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
      await goTo(page, '/search?q=busy%20timeout');
      const results = page.getByTestId('search-results');
      await results.locator('mark').first().waitFor();
      await results.locator('button[aria-expanded]').first().click();
    },
  },
  {
    name: 'status',
    async open(page) {
      await goTo(page, '/status');
      await page.getByRole('table').waitFor();
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
            if (!name.includes(options.only)) continue;
            await scene.open(page);
            await page.evaluate(() => document.fonts.ready);
            await page.screenshot({ path: join(options.to, `${name}.png`) });
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
