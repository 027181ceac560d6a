import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../store/testing/temporary-store.ts';
import { openSocket, openStream } from './testing/stream-clients.ts';

const headless = resolve(import.meta.dirname, '../../../main/headless.ts');
const folder = temporaryFolder();
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children) await kill(child);
  folder.remove();
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function start(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [headless, '--data', folder.dir, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, CLAUDE_CONFIG_DIR: join(folder.dir, 'claude') },
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { event: string; url: string };
    if (said.event === 'ready') return { child, url: said.url };
  }
  throw new Error('The worker ended before it was ready.');
}

const token = (name: string) => readFileSync(join(folder.dir, `${name}.token`), 'utf8').trim();
const bearer = (name: string) => ({ authorization: `Bearer ${token(name)}` });

/** Sends prompts until the worker is gone or there were `count`. */
async function prompts(url: string, session: string, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const body = { hook_event_name: 'UserPromptSubmit', session_id: session, cwd: '/nowhere/shop', prompt: `p${n}` };
    const sent = fetch(`${url}/hooks/claude-code`, {
      method: 'POST',
      headers: { ...bearer('capture'), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if ((await sent.catch(() => null)) === null) return;
  }
}

const everyFrom = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

test('clients that come back to a worker that was killed miss nothing, in order', async () => {
  const first = await start();
  const stream = await openStream(`${first.url}/api/v1/stream/events`, bearer('owner'));
  const socket = await openSocket(`${first.url}/api/v1/ws`, bearer('owner'));
  socket.say({ type: 'subscribe' });
  await socket.until(({ type }) => type === 'subscribed');
  await stream.until(({ comments }) => comments.length > 0);
  const sending = prompts(first.url, 'killed', 10_000);
  // In the middle of it.
  await stream.until(({ events }) => events.length > 50);
  await socket.until(({ id }) => Number(id) > 50);
  await kill(first.child);
  await sending;
  await stream.until(({ ended }) => ended);
  await expect.poll(() => socket.closed, { timeout: 20_000 }).not.toBeNull();

  const second = await start();
  const seen = stream.events.map(({ id }) => Number(id));
  const told = socket.said.flatMap(({ id }) => (typeof id === 'number' ? [id] : []));
  const [last, lastTold] = [seen.at(-1) ?? 0, told.at(-1) ?? 0];
  const again = await openStream(`${second.url}/api/v1/stream/events`, {
    ...bearer('owner'),
    'last-event-id': String(last),
  });
  const socketAgain = await openSocket(`${second.url}/api/v1/ws`, bearer('owner'));
  socketAgain.say({ type: 'subscribe', after: lastTold });
  await prompts(second.url, 'after', 10);
  // The last of the new ones, wherever it stands.
  const isLast = (text: string) => text.includes('"after"') && text.includes('prompt.created');
  await again.until(({ events }) => events.filter(({ data }) => isLast(data)).length === 10);
  const end = Number(again.events.findLast(({ data }) => isLast(data))?.id);
  await socketAgain.until(({ id }) => id === end);
  const upToEnd = (ids: number[]) => ids.filter((id) => id <= end);
  const all = upToEnd([...seen, ...again.events.map(({ id }) => Number(id))]);
  expect(all).toEqual(everyFrom(all[0] ?? 0, end));
  const allTold = upToEnd([...told, ...socketAgain.said.flatMap(({ id }) => (typeof id === 'number' ? [id] : []))]);
  expect(allTold).toEqual(everyFrom(allTold[0] ?? 0, end));
  again.close();
  socketAgain.socket.terminate();
}, 60_000);
