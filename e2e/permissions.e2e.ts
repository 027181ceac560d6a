import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOrCreateToken } from '../src/main/access/tokens.ts';
import { connectContract, type Contract } from './contract-client.ts';
import { launchApp, type App } from './driver.ts';
import { until } from './driver/until.ts';
import { spyOn } from './shell-spies.ts';

// Runs in the desktop: the real Electron where there is a binary, else the stand-in.

let folder: string;
let app: App;
let page: Page;
let contract: Contract;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'claude-mem-permissions-'));
  app = await launchApp({ dataDir: join(folder, 'data') });
  page = await app.page();
  contract = await connectContract(app.url, app.dataDir);
  await spyOn(app);
  await spyOnNotifications();
});

afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface SeenNotification {
  title: string;
  body: string;
  buttons: string[];
  isOpen: boolean;
}

declare global {
  /** Left in the main process: what was shown, with the ways to use it. */
  var notified: {
    options: Electron.NotificationConstructorOptions;
    isOpen: boolean;
    notification: Electron.Notification;
  }[];
}

/** Keeps each notification that is shown, whichever engine runs. */
function spyOnNotifications(): Promise<void> {
  return app.evaluate(({ Notification }) => {
    globalThis.notified = [];
    const show = Notification.prototype.show;
    Notification.prototype.show = function (this: Electron.Notification) {
      const entry = {
        options: { title: this.title, body: this.body, actions: this.actions },
        isOpen: true,
        notification: this,
      };
      notified.push(entry);
      this.once('close', () => (entry.isOpen = false));
      show.call(this);
    };
  });
}

const seenNotifications = (): Promise<SeenNotification[]> =>
  app.evaluate(() =>
    notified.map(({ options: { title = '', body = '', actions = [] }, isOpen }) => ({
      title,
      body,
      buttons: actions.map(({ text = '' }) => text),
      isOpen,
    })),
  );

/** Answers as a person does who clicks on it, or on one of its buttons. */
const useNotification = (body: string, button: string | null): Promise<void> =>
  app.evaluate(
    (_electron, wanted) => {
      const entry = notified.find(({ options }) => options.body === wanted.body);
      const index = entry?.options.actions?.findIndex(({ text }) => text === wanted.button) ?? -1;
      if (wanted.button === null) entry?.notification.emit('click', {});
      else entry?.notification.emit('action', { actionIndex: index }, index, -1);
    },
    { body, button },
  );

