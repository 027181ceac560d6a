import { app } from 'electron';
import { registerAppScheme } from './app-scheme.ts';

/** What Electron takes only before it is ready. */
export function prepareApp(): void {
  app.enableSandbox();
  // Windows groups the window and its notifications under this name.
  app.setAppUserModelId('dev.claude-mem.desktop');
  registerAppScheme();
}
