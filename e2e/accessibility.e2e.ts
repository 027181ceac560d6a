import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAgent, recordedSessions } from '../scripts/lib/demo-memory.ts';
import { places } from './accessible-places.ts';
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
