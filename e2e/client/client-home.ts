import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A person's home folder with nothing in it but the client's own configuration. */
export interface ClientHome {
  home: string;
  /** What `CLAUDE_CONFIG_DIR` would name. */
  configDir: string;
  settingsFile: string;
}

export function makeHome(home: string): ClientHome {
  const configDir = join(home, '.claude');
  mkdirSync(configDir, { recursive: true });
  const settingsFile = join(configDir, 'settings.json');
  // Settings that somebody already has, with a hook of their own.
  const theirs = { hooks: { Stop: [{ hooks: [{ type: 'command', command: 'true' }] }] }, cleanupPeriodDays: 30 };
  writeFileSync(settingsFile, JSON.stringify(theirs, null, 2));
  return { home, configDir, settingsFile };
}

/** A project folder such as the scenarios speak of. */
export function makeProject(folder: string): string {
  for (const part of ['src', 'test', 'build']) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'src/db.js'), "import { open } from './open.js';\nexport const db = open('shop.db');\n");
  writeFileSync(
    join(folder, 'src/auth.js'),
    'export const isExpired = (token, now = Date.now()) => token.exp < now;\n',
  );
  writeFileSync(
    join(folder, 'test/checkout.test.js'),
    "console.error('SQLITE_BUSY: database is locked'); process.exit(1);\n",
  );
  return folder;
}

/** Lets the interactive client start without its first-run questions. */
export function acceptDialogs({ home }: ClientHome, project: string): void {
  const accepted = { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true };
  const state = {
    hasCompletedOnboarding: true,
    theme: 'dark',
    customApiKeyResponses: { approved: [apiKey], rejected: [] },
    projects: { [project]: accepted },
  };
  writeFileSync(join(home, '.claude.json'), JSON.stringify(state));
}

const apiKey = 'test-key';

/** The client's whole environment: nothing of the person who runs the tests, and no traffic but to the scripted API. */
export function clientEnvironment({ home }: ClientHome, apiUrl: string): Record<string, string> {
  return {
    HOME: home,
    PATH: process.env['PATH'] ?? '',
    ANTHROPIC_BASE_URL: apiUrl,
    ANTHROPIC_API_KEY: apiKey,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_ERROR_REPORTING: '1',
  };
}
