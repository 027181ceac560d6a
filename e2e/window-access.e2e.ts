import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAgent, type Agent } from '../scripts/lib/demo-memory.ts';
import { chromiumLaunch } from './chromium.ts';
import { availableEngines, launchApp, type App } from './driver.ts';
import { promptEvents } from './window-events.ts';

describe.each(availableEngines())('connections in %s', (engine) => {
  let app: App;
  let page: Page;
  let agent: Agent;
  const complaints: string[] = [];

  beforeAll(async () => {
    app = await launchApp({ engine });
    page = await app.page();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.text().includes('Content Security Policy')) {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    agent = await connectAgent(app.url, app.dataDir);
    await page.getByRole('navigation').waitFor();
  });
  afterAll(() => app.close());

  const tab = (name: string) => page.getByRole('group', { name: 'View' }).getByRole('button', { name }).click();
  const dialog = () => page.locator('[role="dialog"]:not([data-type])');
  const asked = (key: string, path: string) => fetch(`${app.url}${path}`, { headers: { 'x-api-key': key } });

  // Catches: a key that can be read again later, has other rights than were ticked, or lives on after it was revoked.
  test('makes a key that is shown once, works within its rights, and ends when it is revoked', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await page.getByRole('heading', { name: 'Connections' }).waitFor();
    await tab('API keys');
    await page.getByRole('button', { name: 'New key' }).click();
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Nightly report');
    await dialog()
      .getByRole('checkbox', { name: /^Write/ })
      .uncheck();
    await dialog().getByRole('button', { name: 'Make the key' }).click();

    await page.getByRole('heading', { name: 'The key of Nightly report' }).waitFor();
    const key = (await dialog().locator('code').first().textContent()) ?? '';
    expect(key).toMatch(/^cmk_[\w-]{30,}$/);
    expect((await asked(key, '/api/v1/sessions')).status).toBe(200);
    const written = await fetch(`${app.url}/api/v1/memories`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'Not allowed to say this' }),
    });
    expect(written.status).toBe(403);

    await dialog().getByRole('button', { name: 'I have it' }).click();
    const row = page
      .getByRole('list', { name: 'API keys' })
      .getByRole('listitem')
      .filter({ hasText: 'Nightly report' });
    await row.getByText('Active').waitFor();
    expect(await page.content()).not.toContain(key);

    await row.getByRole('button', { name: 'Revoke Nightly report' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await row.getByText('Revoked', { exact: true }).waitFor();
    expect((await asked(key, '/api/v1/sessions')).status).toBe(401);
    // It has ended: that it was made without an end is no news any more.
    await row.getByText(/Revoked: /).waitFor();
  });

  // Catches: a form that takes the keyboard and leaves it nowhere, so that whoever has no mouse starts at the top again.
  test('gives the keyboard back to what opened a form', async () => {
    const add = page.getByRole('button', { name: 'New key' });
    await add.focus();
    await page.keyboard.press('Enter');
    await dialog().getByRole('textbox', { name: 'Name' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await add.and(page.locator(':focus')).waitFor();
  });

  // Catches: people that land in another organisation than the one that they were added to.
  test('adds an organisation and a person who can log in, with the role that was chosen', async () => {
    await tab('People');
    await page.getByRole('button', { name: 'New organisation' }).click();
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Night shift');
    await dialog().getByRole('button', { name: 'Save' }).click();
    const card = page.getByRole('region', { name: 'Night shift' });
    await card.getByRole('button', { name: 'Add a person' }).first().click();
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Ada');
    await dialog().getByRole('textbox', { name: 'E-mail' }).fill('ada@example.com');
    await dialog().getByLabel('Password').fill('short');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByLabel('Password').and(page.locator('[aria-invalid="true"]:focus')).waitFor();
    await dialog().getByLabel('Password').fill('correct horse battery');
    await dialog().getByRole('button', { name: 'Viewer' }).click();
    await dialog().getByRole('button', { name: 'Save' }).click();
    await card.getByRole('listitem').filter({ hasText: 'ada@example.com' }).waitFor();

    const login = await fetch(`${app.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' }),
    });
    expect(login.status).toBe(200);
    expect(await login.json()).toMatchObject({ role: 'viewer', organization: { name: 'Night shift' } });
    await card.getByRole('combobox', { name: 'Role of Ada' }).click();
    await page.getByRole('option', { name: 'Admin' }).click();
    await card.getByRole('combobox', { name: 'Role of Ada' }).getByText('Admin').waitFor();
  });

  // Catches: an account that the window can bring into no second organisation, only refuse as taken.
  test('adds somebody who has an account by the address alone, and says who is there already', async () => {
    const form = async (place: string) => {
      const card = page.getByRole('region', { name: place });
      await card.getByRole('button', { name: 'Add a person' }).first().click();
      await dialog().getByRole('textbox', { name: 'E-mail' }).fill('ADA@example.com');
    };
    await form('Night shift');
    await dialog().getByText('Ada is in this organisation already.').waitFor();
    expect(await dialog().getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await form('Default');
    await dialog().getByText('Ada has an account').waitFor();
    await dialog().getByRole('button', { name: 'Viewer' }).click();
    await dialog().getByRole('button', { name: 'Save' }).click();
    const row = page.getByRole('region', { name: 'Default' }).getByRole('listitem');
    await row.getByRole('combobox', { name: 'Role of Ada' }).getByText('Viewer').waitFor();
    await row.getByRole('button', { name: 'Take out Ada' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Take out' }).click();
    await row.waitFor({ state: 'detached' });
  });

  // Catches: keys of several organisations that nobody can tell apart, and one that opens another memory than was chosen.
  test('a key is made for the organisation that was chosen, and says of which it is', async () => {
    await tab('API keys');
    const keys = page.getByRole('list', { name: 'API keys' });
    await keys.getByRole('listitem').filter({ hasText: 'Nightly report' }).getByText('Default').waitFor();
    await page.getByRole('button', { name: 'New key' }).click();
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Rota');
    const place = dialog().getByRole('combobox', { name: 'Organisation' });
    expect(await place.textContent()).toBe('Default');
    await place.click();
    await page.getByRole('option', { name: 'Night shift' }).click();
    await dialog().getByRole('button', { name: 'Make the key' }).click();
    await page.getByRole('heading', { name: 'The key of Rota' }).waitFor();
    const key = (await dialog().locator('code').first().textContent()) ?? '';
    expect(await (await asked(key, '/api/v1/auth/me')).json()).toMatchObject({ organization: { name: 'Night shift' } });
    await dialog().getByRole('button', { name: 'I have it' }).click();
    await keys.getByRole('listitem').filter({ hasText: 'Rota' }).getByText('Night shift').waitFor();
    await tab('People');
  });

  // Catches: an account that can log in by the API and not by the page, or sees what is not its organisation's.
  test('a person with an account logs in by the page, sees the own memory, and logs out', async () => {
    const browser = await chromium.launch(await chromiumLaunch());
    const guest = await browser.newPage({ locale: 'en' });
    await guest.goto(app.url);
    const form = guest.getByRole('form', { name: 'Or log in with your account' });
    await form.getByLabel('E-mail').fill('ada@example.com');
    await form.getByLabel('Password').fill('wrong horse battery');
    await form.getByRole('button', { name: 'Log in' }).click();
    await form.getByRole('alert').waitFor();
    await form.getByLabel('Password').fill('correct horse battery');
    await form.getByRole('button', { name: 'Log in' }).click();
    await guest.getByTitle('Ada').first().waitFor();
    await guest.goto(`${app.url}/#/access?tab=people`);
    await guest.getByRole('region', { name: 'Night shift' }).waitFor();
    expect(await guest.getByRole('region', { name: 'Default' }).count()).toBe(0);
    // The settings of Claude Code on this machine are the owner's: there is nothing to install for others.
    await guest.goto(`${app.url}/#/sessions`);
    await guest.getByRole('heading', { name: 'No sessions yet' }).waitFor();
    // One organisation is nothing to choose from.
    await guest.getByRole('button', { name: 'Ada Night shift' }).click();
    await guest.getByRole('menuitem', { name: 'Change password' }).waitFor();
    expect(await guest.getByRole('menuitemradio').count()).toBe(0);
    await guest.getByRole('menuitem', { name: 'Log out' }).click();
    await form.waitFor();
    await browser.close();
  });

  // Catches: an entry, a button or a page that whoever may only read runs into a refusal with.
  test('a viewer is offered nothing that the account may not do, and is told why at an address', async () => {
    const card = page.getByRole('region', { name: 'Night shift' });
    await card.getByRole('button', { name: 'Add a person' }).first().click();
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Sam');
    await dialog().getByRole('textbox', { name: 'E-mail' }).fill('sam@example.com');
    await dialog().getByLabel('Password').fill('correct horse battery');
    await dialog().getByRole('button', { name: 'Viewer' }).click();
    await dialog().getByRole('button', { name: 'Save' }).click();
    await card.getByRole('listitem').filter({ hasText: 'sam@example.com' }).waitFor();
    const browser = await chromium.launch(await chromiumLaunch());
    const guest = await browser.newPage({ locale: 'en' });
    const refused: string[] = [];
    guest.on('response', (response) => {
      if (response.status() === 403) refused.push(response.url());
    });
    await guest.goto(app.url);
    const form = guest.getByRole('form', { name: 'Or log in with your account' });
    await form.getByLabel('E-mail').fill('sam@example.com');
    await form.getByLabel('Password').fill('correct horse battery');
    await form.getByRole('button', { name: 'Log in' }).click();
    const nav = guest.getByRole('navigation', { name: 'Pages' });
    await nav.getByRole('link', { name: 'Sessions' }).waitFor();
    for (const hidden of ['Ask', 'Approvals', 'Status']) {
      expect(await nav.getByRole('link', { name: hidden }).count()).toBe(0);
    }
    for (const closed of ['/status', '/permissions', '/ask', '/deleted', '/access?tab=keys', '/access?tab=audit']) {
      await guest.goto(`${app.url}/#${closed}`);
      await guest.getByRole('heading', { name: 'This is not open to your account' }).waitFor();
      await guest.goto(`${app.url}/#/sessions`);
      await guest.getByRole('heading', { name: 'No sessions yet' }).waitFor();
    }
    await guest.goto(`${app.url}/#/learnings`);
    const add = guest.getByRole('button', { name: 'New learning' });
    await add.waitFor();
    expect(await add.getAttribute('aria-disabled')).toBe('true');
    await add.hover();
    await guest.getByText('Your account may read, but change nothing.').waitFor();
    await add.click({ force: true });
    expect(await guest.getByRole('dialog').count()).toBe(0);
    expect(refused).toEqual([]);
    await browser.close();
  });

  // Catches: a page of events that only shows what was there when it was opened.
  test('shows events as they happen, filtered and paused', async () => {
    await tab('Live events');
    await page.getByText('Waiting for something to happen').waitFor();
    for (const event of promptEvents('live-one', 'Show me live')) await agent.post(event);
    const events = page.getByTestId('events');
    await events.getByText('prompt.created').first().waitFor();
    await page.getByRole('combobox', { name: 'All events' }).click();
    await page.getByRole('option', { name: 'session', exact: true }).click();
    await events.getByText('prompt.created').first().waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'All events' }).click();
    await page.getByRole('option', { name: 'learning', exact: true }).click();
    // Something did happen: it is not waited for.
    await page.getByRole('heading', { name: 'Nothing of this kind yet' }).waitFor();
    await page.getByRole('combobox', { name: 'All events' }).click();
    await page.getByRole('option', { name: 'session', exact: true }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    const count = await events.getByRole('listitem').count();
    for (const event of promptEvents('live-two', 'Not shown')) await agent.post(event);
    // What comes meanwhile is counted, and is there when they go on.
    await page.getByRole('button', { name: /^Go on \d+ new$/ }).waitFor();
    expect(await events.getByRole('listitem').count()).toBe(count);
    await page.getByRole('button', { name: 'Go on' }).click();
    await events.getByRole('listitem').nth(count).waitFor();
  });

  // Catches: a change that leaves no trace.
  test('the audit tells what was done', async () => {
    await tab('Audit');
    const audit = page.getByRole('list', { name: 'Audit' });
    for (const action of ['keys.create', 'keys.revoke', 'organizations.create', 'users.create']) {
      await audit.getByText(action).first().waitFor();
    }
    await audit.getByText('Made an API key').first().waitFor();
    expect(await audit.textContent()).not.toContain('correct horse');
    await page.getByRole('combobox', { name: 'Any outcome' }).click();
    await page.getByRole('option', { name: 'Refused' }).click();
    await audit.getByText('keys.create').first().waitFor({ state: 'detached' });
    // The key that was revoked, and the wrong password.
    await audit.getByText('127.0.0.1').filter({ visible: true }).first().waitFor();
    expect(await audit.getByText('Done', { exact: true }).count()).toBe(0);
  });

  test('the page makes no complaint', () => {
    expect(complaints).toEqual([]);
  });
});