/** The way of a request of Claude Code; resolves with the answer. */
async function ask(command: string): Promise<unknown> {
  const response = await fetch(new URL('/hooks/claude-code', app.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${readOrCreateToken(app.dataDir, 'capture')}` },
    body: JSON.stringify({
      session_id: 'asking',
      cwd: folder,
      hook_event_name: 'PermissionRequest',
      permission_mode: 'default',
      tool_name: 'Bash',
      tool_input: { command, description: 'Why it is needed' },
    }),
  });
  return response.status === 204 ? null : response.json();
}

const decision = (behavior: string) => ({ hookSpecificOutput: { decision: { behavior } } });
const card = (command: string) => page.getByRole('article', { name: `Bash: ${command}` });
const trayItem = (id: string): Promise<string | undefined> =>
  app.evaluate((_electron, item) => spied.trayMenu?.getMenuItemById(item)?.label, id);

describe('a notification', () => {
  // Catches: one that comes late or not at all, and buttons that decide something else.
  test('shows what is asked, and its buttons answer', async () => {
    const answer = ask('make one');
    await until('it is shown', async () => (await seenNotifications()).some(({ body }) => body === 'make one'));
    expect(await seenNotifications()).toMatchObject([
      { title: 'Claude Code wants to use Bash', buttons: ['Allow', 'Deny'], isOpen: true },
    ]);
    await until('the tray counts it', async () => (await trayItem('waiting')) === '1 permission request waits');
    await useNotification('make one', 'Allow');
    expect(await answer).toMatchObject(decision('allow'));
    await until('it is taken away', async () => (await seenNotifications()).every(({ isOpen }) => !isOpen));
    await until('the tray is empty again', async () => (await trayItem('waiting')) === undefined);
  });

  // Catches: a click that opens the app and not the question; a page that does not follow.
  test('opens the question in the window, where a key answers it', async () => {
    const answer = ask('make two');
    await until('it is shown', async () => (await seenNotifications()).some(({ body }) => body === 'make two'));
    await useNotification('make two', null);
    await card('make two').waitFor();
    await page.getByRole('timer').waitFor();
    await page.getByText('Why it is needed').waitFor();
    await until('the key counts', async () => {
      await page.keyboard.press('d');
      return (await card('make two').count()) === 0;
    });
    expect(await answer).toMatchObject(decision('deny'));
    await page.getByRole('heading', { name: 'No agent waits' }).waitFor();
  });
});

describe('the page', () => {
  // Catches: a click that answers another question than the one that stood there when the finger went down.
  test('a click that comes just when the next question moves up answers nothing', async () => {
    const first = ask('make first');
    await card('make first').waitFor();
    const second = ask('make second');
    await card('make second').waitFor();
    const waiting = await contract<{ data: { id: string; summary: string }[] }>('permissions.list', {
      states: ['pending'],
    });
    const clicked = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const observer = new MutationObserver(() => {
            const cards = document.querySelectorAll('article');
            if (cards.length > 1) return;
            observer.disconnect();
            cards[0]?.querySelector<HTMLButtonElement>('footer button')?.click();
            resolve(cards[0]?.textContent ?? '');
          });
          observer.observe(document.body, { childList: true, subtree: true });
        }),
    );
    const id = waiting.data.find(({ summary }) => summary === 'make first')?.id;
    await contract('permissions.decide', { id, behavior: 'deny' });
    expect(await first).toMatchObject(decision('deny'));
    expect(await clicked).toContain('make second');
    // By then the click would have been through: one that is meant counts.
    await until('the button counts', async () => {
      await card('make second')
        .getByRole('button', { name: 'Deny', exact: true })
        .click({ timeout: 1_000 })
        .catch(() => undefined);
      return (await card('make second').count()) === 0;
    });
    expect(await second).toMatchObject(decision('deny'));
  });

  // Catches: a person who is quick and hears nothing, as if the list had moved; and a keyboard that is nowhere after an answer.
  test('J and A at once allow the next question, and Deny leaves the keyboard on the one after', async () => {
    const answers = [ask('make north'), ask('make east'), ask('make south')];
    for (const name of ['make north', 'make east', 'make south']) await card(name).waitFor();
    const waiting = await page.getByRole('article').evaluateAll((cards) => cards.map((each) => each.ariaLabel ?? ''));
    const deny = (at: number) => page.getByRole('article').nth(at).getByRole('button', { name: 'Deny', exact: true });
    const usable = () => deny(0).getAttribute('aria-disabled');
    await expect.poll(usable).toBe('false');
    await page.locator('#main').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await page.getByRole('article', { name: waiting[1] ?? '' }).waitFor({ state: 'detached' });

    await expect.poll(usable).toBe('false');
    await deny(0).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: waiting[0] ?? '' }).waitFor({ state: 'detached' });
    const focused = () => page.evaluate(() => document.activeElement?.querySelector('article')?.ariaLabel);
    await expect.poll(focused).toBe(waiting[2]);

    await expect.poll(usable).toBe('false');
    await page.keyboard.press('d');
    await page.getByRole('heading', { name: 'No agent waits' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
    const allowed = (await Promise.all(answers)).filter((answer) => JSON.stringify(answer).includes('"allow"'));
    expect(allowed).toHaveLength(1);
  });

  // Catches: a dialog that goes away under the hands of whoever writes in it, without a word.
  test('says in the dialog that the question was answered elsewhere', async () => {
    const answer = ask('make fifth');
    await card('make fifth').getByRole('button', { name: 'Decide and remember…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Pattern' }).fill('make f*');
    const waiting = await contract<{ data: { id: string }[] }>('permissions.list', { states: ['pending'] });
    await contract('permissions.decide', { id: waiting.data[0]?.id, behavior: 'deny' });
    expect(await answer).toMatchObject(decision('deny'));
    await dialog.getByText('This question is over').waitFor();
    expect(await dialog.getByRole('button', { name: 'Allow and remember' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  // Catches: a remembered answer that makes another rule than was shown, a list of rules that does not follow.
  test('remembers an answer as a rule, which can be switched off and deleted', async () => {
    const answer = ask('make three');
    await card('make three').getByRole('button', { name: 'Decide and remember…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Pattern' }).fill('make th*');
    await dialog.getByRole('button', { name: 'Allow and remember' }).click();
    expect(await answer).toMatchObject(decision('allow'));
    expect(await ask('make thrice')).toMatchObject(decision('allow'));

    await page.getByRole('button', { name: 'Rules' }).click();
    const rule = page.getByRole('listitem').filter({ hasText: 'make th*' });
    await rule.getByText('used once').waitFor();
    await rule.getByRole('button', { name: 'Off' }).click();
    await rule.getByRole('button', { name: 'Off', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'History' }).click();
    const [newest] = await page.getByRole('listitem').filter({ hasText: 'make thrice' }).allInnerTexts();
    expect(newest).toContain('by a rule');

    await page.getByRole('button', { name: 'Waiting' }).click();
    const again = ask('make thrice');
    await card('make thrice').getByRole('button', { name: 'Deny', exact: true }).click();
    expect(await again).toMatchObject(decision('deny'));
    await page.getByRole('button', { name: 'Rules' }).click();
    await rule.getByRole('button', { name: 'Delete rule: Bash make th*' }).click();
    await page.getByRole('heading', { name: 'No rules yet' }).waitFor();
  });

  // Catches: a form whose fields go elsewhere, a switch that only looks switched.
  test('makes rules by hand, and switches answers off', async () => {
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Tool' }).fill('Bash');
    await dialog.getByRole('button', { name: 'Deny', exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Pattern' }).fill('rm *');
    await dialog.getByRole('textbox', { name: 'What the agent is told' }).fill('Nothing is removed here');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Nothing is removed here' }).waitFor();
    expect(await ask('ls; rm -rf build')).toMatchObject({
      hookSpecificOutput: { decision: { behavior: 'deny', message: 'Nothing is removed here' } },
    });
    await page.getByRole('button', { name: 'Settings' }).click();
    const group = page.getByRole('group', { name: 'Answer from here' });
    await group.getByRole('button', { name: 'Off' }).click();
    await group.getByRole('button', { name: 'Off', pressed: true }).waitFor();
    expect(await ask('make four')).toBeNull();
    // Else the page promises questions that will not come.
    await page.getByRole('button', { name: 'Waiting' }).click();
    await page.getByRole('heading', { name: 'Only the terminal asks' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Settings' }).click();
    await group.getByRole('button', { name: 'On' }).click();
    await group.getByRole('button', { name: 'On', pressed: true }).waitFor();
  });
});
