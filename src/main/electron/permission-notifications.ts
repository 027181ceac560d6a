import { app, Notification } from 'electron';
import type { DesktopMessages } from '../../shared/messages/desktop.ts';
import { fill } from '../../shared/messages/fill.ts';
import { toLogFormat, type Logger } from '../observe/logger.ts';
import type { Worker } from '../worker/worker.ts';
import type { PermissionWatch, WaitingPermission } from './permission-watch.ts';

export interface NotificationOptions {
  worker: Worker;
  watch: PermissionWatch;
  messages: DesktopMessages;
  log: Logger;
  /** Shows the request in the window. */
  open(id: string): void;
}

/**
 * Shows each question of an agent as a notification of the system, with buttons where the system has them; a click opens it.
 * What was decided meanwhile is taken away. Returns the end of it.
 */
export function notifyOfPermissions({ worker, watch, messages, log, open }: NotificationOptions): () => void {
  // The notification is held here, or the garbage collector takes it with its buttons.
  const shown = new Map<string, Notification>();

  // Asked once for each change: a question would wait for its turn at the readers, behind every search.
  const read = () =>
    worker
      .createContext()
      .services.permissions.settings()
      .catch(() => null);
  let reading = read();
  const stopSettings = worker.onEvent(({ type }) => {
    if (type === 'setting.changed') reading = read();
  });

  async function show(request: WaitingPermission): Promise<void> {
    const settings = (await reading) ?? (await (reading = read()));
    const isWaiting = watch.waiting().some(({ id }) => id === request.id);
    if (settings?.notify !== true || !isWaiting || !Notification.isSupported()) return;
    const { id, isPlain } = request;
    const choices = isPlain ? (['allow', 'deny'] as const) : (['deny'] as const);
    const notification = new Notification({
      title: fill(messages.permission.title, { tool: request.tool }),
      body: request.title,
      urgency: 'critical',
      timeoutType: 'never',
      actions: choices.map((choice) => ({ type: 'button', text: messages.permission[choice] })),
    });
    notification.on('click', () => open(id));
    notification.on('action', ({ actionIndex }) => {
      const choice = choices[actionIndex];
      if (choice !== undefined) watch.decide(id, choice);
    });
    notification.on('close', () => void shown.delete(id));
    shown.set(id, notification);
    notification.show();
  }

  watch.onChange((change) => {
    app.setBadgeCount(watch.waiting().length);
    if ('went' in change) {
      shown.get(change.went)?.close();
      shown.delete(change.went);
    } else {
      show(change.came).catch((cause: unknown) =>
        log.warn('The notification was not shown.', { cause: toLogFormat(cause) }),
      );
    }
  });
  return () => {
    stopSettings();
    for (const notification of shown.values()) notification.close();
    shown.clear();
    app.setBadgeCount(0);
  };
}
