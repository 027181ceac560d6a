import type { Page } from 'playwright-core';
import type { Contract } from '../../e2e/contract-client.ts';
import type { Agent } from './demo-memory.ts';

export interface Scene {
  name: string;
  /** Ends when the page shows what the picture is of. */
  open(page: Page, contract: Contract, agent: Agent): Promise<void>;
  /** Closes what would stand over the next page, and puts settings back. */
  leave?(page: Page): Promise<void>;
}

/** Goes to an address of the window. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}
