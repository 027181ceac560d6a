import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorkerProcess, type WorkerServer } from '../../../bench/lib/child-server.ts';
import { sendAll } from '../../../bench/lib/load.ts';
import { mintEvents } from '../../../bench/lib/recorded-events.ts';
import { bearer, send } from '../request.ts';
import { fuzz, residentMb } from './run-fuzz.ts';
import { parseDocument, routesOf } from './openapi.ts';
import { requestsOf } from './requests.ts';

const requestCount = 20_000;
/** Another one with: FUZZ_SEED=7 npm test -- fuzz. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_121);
/** Between the end of the first tenth and the end of all; a leak of a kilobyte a request would be 18 MB. */
const mostGrowthMb = 150;
const withinMs = 300_000;

const folder = mkdtempSync(join(tmpdir(), 'cmem-fuzz-'));
let worker: WorkerServer;

beforeAll(async () => {
  worker = await startWorkerProcess(folder);
  await sendAll(worker, mintEvents(120), 4);
});
afterAll(async () => {
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
    const tenth = Math.floor(order.length / 10);

    const warm = await fuzz(worker.port, worker.ownerToken, order.slice(0, tenth));
    const before = await residentMb(worker.port, worker.ownerToken);
    const rest = await fuzz(worker.port, worker.ownerToken, order.slice(tenth));
    const after = await residentMb(worker.port, worker.ownerToken);

    expect([...warm.complaints, ...rest.complaints]).toEqual([]);
    expect(warm.count + rest.count).toBeGreaterThanOrEqual(requestCount);
    // It did more than to refuse.
    expect(rest.byStatus.get(200) ?? 0).toBeGreaterThan(1_000);
    expect(rest.byStatus.get(400) ?? 0).toBeGreaterThan(1_000);
    expect(after - before).toBeLessThan(mostGrowthMb);
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
