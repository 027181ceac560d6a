import { go, type Place } from './place.ts';

/** The page of connections. */
export const accessPlaces: Place[] = [
  {
    name: 'connections',
    async open(page) {
      await go(page, '/access');
      await page.getByRole('region', { name: 'Over HTTP' }).waitFor();
    },
  },
  {
    name: 'the form of a key',
    async open(page) {
      await go(page, '/access?tab=keys');
      await page.getByRole('button', { name: 'New key' }).first().click();
      await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
    },
  },
  {
    name: 'people, with the form of one',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, '/access?tab=people');
      await page.getByRole('button', { name: 'Add a person' }).first().click();
      await page.getByRole('dialog').getByLabel('E-mail').waitFor();
    },
  },
  {
    name: 'the audit',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, '/access?tab=audit');
      const nothing = page.getByRole('heading', { name: 'Nothing was done yet' });
      await page.getByRole('list', { name: 'Audit' }).or(nothing).waitFor();
    },
  },
  {
    name: 'what was deleted',
    async open(page) {
      await go(page, '/deleted');
      const nothing = page.getByRole('heading', { name: 'No deleted sessions' });
      await page.getByRole('list', { name: 'Sessions' }).or(nothing).waitFor();
    },
  },
];
