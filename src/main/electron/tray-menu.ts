import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopMessages } from '../../shared/messages/desktop.ts';
import { fill } from '../../shared/messages/fill.ts';
import type { WaitingPermission } from './permission-watch.ts';

export interface TrayState {
  port: number;
  paused: boolean;
  /** When the last event became durable; null before the first since the start. */
  lastEventAt: Date | null;
  /** Questions of agents, the newest first. */
  waiting: readonly WaitingPermission[];
}

export interface TrayActions {
  open(): void;
  /** Shows a question of an agent, or all of them. */
  showPermission(id: string | null): void;
  decide(id: string, behavior: 'allow' | 'deny'): void;
  setPaused(paused: boolean): void;
  quit(): void;
}

/** One line: is it capturing, and where. */
export function trayStateLine({ paused, port }: TrayState, { tray }: DesktopMessages): string {
  return paused ? tray.paused : fill(tray.capturing, { port });
}

/** The tray's menu. Times are to the minute, so that a menu that is open changes at most once in one. */
export function trayTemplate(
  state: TrayState,
  actions: TrayActions,
  messages: DesktopMessages,
  locale: string,
): MenuItemConstructorOptions[] {
  const { tray } = messages;
  const time = state.lastEventAt?.toLocaleTimeString(locale || undefined, { hour: '2-digit', minute: '2-digit' });
  return [
    { id: 'state', label: trayStateLine(state, messages), enabled: false },
    { id: 'activity', label: time ? fill(tray.lastActivity, { time }) : tray.noActivity, enabled: false },
    ...waitingItems(state.waiting, actions, messages),
    { type: 'separator' },
    { id: 'open', label: tray.open, click: () => actions.open() },
    {
      id: 'pause',
      label: state.paused ? tray.resume : tray.pause,
      click: () => actions.setPaused(!state.paused),
    },
    { type: 'separator' },
    { id: 'quit', label: tray.quit, click: () => actions.quit() },
  ];
}

/** More than these are only counted. */
const mostListed = 5;
const longestLabel = 80;

function waitingItems(
  waiting: readonly WaitingPermission[],
  actions: TrayActions,
  { tray, permission }: DesktopMessages,
): MenuItemConstructorOptions[] {
  if (waiting.length === 0) return [];
  const items = waiting.slice(0, mostListed).map(({ id, tool, title, isPlain }): MenuItemConstructorOptions => ({
    id: `permission:${id}`,
    label: cut(`${tool}: ${title}`),
    submenu: [
      // What the menu does not show whole is not allowed from it.
      ...(isPlain && `${tool}: ${title}`.length <= longestLabel
        ? [{ id: 'allow', label: permission.allow, click: () => actions.decide(id, 'allow') }]
        : []),
      { id: 'deny', label: permission.deny, click: () => actions.decide(id, 'deny') },
      { id: 'show', label: tray.showRequest, click: () => actions.showPermission(id) },
    ],
  }));
  return [
    { type: 'separator' },
    { id: 'waiting', label: waitingLine(waiting.length, tray), click: () => actions.showPermission(null) },
    ...items,
  ];
}

/** How many agents wait for a person. */
export function waitingLine(count: number, tray: DesktopMessages['tray']): string {
  return count === 1 ? tray.waiting_one : fill(tray.waiting_other, { count });
}

/** A single `&` would mark a letter as the item's key. */
function cut(label: string): string {
  const short = label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…`.toWellFormed() : label;
  return short.replaceAll('&', '&&');
}
