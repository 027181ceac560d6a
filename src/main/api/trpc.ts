import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { ZodError, z } from 'zod';
import { type Caller, isOwner } from '../access/caller.ts';
import type { OperationMeta } from './operation.ts';
import { sentenceOf } from './input-sentences.ts';
import type { Services } from './services.ts';

export interface ApiContext {
  /** The door that the call came through. */
  origin: 'ipc' | 'http' | 'mcp';
  caller: Caller;
  /** Of the caller's organisation. */
  services: Services;
  requestId: string;
  /** Where it came from; null inside the process. */
  address: string | null;
}

// For every input of the contract, through whichever door it comes.
z.config({ customError: sentenceOf });

/** What it says of an input that it cannot read is about its own code, and no use to whoever sent it. */
function deserialize(sent: Parameters<typeof superjson.deserialize>[0]): unknown {
  try {
    return superjson.deserialize(sent);
  } catch (cause) {
    throw new TRPCError({
      code: 'BAD_REQUEST',
      message: 'The input is not as superjson writes it: {"json":…}.',
      cause,
    });
  }
}

const trpc = initTRPC
  .context<ApiContext>()
  .meta<OperationMeta>()
  .create({
    transformer: { serialize: superjson.serialize, deserialize },
    errorFormatter: ({ shape, error }) => ({
      // One readable sentence instead of zod's JSON; the window and the CLI show it as it is.
      ...shape,
      message: error.cause instanceof ZodError ? z.prettifyError(error.cause) : shape.message,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path },
    }),
  });

export const router = trpc.router;

/** Every operation passes here, through whichever door: who may, and what is written down about it. */
export const procedure = trpc.procedure.use(async ({ ctx, meta, path, type, next, getRawInput }) => {
  const refusal = refusalOf(ctx.caller, meta);
  if (refusal !== null) throw recorded(ctx, path, refusal);
  // What is open to all, logins, is written down by whoever knows who it was.
  if (type !== 'mutation' || meta?.scope === 'public') return next();
  const entry = { caller: ctx.caller, action: path, requestId: ctx.requestId, address: ctx.address };
  const result = await next();
  if (meta?.isRoutine === true && result.ok) return result;
  const given = await getRawInput();
  const asked = meta?.target === undefined ? null : idIn(given, meta.target);
  const target = asked ?? (result.ok ? idOfNew(result.data) : null);
  if (result.ok) {
    const decision = meta?.decision === undefined ? null : idIn(given, meta.decision);
    ctx.services.audit.record({ ...entry, target, outcome: 'done', code: decision?.toUpperCase() ?? null });
    return result;
  }
  const { code } = result.error;
  ctx.services.audit.record({ ...entry, target, outcome: refusals.has(code) ? 'refused' : 'failed', code });
  return result;
});

/** Said by a service that knows more of the case than the scope does. */
const refusals: ReadonlySet<string> = new Set(['UNAUTHORIZED', 'FORBIDDEN', 'TOO_MANY_REQUESTS']);

/** For doors that look at the input themselves: whoever may not is told nothing about it. Throws FORBIDDEN. */
export function assertMayCall(ctx: ApiContext, path: string, meta: OperationMeta): void {
  const refusal = refusalOf(ctx.caller, meta);
  if (refusal !== null) throw recorded(ctx, path, refusal);
}

function recorded({ caller, services, requestId, address }: ApiContext, path: string, refusal: TRPCError): TRPCError {
  const { code } = refusal;
  services.audit.record({ caller, action: path, target: null, outcome: 'refused', code, requestId, address });
  return refusal;
}

function refusalOf(caller: Caller, meta: OperationMeta | undefined): TRPCError | null {
  const scope = meta?.scope ?? 'owner';
  if (scope === 'public' || isOwner(caller)) return null;
  if (scope !== 'owner' && caller.scopes.has(scope)) return null;
  return new TRPCError({
    code: 'FORBIDDEN',
    message:
      scope === 'owner'
        ? 'Only the owner of this memory may do that: use the owner token (cmem token prints it).'
        : `This needs the scope "${scope}", which ${caller.name} does not have.`,
  });
}

/** Of what was made: its own, or that of the row beside a key that is told once. */
function idOfNew(made: unknown): string | null {
  const own = idIn(made, 'id');
  if (own !== null || typeof made !== 'object' || made === null) return own;
  return idIn(Reflect.get(made, 'api_key'), 'id');
}

function idIn(input: unknown, field: string): string | null {
  const value: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, field) : null;
  if (typeof value === 'string') return value.slice(0, 200);
  return Array.isArray(value) ? value.slice(0, 20).join(',').slice(0, 1_000) : null;
}
