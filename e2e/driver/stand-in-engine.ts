import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { z } from 'zod';
import { projectRoot, startProcess, type AppProcess } from './app-process.ts';
import type { EngineApp, LaunchPlace } from './engine.ts';
import { until } from './until.ts';
import { rendered, workerUrl } from './window-page.ts';

const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('browser'), endpoint: z.string() }),
  z.object({ kind: z.literal('error-box'), title: z.string(), content: z.string() }),
  z.object({
    kind: z.literal('evaluated'),
    id: z.number(),
    value: z.unknown().optional(),
    error: z.string().optional(),
  }),
]);

const register = join(projectRoot, 'e2e/standin/register.ts');
const main = join(projectRoot, 'out/main/index.js');

/** The built main process under Node, with the stand-in for `electron`. */
export async function launchStandIn({ dataDir, args, env }: LaunchPlace): Promise<EngineApp> {
  const command = ['--import', register, main, ...args];
  const app = startProcess(process.execPath, command, env, { withIpc: true });
  const pid = app.child.pid ?? 0;
  const control = remoteControl(app);
  let browser: Browser | undefined;

  async function connect(): Promise<Browser> {
    browser ??= await chromium.connectOverCDP(await control.endpoint);
    return browser;
  }

  const close = async (): Promise<void> => {
    // The answer may be lost with the process; the end of the process is the answer.
    control.evaluate('(electron) => electron.app.quit()', undefined).catch(() => undefined);
    await app.ended();
    await browser?.close().catch(() => undefined);
  };

  try {
    const url = await app.orExit(workerUrl(dataDir, pid));
    return {
      url,
      pid,
      exited: app.exited,
      close,
      evaluate: (run, argument) => control.evaluate(run.toString(), argument) as Promise<never>,
      launchAgain: () => startProcess(process.execPath, command, env).exited,
      async page() {
        const connected = await app.orExit(connect());
        return app.orExit(
          until('the window shows something', async () => {
            const pages = connected.contexts().flatMap((context) => context.pages());
            const page = pages.find((each) => !each.isClosed() && each.url().includes('.app.localhost/'));
            return page ? rendered(page) : null;
          }),
        );
      },
    };
  } catch (cause) {
    app.child.kill('SIGKILL');
    throw control.shown.length > 0 ? new Error(control.shown.join('\n'), { cause }) : cause;
  }
}

function remoteControl({ child, exited }: AppProcess) {
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const browser = Promise.withResolvers<string>();
  const shown: string[] = [];
  let last = 0;

  child.on('message', (received) => {
    const parsed = message.parse(received);
    if (parsed.kind === 'browser') return browser.resolve(parsed.endpoint);
    if (parsed.kind === 'error-box') return void shown.push(`${parsed.title}: ${parsed.content}`);
    const call = pending.get(parsed.id);
    pending.delete(parsed.id);
    return parsed.error === undefined ? call?.resolve(parsed.value) : call?.reject(new Error(parsed.error));
  });
  void exited.then(() => {
    for (const call of pending.values()) call.reject(new Error('The app ended before it answered.'));
  });

  return {
    endpoint: browser.promise,
    /** The error boxes that a person would have seen. */
    shown,
    evaluate(source: string, argument: unknown): Promise<unknown> {
      return new Promise((resolve, reject) => {
        if (!child.connected) return reject(new Error('The app has ended.'));
        pending.set(++last, { resolve, reject });
        child.send({ kind: 'evaluate', id: last, source, argument });
      });
    },
  };
}
