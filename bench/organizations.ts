import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { type ChildServer, startWorkerProcess, type WorkerServer } from './lib/child-server.ts';
import { percentile, type Figure } from './lib/figure.ts';
import { hookPath } from './lib/load.ts';
import { openRawConnection, postRequest, type RawConnection } from './lib/raw-connection.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';

/** As many as were open at once when that was bounded by their number, and more than that. */
const counts = [8, 20];
/** Of each organisation, one after the other, with no pause. */
const rounds = 30;

interface Tenant {
  id: string;
  key: string;
  connection: RawConnection;
}

interface Taken {
  hooks: number[];
  searches: number[];
}

async function ask(worker: WorkerServer, path: string, body: object, organizationId?: string): Promise<unknown> {
  const response = await fetch(`${worker.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${worker.ownerToken}`,
      'content-type': 'application/json',
      ...(organizationId === undefined ? {} : { 'x-organization-id': organizationId }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${path} was answered with ${response.status}: ${await response.text()}`);
  return response.json();
}

function textOf(value: unknown, field: string): string {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
  if (typeof found !== 'string') throw new Error(`There is no ${field} in the answer.`);
  return found;
}

async function newTenant(worker: WorkerServer, name: string): Promise<Tenant> {
  const id = textOf(await ask(worker, '/organizations', { name }), 'id');
  const key = textOf(
    await ask(worker, '/keys', { name, scopes: ['read', 'write', 'capture'], requests_per_minute: 100_000 }, id),
    'key',
  );
  return { id, key, connection: await openRawConnection(worker.port) };
}

/** What the kernel says of a process: resident megabytes (10^6 bytes), threads, open files. */
async function weigh({ pid }: ChildServer): Promise<{ megabytes: number; threads: number; files: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const number = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  const files = await readdir(`/proc/${pid}/fd`);
  return { megabytes: (number('VmRSS') * 1024) / 1e6, threads: number('Threads'), files: files.length };
}

const hookBody = (session: string, call: string) =>
  JSON.stringify({
    hook_event_name: 'PostToolUse',
    session_id: session,
    cwd: '/nowhere/shop',
    tool_name: 'Bash',
    tool_use_id: call,
    tool_input: { command: `npm test -- ${call}` },
    tool_response: { stdout: 'the checkout endpoint answered 200', stderr: '' },
  });

const searchRequest = (port: number, key: string) =>
  Buffer.from(
    `GET /api/v1/search?q=checkout%20endpoint HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\n\r\n`,
  );

async function timed(tenant: Tenant, bytes: Buffer): Promise<number> {
  const started = performance.now();
  const status = await tenant.connection.send(bytes);
  if (status !== 200 && status !== 204) throw new Error(`A request was answered with ${status}.`);
  return performance.now() - started;
}

async function round(worker: WorkerServer, tenant: Tenant, call: string, taken: Taken): Promise<void> {
  const hook = postRequest(worker.port, hookPath, tenant.key, hookBody('organizations', call));
  taken.hooks.push(await timed(tenant, hook));
  taken.searches.push(await timed(tenant, searchRequest(worker.port, tenant.key)));
}

/** An open stream; resolves when its answer has begun. Its end before `close` is a failure. */
function openStream(worker: WorkerServer, { key }: Tenant): Promise<{ close(): void }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${worker.url}/api/v1/stream/events`, { headers: { authorization: `Bearer ${key}` } });
    asked.once('response', (answer) => {
      answer.resume();
      if (answer.statusCode === 200) resolve({ close: () => void asked.destroy() });
      else reject(new Error(`A stream was answered with ${answer.statusCode}.`));
    });
    asked.on('error', reject);
    asked.end();
  });
}

function figuresOf(count: number, { hooks, searches }: Taken, what: string): Figure[] {
  return [
    { name: `${count} organisations ${what}, hook p50`, unit: 'ms', value: percentile(hooks, 0.5) },
    { name: `${count} organisations ${what}, hook p95`, unit: 'ms', value: percentile(hooks, 0.95) },
    { name: `${count} organisations ${what}, search p50`, unit: 'ms', value: percentile(searches, 0.5) },
    { name: `${count} organisations ${what}, search p95`, unit: 'ms', value: percentile(searches, 0.95) },
  ];
}

async function benchCount(count: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  await withTemporaryFolder(async (folder) => {
    const worker = await startWorkerProcess(folder);
    try {
      const before = await weigh(worker);
      const tenants: Tenant[] = [];
      for (let n = 0; n < count; n++) tenants.push(await newTenant(worker, `Team ${n}`));
      const first: Taken = { hooks: [], searches: [] };
      for (const tenant of tenants) await round(worker, tenant, 'first', first);
      const after = await weigh(worker);
      figures.push(
        { name: `${count} organisations, first hook of one`, unit: 'ms', value: percentile(first.hooks, 0.5) },
        { name: `${count} organisations, first search of one`, unit: 'ms', value: percentile(first.searches, 0.5) },
        { name: `${count} organisations, resident memory`, unit: 'MB', value: after.megabytes },
        {
          name: `${count} organisations, resident memory each`,
          unit: 'MB',
          value: (after.megabytes - before.megabytes) / count,
        },
        {
          name: `${count} organisations, threads`,
          unit: '',
          value: after.threads,
          baseline: { name: 'none', value: before.threads },
        },
        {
          name: `${count} organisations, open files`,
          unit: '',
          value: after.files,
          baseline: { name: 'none', value: before.files },
        },
      );

      // One request at a time, each of another organisation: what the order of a list of the last used takes worst.
      const inTurn: Taken = { hooks: [], searches: [] };
      for (let n = 0; n < rounds; n++) for (const tenant of tenants) await round(worker, tenant, `turn-${n}`, inTurn);
      figures.push(...figuresOf(count, inTurn, 'in turn'));

      const atOnce: Taken = { hooks: [], searches: [] };
      const streams = await Promise.all(tenants.map((tenant) => openStream(worker, tenant)));
      const started = performance.now();
      await Promise.all(
        tenants.map(async (tenant) => {
          for (let n = 0; n < rounds; n++) await round(worker, tenant, `once-${n}`, atOnce);
        }),
      );
      const seconds = (performance.now() - started) / 1000;
      figures.push(...figuresOf(count, atOnce, 'at once, a stream each'), {
        name: `${count} organisations at once, a stream each, requests a second`,
        unit: '',
        value: (atOnce.hooks.length + atOnce.searches.length) / seconds,
      });
      const used = await weigh(worker);
      figures.push({ name: `${count} organisations, resident memory after that`, unit: 'MB', value: used.megabytes });
      for (const stream of streams) stream.close();
      for (const { connection } of tenants) connection.close();
    } finally {
      await worker.stop();
    }
  });
  return figures;
}

/** What organisations cost each other: hooks and searches of many, first in turn, then at once with a stream each. */
export async function benchOrganizations(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const count of counts) figures.push(...(await benchCount(count)));
  return figures;
}
