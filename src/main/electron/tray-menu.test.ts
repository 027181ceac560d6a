import { expect, test } from 'vitest';
import { desktopMessages } from '../../shared/messages/desktop.ts';
import { applicationMenuTemplate } from './application-menu.ts';
import { messagesFor } from './messages-for.ts';
import type { WaitingPermission } from './permission-watch.ts';
import { trayTemplate } from './tray-menu.ts';

function setUp(paused: boolean, lastEventAt: Date | null, locale: string, waiting: WaitingPermission[] = []) {
  const calls: string[] = [];
  const actions = {
    open: () => void calls.push('open'),
    showPermission: (id: string | null) => void calls.push(`show ${id}`),
    decide: (id: string, behavior: string) => void calls.push(`${behavior} ${id}`),
    setPaused: (value: boolean) => void calls.push(`paused ${value}`),
    quit: () => void calls.push('quit'),
  };
  const template = trayTemplate({ port: 37_700, paused, lastEventAt, waiting }, actions, messagesFor(locale), locale);
  const item = (id: string) => template.find((each) => each.id === id);
  return { calls, item };
}

// Catches: a pause that asks for the state that is there already.
test.each([
  [false, 'Pause capture', 'Capturing on port 37700', 'paused true'],
  [true, 'Resume capture', 'Capture is paused', 'paused false'],
])('paused %s: the menu says so and offers the other', (paused, label, state, call) => {
  const { calls, item } = setUp(paused, null, 'en-US');
  expect(item('pause')?.label).toBe(label);
  expect(item('state')).toMatchObject({ label: state, enabled: false });
  item('pause')?.click?.({} as never, undefined, {});
  expect(calls).toEqual([call]);
});

test('the last activity is told to the minute, in the language of the system', () => {
  const at = new Date(2026, 10, 21, 14, 3, 59);
  expect(setUp(false, null, 'en-GB').item('activity')?.label).toBe('Nothing captured since the start');
  expect(setUp(false, at, 'en-GB').item('activity')?.label).toBe('Last activity at 14:03');
  expect(setUp(false, at, 'zh-CN').item('activity')?.label).toBe('最近活动：14:03');
});

// Catches: a request that can be allowed from a menu that does not show what it would do.
test('questions of agents can be answered from the menu, when they are shown whole', () => {
  const request = { id: 'r1', tool: 'Bash', title: 'make a && make b', isPlain: true };
  const cut = { id: 'r2', tool: 'Bash', title: 'x'.repeat(100), isPlain: true };
  const hidden = { id: 'r3', tool: 'Bash', title: 'make c', isPlain: false };
  const { calls, item } = setUp(false, null, 'en-US', [request, cut, hidden]);
  expect(item('waiting')?.label).toBe('3 permission requests wait');
  expect(item('permission:r1')?.label).toBe('Bash: make a &&&& make b');
  const choices = (id: string) => {
    const submenu = item(id)?.submenu;
    return Array.isArray(submenu) ? submenu : [];
  };
  for (const choice of choices('permission:r1')) choice.click?.({} as never, undefined, {});
  expect(calls).toEqual(['allow r1', 'deny r1', 'show r1']);
  expect(choices('permission:r2').map(({ id }) => id)).toEqual(['deny', 'show']);
  expect(choices('permission:r3').map(({ id }) => id)).toEqual(['deny', 'show']);
  expect(setUp(false, null, 'en-US').item('waiting')).toBeUndefined();
});

test.each([
  ['zh', 'zh-CN'],
  ['zh-CN', 'zh-CN'],
  ['zh-TW', 'zh-CN'],
  ['zhx', 'en'],
  ['de', 'en'],
  ['', 'en'],
] as const)('the locale %s reads %s', (locale, language) => {
  expect(messagesFor(locale)).toBe(desktopMessages[language]);
});

// Catches: a macOS window in which copy and paste do nothing.
test.each(['darwin', 'linux', 'win32'] as const)(
  'the menu on %s has the roles of an edit menu, and a quit',
  (platform) => {
    const roles = (items: Electron.MenuItemConstructorOptions[]): unknown[] =>
      items.flatMap((item) => [item.role, ...(Array.isArray(item.submenu) ? roles(item.submenu) : [])]);
    const user = roles(applicationMenuTemplate({ platform, developer: false }, desktopMessages.en));
    expect(user).toEqual(
      expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'close', 'quit']),
    );
    expect(user).not.toContain('toggleDevTools');
    const developer = roles(applicationMenuTemplate({ platform, developer: true }, desktopMessages.en));
    expect(developer).toContain('toggleDevTools');
  },
);
