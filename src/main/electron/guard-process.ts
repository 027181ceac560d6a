import { app, dialog } from 'electron';
import { fill } from '../../shared/messages/fill.ts';
import { toLogFormat, type Logger } from '../observe/logger.ts';
import { messagesFor } from './messages-for.ts';

/**
 * What nobody caught leaves the process in a state that nobody knows: it is logged, shown and ends the app in order.
 * Electron would show a dialog and go on.
 */
export function guardProcess(log: Logger): void {
  let fatal = false;
  const onFatal = (cause: unknown): void => {
    log.error('Something was not caught.', {
      cause: toLogFormat(cause),
      stack: cause instanceof Error ? cause.stack : null,
    });
    if (fatal) {
      app.exit(1);
      return;
    }
    fatal = true;
    const { failure } = messagesFor(app.isReady() ? app.getLocale() : '');
    dialog.showErrorBox(failure.crashTitle, fill(failure.crash, { reason: toLogFormat(cause) }));
    app.quit();
  };
  process.on('uncaughtException', onFatal);
  process.on('unhandledRejection', onFatal);
}
