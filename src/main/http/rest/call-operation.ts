import { callTRPCProcedure } from '@trpc/server';
import type { Context } from 'hono';
import type { AppRouter } from '../../api/router.ts';
import type { AppVariables } from '../app.ts';
import type { RestOperation } from './rest-operation.ts';

/** Calls an operation of the contract with the rights of the request's caller. Rejects with `TRPCError`. */
export async function callOperation(
  c: Context<{ Variables: AppVariables }>,
  router: AppRouter,
  { name, type }: Pick<RestOperation, 'name' | 'type'>,
  input: unknown,
  stop: AbortController,
): Promise<unknown> {
  const { signal } = c.req.raw;
  if (signal.aborted) stop.abort();
  else signal.addEventListener('abort', () => stop.abort(), { once: true });
  const result: unknown = await callTRPCProcedure({
    router,
    path: name,
    type,
    ctx: c.get('api'),
    getRawInput: () => Promise.resolve(input),
    signal: stop.signal,
    batchIndex: 0,
  });
  return result;
}
