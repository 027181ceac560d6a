import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorkerProcess, type WorkerServer } from '../../../bench/lib/child-server.ts';
import { sendAll } from '../../../bench/lib/load.ts';
import { mintEvents } from '../../../bench/lib/recorded-events.ts';
import { bearer, send } from '../request.ts';
import { growthMb, inspectProcess, inspectorUrl, type Inspected } from './kept-memory.ts';
import { parseDocument, routesOf } from './openapi.ts';
import { fuzz } from './run-fuzz.ts';
import { requestsOf } from './requests.ts';

const requestCount = 20_000;
/** Another one with: FUZZ_SEED=7 npx vitest run e2e/contract/fuzz. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_121);
/**
 * Of what a collection leaves, in the second half, when all caches are full; a leak of a kilobyte a request would be 10.
 * The resident memory says nothing: it goes up and down by hundreds with the moment of the collector and the pages of the file.
 */
const mostGrowthMb = 5;
const withinMs = 600_000;

const folder = mkdtempSync(join(tmpdir(), 'cmem-fuzz-'));
let worker: WorkerServer;
let inside: Inspected;

beforeAll(async () => {
  worker = await startWorkerProcess(folder, { NODE_OPTIONS: '--inspect=127.0.0.1:0' });
  inside = await inspectProcess(inspectorUrl(worker.errors()) ?? '');
  await sendAll(worker, mintEvents(120), 4);
});
afterAll(async () => {
  inside.close();
  await worker.stop();
  rmSync(folder, { recursive: true, force: true });
});

// Catches: an input that no schema thought of and that ends in a crash, a 500, a stack trace, or memory that stays.
test(
  `${requestCount} generated requests: no 5xx, no crash, no leak`,
  async () => {
    const token = bearer(worker.ownerToken);
    const answer = await send(worker.port, '/api/v1/openapi.json', { headers: token });
    const document = parseDocument(answer.text);
    const routes = routesOf(document);
    expect(routes.length).toBeGreaterThan(100);

    const ids = await knownIds(worker.port, token);
    expect(ids.length).toBeGreaterThan(5);
    const each = Math.ceil(requestCount / routes.length);
    const requests = routes.flatMap((route, index) =>
      fc.sample(requestsOf(route, document, ids), { numRuns: each, seed: seed + index }),
    );
    const order =
      fc.sample(fc.shuffledSubarray(requests, { minLength: requests.length }), { numRuns: 1, seed })[0] ?? [];
    const half = Math.floor(order.length / 2);

    const warm = await fuzz(worker.port, worker.ownerToken, order.slice(0, half));
    const before = await inside.kept();
    const rest = await fuzz(worker.port, worker.ownerToken, order.slice(half));
    const after = await inside.kept();

    expect([...warm.complaints, ...rest.complaints].join('\n'), worker.errors()).toBe('');
    expect(warm.count + rest.count).toBeGreaterThanOrEqual(requestCount);
    // It did more than to refuse.
    expect(rest.byStatus.get(200) ?? 0).toBeGreaterThan(1_000);
    expect(rest.byStatus.get(400) ?? 0).toBeGreaterThan(1_000);
    const byThread = JSON.stringify({ before: [...before], after: [...after] });
    expect(growthMb(before, after), byThread).toBeLessThan(mostGrowthMb);
    const health = await send(worker.port, '/api/v1/health/ready');
    expect(health.status).toBe(200);
  },
  withinMs,
);

/** Ids of the first rows of every list. */
async function knownIds(port: number, headers: Record<string, string>): Promise<string[]> {
  const lists = ['sessions', 'observations', 'prompts', 'messages', 'projects', 'memories', 'learnings', 'jobs'];
  const found = await Promise.all(
    lists.map(async (list) => {
      const { text } = await send(port, `/api/v1/${list}?limit=5`, { headers });
      return [...text.matchAll(/"id":"([^"]{8,80})"/g)].map((match) => match[1] ?? '');
    }),
  );
  return [...new Set(found.flat())].slice(0, 60);
}
