import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { chromiumLaunch } from './chromium.ts';
import { connectContract } from './contract-client.ts';
import { launchApp, type App } from './driver.ts';

const password = 'correct horse battery';
const made = z.looseObject({ id: z.string() });

let app: App;
let browser: Browser;

beforeAll(async () => {
  app = await launchApp({ engine: 'browser' });
  browser = await chromium.launch(await chromiumLaunch());
  const contract = await connectContract(app.url, app.dataDir);
  const place = async (name: string) => made.parse(await contract('organizations.create', { name })).id;
  const [north, south] = [await place('Studio North'), await place('Studio South')];
  const person = async (name: string, email: string, role: string) =>
    made.parse(await contract('users.create', { name, email, password, role, organization_id: north })).id;
  const eve = await person('Eve', 'eve@example.com', 'user');
  await contract('organizations.setMember', { id: south, user_id: eve, role: 'viewer' });
  await person('Ada', 'ada@example.com', 'admin');
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

const fresh = (): Promise<BrowserContext> => browser.newContext({ locale: 'en' });

async function logIn(page: Page, email: string): Promise<void> {
  const form = page.getByRole('form', { name: 'Or log in with your account' });
  await form.getByLabel('E-mail').fill(email);
  await form.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
}

// Catches: an account in two organisations that the page brings into the first one only, and a way there that needs a mouse.
test('who is in two organisations chooses by keyboard, switches, and finds the last choice again', async () => {
  const context = await fresh();
  const page = await context.newPage();
  const eveIn = (place: string, where = page) => where.getByRole('button', { name: `Eve ${place}` });
  const choice = page.getByRole('heading', { name: 'Choose an organisation' });
  const focused = (name: string) => page.getByRole('button', { name }).and(page.locator(':focus')).waitFor();
  await page.goto(app.url);
  await logIn(page, 'eve@example.com');
  await choice.waitFor();
  await page.getByRole('button', { name: 'Log in with another account' }).click();
  await logIn(page, 'eve@example.com');
  await focused('Studio North');
  await page.keyboard.press('ArrowDown');
  await focused('Studio South');
  await page.keyboard.press('Enter');
  await eveIn('Studio South').waitFor();
  const nav = page.getByRole('navigation', { name: 'Pages' });
  expect(await nav.getByRole('link', { name: 'Ask' }).count(), 'a viewer there').toBe(0);

  const behind = await context.newPage();
  await behind.goto(`${app.url}/#/access`);
  await eveIn('Studio South', behind).waitFor();
  await eveIn('Studio South').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitemradio', { name: 'Studio South', checked: true }).waitFor();
  await page.getByRole('menuitemradio', { name: 'Studio North' }).click();
  await eveIn('Studio North').waitFor();
  await nav.getByRole('link', { name: 'Ask' }).waitFor();
  // A window that stays behind would show one memory and change the other.
  await eveIn('Studio North', behind).waitFor();

  await eveIn('Studio North').click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await behind.getByRole('form', { name: 'Or log in with your account' }).waitFor();
  await logIn(page, 'eve@example.com');
  await focused('Studio North');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await eveIn('Studio South').waitFor();
  await context.close();
});

// Catches: a person who can change the password by the API alone, or is not told what becomes of the other logins.
test('changes the own password, which ends the other logins and not this one', async () => {
  const account = (page: Page) => page.getByRole('button', { name: 'Ada Studio North' });
  const login = async () => {
    const page = await (await fresh()).newPage();
    await page.goto(app.url);
    await logIn(page, 'ada@example.com');
    // One organisation is nothing to choose from.
    await account(page).waitFor();
    return page;
  };
  const [page, elsewhere] = [await login(), await login()];
  await account(page).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Change password' }).and(page.locator(':focus')).waitFor();
  expect(await page.getByRole('menuitemradio').count()).toBe(0);
  const form = page.getByRole('dialog', { name: 'Change password' });
  await page.keyboard.press('Enter');
  await form.getByLabel('Current password').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Escape');
  await account(page).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Change password' }).click();
  const change = form.getByRole('button', { name: 'Change', exact: true });
  await form.getByText('All your other logins end at once').waitFor();
  await form.getByLabel('Current password').fill('wrong horse battery');
  await form.getByLabel('New password', { exact: true }).fill('a new horse battery');
  await form.getByLabel('New password again').fill('a new house');
  await change.click();
  await form.getByText('The two new passwords are not the same.').waitFor();
  await form.getByLabel('New password again').fill('a new horse battery');
  await change.click();
  await form.getByRole('alert').getByText('The current password is wrong.').waitFor();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
  await page.getByText('Password changed; your other logins have ended').first().waitFor();
  await elsewhere.reload();
  await elsewhere.getByRole('form', { name: 'Or log in with your account' }).waitFor();
  await page.reload();
  await account(page).waitFor();
});

// Catches: a list of keys that opens below its title, and leaves the keyboard in a field that swallows them.
test('the list of keys opens at its top, and gives the keyboard back to the page', async () => {
  const page = await (await fresh()).newPage();
  await page.setViewportSize({ width: 900, height: 560 });
  await page.goto(app.url);
  await logIn(page, 'eve@example.com');
  await page.getByRole('button', { name: 'Studio North' }).click();
  await page.locator('#main').focus();
  await page.keyboard.press('?');
  const title = page.getByRole('heading', { name: 'Keyboard shortcuts' });
  await title.waitFor();
  expect((await title.boundingBox())?.y).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await title.waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await page.getByRole('heading', { name: 'Connections' }).waitFor();
});

// Catches: what failed on one page, said over the next ones for ten seconds.
test('what could not be done is not said any more on the next page', async () => {
  const page = await app.page();
  const tab = (name: string) => page.getByRole('group', { name: 'View' }).getByRole('button', { name }).click();
  const failed = page.getByText('This is the last admin of the organisation');
  await page.goto(`${app.url}/#/access?tab=people`);
  const role = page.getByRole('region', { name: 'Studio North' }).getByRole('combobox', { name: 'Role of Ada' });
  await role.click();
  await page.getByRole('option', { name: 'Viewer' }).click();
  await failed.first().waitFor();
  await tab('Audit');
  await failed.first().waitFor({ state: 'detached' });
});
