import { findChromium } from '../scripts/lib/chromium.ts';

/** Where Chromium is and how it starts quietly. Throws when there is none. */
export async function chromiumLaunch(): Promise<{ executablePath: string; args: string[] }> {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error('There is no Chromium: install it (apt-get install chromium) or set CHROMIUM.');
  return {
    executablePath,
    args: [
      // Chromium's sandbox refuses to run as root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}
