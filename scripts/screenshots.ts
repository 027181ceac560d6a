import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumLaunch } from '../e2e/chromium.ts';
import { connectContract } from '../e2e/contract-client.ts';
import { seedKnowledge } from './lib/demo-knowledge.ts';
import { startDemoMemory, type DemoMemory } from './lib/demo-memory.ts';
import { scenes } from './lib/screenshot-scenes.ts';

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
  const contract = await connectContract(memory.url, memory.dataDir);
  await seedKnowledge(memory, contract);
  for (const theme of themes) {
    for (const language of languages) {
      await withPage(browser, memory, theme, language, async (page) => {
        for (const { suffix, viewport } of sizes) {
          await page.setViewportSize(viewport);
          for (const scene of scenes) {
            const name = `${scene.name}-${theme}-${language}${suffix}`;
            if (!name.includes(options.only) || (suffix === narrow && !isTakenNarrow(theme, language))) continue;
            await scene.open(page, contract, memory);
            // Else what lies where the last click was looks pressed.
            await page.mouse.move(0, 0);
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
