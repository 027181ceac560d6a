import type { Page } from 'playwright-core';

export interface Place {
  name: string;
  open(page: Page): Promise<void>;
}

/** Goes to an address of the window. */
export async function go(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}
