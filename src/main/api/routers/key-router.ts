import { found } from '../found.ts';
import { keyCreateInput, keyListInput, keyRotateInput, keyUpdateInput } from '../access-schemas.ts';
import { apiKeyOutput, apiKeyPageOutput, newApiKeyOutput } from '../outputs/access-outputs.ts';
import { idInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'keys';

export const keyRouter = router({
  list: procedure
    .meta({
      summary: 'API keys of the organisation; never the keys themselves.',
      tag,
      scope: 'admin',
      rest: { method: 'GET', path: '/keys' },
    })
    .input(keyListInput)
    .output(apiKeyPageOutput)
    .query(({ ctx, input }) => ctx.services.keys.list(ctx.caller, input)),
  get: procedure
    .meta({ summary: 'One API key.', tag, scope: 'admin', rest: { method: 'GET', path: '/keys/{id}' } })
    .input(idInput)
    .output(apiKeyOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.keys.get(ctx.caller, input.id), 'key', input.id)),
  create: procedure
    .meta({
      summary: 'Makes a key; the answer is the only place that tells it.',
      tag,
      scope: 'admin',
      rest: { method: 'POST', path: '/keys', status: 201, made: { path: '/keys/{id}', id: 'api_key.id' } },
    })
    .input(keyCreateInput)
    .output(newApiKeyOutput)
    .mutation(({ ctx, input }) => ctx.services.keys.create(ctx.caller, input)),
  update: procedure
    .meta({
      summary: 'Changes name, scopes, limit or expiry.',
      tag,
      scope: 'admin',
      target: 'id',
      rest: { method: 'PATCH', path: '/keys/{id}', body: 'change' },
    })
    .input(keyUpdateInput)
    .output(apiKeyOutput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.keys.update(ctx.caller, input.id, input.change), 'key', input.id),
    ),
  revoke: procedure
    .meta({
      summary: 'Ends a key at once.',
      tag,
      scope: 'admin',
      target: 'id',
      rest: { method: 'DELETE', path: '/keys/{id}' },
    })
    .input(idInput)
    .output(apiKeyOutput)
    .mutation(async ({ ctx, input }) => found(await ctx.services.keys.revoke(ctx.caller, input.id), 'key', input.id)),
  rotate: procedure
    .meta({
      summary: 'A new key with the same rights; the old one works on for a while.',
      tag,
      scope: 'admin',
      target: 'id',
      rest: { method: 'POST', path: '/keys/{id}/rotate', status: 201, made: { path: '/keys/{id}', id: 'api_key.id' } },
    })
    .input(keyRotateInput)
    .output(newApiKeyOutput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.keys.rotate(ctx.caller, input.id, input.grace_seconds), 'key', input.id),
    ),
});
