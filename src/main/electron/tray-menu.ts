import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopMessages } from '../../shared/messages/desktop.ts';
import { fill } from '../../shared/messages/fill.ts';

export interface TrayState {
  port: number;
  paused: boolean;
  /** When the last event became durable; null before the first since the start. */
  lastEventAt: Date | null;
}

export interface TrayActions {
  open(): void;
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
