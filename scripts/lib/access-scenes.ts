import type { Page } from 'playwright-core';
import { seedAccess } from './demo-access.ts';
import { makeEvents } from './demo-events.ts';
import { goTo, type Scene } from './scene.ts';

/** Paths and ports of the machine that takes the picture say nothing to whoever looks at it. */
async function hidePlaces(page: Page): Promise<void> {
  await page.evaluate(() => {
    const texts = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      node.textContent = (node.textContent ?? '')
        .replaceAll(/(?:\/[\w.-]+)+\/bin\/node\b/g, 'node')
        .replaceAll(/(?:\/[\w.-]+)+(?=\/out\/main)/g, '/opt/claude-mem')
        .replaceAll(/\/tmp\/claude-mem-\w+/g, '/home/dev/claude-mem')
        .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:37700');
    }
  });
}

let leaveEvents = async (): Promise<void> => {};

/** The page of connections. */
export const accessScenes: Scene[] = [
  {
    name: 'connections',
    async open(page) {
      await goTo(page, '/access');
      await page.getByRole('region', { name: /^(Over HTTP|通过 HTTP)$/ }).waitFor();
      await hidePlaces(page);
    },
  },
  {
    name: 'keys',
    async open(page, contract) {
      await seedAccess(contract);
      await goTo(page, '/access?tab=keys');
      await page.getByText('Phone approvals').waitFor();
    },
  },
  {
    name: 'new-key',
    async open(page, contract) {
      await seedAccess(contract);
      await goTo(page, '/access?tab=keys');
      await page.getByRole('button', { name: /^(New key|新建密钥)$/ }).click();
      await page.getByRole('dialog').getByRole('checkbox').nth(6).waitFor();
    },
    async leave(page) {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'people',
    async open(page, contract) {
      await seedAccess(contract);
      await goTo(page, '/access?tab=people');
      await page.getByText('Lin Wei').waitFor();
    },
  },
  {
    name: 'events',
    async open(page, contract, agent) {
      await goTo(page, '/access?tab=events');
      await page.getByRole('button', { name: /^(Pause|暂停)$/ }).waitFor();
      leaveEvents = await makeEvents(contract, agent);
      await page.getByTestId('events').getByRole('listitem').nth(8).waitFor();
    },
    leave: () => leaveEvents(),
  },
  {
    name: 'audit',
    async open(page, contract) {
      await seedAccess(contract);
      await goTo(page, '/access?tab=audit');
      await page
        .getByRole('list', { name: /^(Audit|审计)$/ })
        .getByRole('listitem')
        .nth(8)
        .waitFor();
    },
  },
];
