import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAgent, recordedSessions } from '../scripts/lib/demo-memory.ts';
import { launchApp, type App } from './driver.ts';

interface AxeFinding {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

declare global {
  // What axe-core puts on the page.
  var axe: { run(): Promise<{ violations: AxeFinding[]; passes: unknown[] }> };
}

interface Place {
  name: string;
  open(page: Page): Promise<void>;
}

async function go(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}

const places: Place[] = [
  {
    name: 'sessions',
    async open(page) {
      await go(page, '/sessions');
      await page.getByTestId('session-list').getByRole('link').first().waitFor();
    },
  },
  {
    name: 'sessions without a match',
    async open(page) {
      await go(page, '/sessions?text=zzqxv');
      await page.getByRole('heading', { name: 'No session matches' }).waitFor();
    },
  },
  {
    name: 'an open menu',
    async open(page) {
      await go(page, '/sessions');
      await page.getByRole('combobox', { name: 'State' }).click();
      await page.getByRole('option', { name: 'Ended' }).waitFor();
    },
  },
  {
    name: 'timeline',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, '/sessions');
      await page.getByRole('link', { name: /SQLITE_BUSY under load/ }).click();
      const step = page.getByTestId('timeline').getByRole('button', { name: /Run the checkout test.*Failed/ });
      if ((await step.getAttribute('aria-expanded')) === 'false') await step.click();
      await page.getByRole('group', { name: 'Error' }).waitFor();
    },
  },
  {
    name: 'search introduction',
    async open(page) {
      await go(page, '/search');
      await page.getByRole('list', { name: 'Examples' }).waitFor();
    },
  },
  {
    name: 'search results',
    async open(page) {
      await go(page, '/search?q=busy');
      const why = page.getByRole('button', { name: 'Why this result' }).first();
      await why.waitFor();
      if ((await why.getAttribute('aria-expanded')) === 'false') await why.click();
    },
  },
  {
    name: 'search understood, with suggestions',
    async open(page) {
      await go(page, '/search');
      const field = page.getByRole('combobox', { name: 'Search everything that was remembered' });
      await field.fill('');
      await field.pressSequentially('busy type:command project:none check');
      await page.getByRole('listbox', { name: 'Suggestions' }).waitFor();
      await page.getByRole('list', { name: 'How the search was understood' }).waitFor();
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'nothing found',
    async open(page) {
      await go(page, '/search?q=zzqxv');
      await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    },
  },
  {
    name: 'context preview',
    async open(page) {
      await go(page, '/context');
      await page.getByTestId('given-text').waitFor();
    },
  },
  {
    name: 'context history',
    async open(page) {
      await go(page, '/context?tab=history');
      await page.getByTestId('injections').getByRole('link').first().click();
      await page.getByTestId('given-text').waitFor();
    },
  },
  {
    name: 'context switches',
    async open(page) {
      await go(page, '/context?tab=switches');
      await page.getByRole('spinbutton').nth(1).waitFor();
    },
  },
  {
    name: 'the context of a session',
    async open(page) {
      await go(page, '/sessions');
      await page.getByRole('link', { name: /SQLITE_BUSY under load/ }).click();
      await page.getByRole('button', { name: 'Context of this session' }).click();
      await page.getByRole('dialog', { name: 'Context of this session' }).getByRole('spinbutton').waitFor();
    },
  },
  {
    name: 'status',
    async open(page) {
      await go(page, '/status');
      await page.getByRole('table').waitFor();
      await page.getByRole('region', { name: 'Meaning (embeddings)' }).waitFor();
    },
  },
  {
    name: 'the endpoint form',
    async open(page) {
      await go(page, '/status');
      await page.getByRole('button', { name: 'Endpoint', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'OpenAI' }).click();
    },
  },
  {
    name: 'shortcuts',
    async open(page) {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
];

describe('axe finds nothing', () => {
  let app: App;
  let page: Page;
  let source: string;

  beforeAll(async () => {
    source = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    app = await launchApp({ engine: 'browser' });
    page = await app.page();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const agent = await connectAgent(app.url, app.dataDir);
    for (const file of await recordedSessions()) await agent.replay(file);
    await page.evaluate(source);
  });

  afterAll(async () => {
    await app.close();
  });

  describe.each(['Light', 'Dark'])('in the %s theme', (theme) => {
    // Catches: text that is too faint, a control without a name, a list that the keyboard cannot reach.
    test.each(places)('on $name', async ({ open }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: theme, exact: true }).click();
      await open(page);
      // Fades count as faint text while they run.
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
      const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
      expect(
        violations.map(({ id, nodes }) => ({
          id,
          nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
        })),
      ).toEqual([]);
      expect(passes.length).toBeGreaterThan(10);
    });
  });
});
