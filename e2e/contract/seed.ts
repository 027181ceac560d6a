import { callTRPCProcedure } from '@trpc/server';
import { z } from 'zod';
import type { ApiContext } from '../../src/main/api/trpc.ts';
import { recordedHooks, recordedSessions } from '../../src/main/capture/testing/recorded.ts';
import type { TestWorker } from '../../src/main/worker/testing/test-worker.ts';
import { until } from '../driver/until.ts';
import type { KnownIds } from './plausible-calls.ts';

/** Gives a memory recorded sessions, waits until they are understood, and leaves an agent that waits for a permission. */
export async function seed({ client, dataDir, hook }: TestWorker): Promise<KnownIds> {
  const recorded = recordedSessions.flatMap((session) => recordedHooks(session));
  const isAsking = (body: string) => body.includes('"hook_event_name":"PermissionRequest"');
  for (const body of recorded) if (!isAsking(body)) await hook(body);
  await client.permissions.setSettings.mutate({ enabled: true, wait_seconds: 600, notify: false });
  // Answered when somebody decides, or when the worker closes.
  for (const body of recorded.filter(isAsking)) void hook(body).catch(() => {});
  const first = (what: string, list: () => Promise<{ data: { id: string }[] }>) =>
    until(what, async () => (await list()).data[0]?.id);
  const [entity, neighbour] = await until('the graph has entities', async () => {
    const { data } = await client.graph.entities.query({});
    return data.length > 1 ? data : undefined;
  });
  const [session] = (await client.sessions.list.query({})).data;
  return z.record(z.string(), z.string()).parse({
    session: session?.id,
    project: session?.project.id,
    observation: await first('an observation', () => client.observations.list.query({})),
    prompt: await first('a prompt', () => client.prompts.list.query({})),
    message: await first('a message', () => client.messages.list.query({})),
    summary: await first('a summary', () => client.summaries.list.query({ scope: 'session' })),
    permission: await first('a held request', () => client.permissions.list.query({ states: ['pending'] })),
    entity: entity?.id,
    neighbour: neighbour?.id,
    file: `${dataDir}/CLAUDE.md`,
  });
}

export interface NamedCall {
  name: string;
  type: 'query' | 'mutation' | 'subscription';
  input: unknown;
  /** The owner's when left out. */
  ctx?: ApiContext;
  signal?: AbortSignal;
}

/** Calls an operation of the contract in the worker's own process. */
export function callByName(
  worker: TestWorker,
  { name, type, input, ctx = worker.createContext(), signal }: NamedCall,
): Promise<unknown> {
  return callTRPCProcedure({
    router: worker.router,
    path: name,
    type,
    ctx,
    getRawInput: () => Promise.resolve(input),
    signal,
    batchIndex: 0,
  });
}
