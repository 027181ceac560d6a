import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './run-command.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome.exe', 'msedge.exe'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The Chromium that the specs drive: `CHROMIUM`, one on the path or in a usual place, or Playwright's own; null when there is none. */
export async function findChromium(): Promise<string | null> {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return existsSync(named) ? named : null;
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const { chromium } = await import('playwright-core');
  return [...onPath, ...elsewhere, chromium.executablePath()].find((file) => file !== '' && existsSync(file)) ?? null;
}

function isDebianRoot(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID(?:_LIKE)?=.*(?:debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** Finds Chromium, installing Debian's where that is allowed; `problem` says what to do when there is none. */
export async function bringChromium(): Promise<{ file: string } | { problem: string }> {
  const present = await findChromium();
  if (present !== null) return { file: present };
  const advice =
    'Chromium is missing. Install it (Debian, Ubuntu: apt-get install chromium; others: npx playwright-core install chromium) or set CHROMIUM to its path.';
  if (!isDebianRoot()) return { problem: advice };
  const quiet = { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 300_000 };
  const update = await runCommand('apt-get', ['update', '-q'], quiet);
  const install = await runCommand(
    'apt-get',
    ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
    quiet,
  );
  const installed = await findChromium();
  return installed === null ? { problem: `${advice}\n${update.output}\n${install.output}` } : { file: installed };
}
