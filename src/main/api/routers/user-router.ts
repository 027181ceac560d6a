import { z } from 'zod';
import { found } from '../found.ts';
import { userCreateInput, userListInput, userUpdateInput } from '../access-schemas.ts';
import { userOutput, userPageOutput } from '../outputs/access-outputs.ts';
import { idInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'users';

export const userRouter = router({
  list: procedure
    .meta({
      summary: 'The people of the organisation; for the owner, everybody.',
      tag,
      scope: 'admin',
      rest: { method: 'GET', path: '/users' },
    })
    .input(userListInput)
    .output(userPageOutput)
    .query(({ ctx, input }) => ctx.services.users.list(ctx.caller, input)),
  get: procedure
    .meta({ summary: 'One user.', tag, scope: 'admin', rest: { method: 'GET', path: '/users/{id}' } })
    .input(idInput)
    .output(userOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.users.get(ctx.caller, input.id), 'user', input.id)),
  create: procedure
    .meta({
      summary: 'Adds a user to the organisation.',
      tag,
      scope: 'admin',
      rest: { method: 'POST', path: '/users', status: 201 },
    })
    .input(userCreateInput)
    .output(userOutput)
    .mutation(({ ctx, input }) => ctx.services.users.create(ctx.caller, input)),
  update: procedure
    .meta({
      summary: 'Changes a user: name, address, password, role, or whether it may log in.',
      tag,
      scope: 'admin',
      target: 'id',
      rest: { method: 'PATCH', path: '/users/{id}', body: 'change' },
    })
    .input(userUpdateInput)
    .output(userOutput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.users.update(ctx.caller, input.id, input.change), 'user', input.id),
    ),
  delete: procedure
    .meta({
      summary: 'Takes a user out; its logins end at once.',
      tag,
      scope: 'admin',
      target: 'id',
      rest: { method: 'DELETE', path: '/users/{id}', status: 204 },
    })
    .input(idInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      found((await ctx.services.users.delete(ctx.caller, input.id)) || null, 'user', input.id);
    }),
});
