import { TRPCError } from '@trpc/server';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z, ZodError } from 'zod';
import { startAnthropicServer } from '../../src/main/ai/testing/anthropic-server.ts';
import type { ModelServer } from '../../src/main/ai/testing/model-server.ts';
import { itemOf } from '../../src/main/api/outputs/shape.ts';
import { type RestOperation, restOperations } from '../../src/main/http/rest/rest-operation.ts';
import { testWorkers, type TestWorker } from '../../src/main/worker/testing/test-worker.ts';
import { plausibleCalls, type KnownIds, type PlausibleCall } from './plausible-calls.ts';
import { callByName, seed } from './seed.ts';

const workers = testWorkers();
const ajv = addFormats(new Ajv2020({ strict: false }));
let model: ModelServer;
let worker: TestWorker;
let operations: Map<string, RestOperation>;
let known: KnownIds;

beforeAll(async () => {
  worker = await workers.start({ startedBy: 'agent' });
  operations = new Map(restOperations(worker.router).map((operation) => [operation.name, operation]));
  model = await startAnthropicServer();
  known = { ...(await seed(worker)), modelUrl: model.url };
});
afterAll(async () => {
  await workers.end();
  await model.close();
});

/** What the operation answers; of a stream, what comes until it ends. */
async function ask({ name, asUser }: PlausibleCall, input: unknown): Promise<unknown> {
  const operation = operations.get(name);
  if (operation === undefined) throw new Error('There is no such operation.');
  const stop = new AbortController();
  const { type, output } = operation;
  const ctx = asUser ? asTheUser() : worker.createContext();
  const sent = operation.input === null ? undefined : input;
  const answer = await callByName(worker, { name, type, input: sent, ctx, signal: stop.signal });
  if (output === null) throw new Error('It says nothing of its answer.');
  const item = itemOf(output);
  if (item === null) {
    mustFit(output, answer);
    return answer;
  }
  let count = 0;
  for await (const value of z.custom<AsyncIterable<unknown>>().parse(answer)) {
    // tRPC wraps what can be taken up again: [id, value, mark].
    mustFit(item, item.parse(Array.isArray(value) ? value[1] : value));
    count += 1;
    if (name === 'events.subscribe' && count === 50) stop.abort();
  }
  expect(count, name).toBeGreaterThan(0);
  return answer;
}

/** The answer as it goes over the wire against what the document will say of it, its times included. */
function mustFit(schema: z.ZodType, answer: unknown): void {
  if (schema instanceof z.ZodVoid) return;
  const fits = ajv.compile(z.toJSONSchema(schema, { io: 'output' }));
  const sent: unknown = JSON.parse(JSON.stringify(answer));
  if (!fits(sent)) throw new Error(ajv.errorsText(fits.errors));
}

function asTheUser(): ReturnType<TestWorker['createContext']> {
  const context = worker.createContext();
  return { ...context, caller: { ...context.caller, kind: 'user', id: known['user'] ?? null, name: 'A reader' } };
}

function reasonOf(error: unknown): string {
  const cause = error instanceof TRPCError && error.cause !== undefined ? error.cause : error;
  if (cause instanceof ZodError) return z.prettifyError(cause);
  return cause instanceof Error ? cause.message : String(cause);
}

// Catches: a service that answers what its schema does not say, which every door would turn into an error of ours.
test('every operation answers what its schema says', async () => {
  expect([...new Set(plausibleCalls.map(({ name }) => name))].toSorted()).toEqual([...operations.keys()].toSorted());
  const wrong: string[] = [];
  for (const call of plausibleCalls) {
    try {
      const answer = await ask(call, call.input(known));
      Object.assign(known, call.learn?.(answer));
    } catch (error) {
      wrong.push(`${call.name}: ${reasonOf(error)}`);
    }
  }
  expect(wrong).toEqual([]);
});
