import { z } from 'zod';
import { found } from '../found.ts';
import {
  memberListInput,
  memberRemoveInput,
  memberSetInput,
  organizationCreateInput,
  organizationUpdateInput,
  pageInput,
} from '../access-schemas.ts';
import {
  memberOutput,
  memberPageOutput,
  organizationOutput,
  organizationPageOutput,
} from '../outputs/access-outputs.ts';
import { idInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'organizations';

export const organizationRouter = router({
  list: procedure
    .meta({
      summary: 'The organisations of the caller; for the owner, all.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/organizations' },
    })
    .input(pageInput)
    .output(organizationPageOutput)
    .query(({ ctx, input }) => ctx.services.organizations.list(ctx.caller, input)),
  get: procedure
    .meta({ summary: 'One organisation.', tag, scope: 'read', rest: { method: 'GET', path: '/organizations/{id}' } })
    .input(idInput)
    .output(organizationOutput)
    .query(async ({ ctx, input }) =>
      found(await ctx.services.organizations.get(ctx.caller, input.id), 'organisation', input.id),
    ),
  create: procedure
    .meta({
      summary: 'Makes an organisation with a memory of its own.',
      tag,
      scope: 'owner',
      rest: { method: 'POST', path: '/organizations', status: 201 },
    })
    .input(organizationCreateInput)
    .output(organizationOutput)
    .mutation(({ ctx, input }) => ctx.services.organizations.create(ctx.caller, input)),
  update: procedure
    .meta({
      summary: 'Renames an organisation.',
      tag,
      scope: 'admin',
      target: 'id',
      rest: { method: 'PATCH', path: '/organizations/{id}', body: 'change' },
    })
    .input(organizationUpdateInput)
    .output(organizationOutput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.organizations.update(ctx.caller, input.id, input.change), 'organisation', input.id),
    ),
  delete: procedure
    .meta({
      summary: 'Deletes an organisation with its memory, keys and memberships.',
      tag,
      scope: 'owner',
      target: 'id',
      rest: { method: 'DELETE', path: '/organizations/{id}', status: 204 },
    })
    .input(idInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      found((await ctx.services.organizations.delete(ctx.caller, input.id)) || null, 'organisation', input.id);
    }),
  members: procedure
    .meta({
      summary: 'Who is in it, and as what.',
      tag,
      scope: 'admin',
      rest: { method: 'GET', path: '/organizations/{id}/members' },
    })
    .input(memberListInput)
    .output(memberPageOutput)
    .query(async ({ ctx, input }) =>
      found(await ctx.services.organizations.members(ctx.caller, input.id, input), 'organisation', input.id),
    ),
  setMember: procedure
    .meta({
      summary: 'Adds a member or changes its role.',
      tag,
      scope: 'admin',
      target: 'user_id',
      rest: { method: 'PUT', path: '/organizations/{id}/members/{user_id}' },
    })
    .input(memberSetInput)
    .output(memberOutput)
    .mutation(async ({ ctx, input: { id, ...member } }) => {
      const { organizations } = ctx.services;
      const set = await organizations.setMember(ctx.caller, id, member);
      // Which of the two is not there is looked for only then.
      if (set === null) found(await organizations.get(ctx.caller, id), 'organisation', id);
      return found(set, 'user', member.user_id);
    }),
  removeMember: procedure
    .meta({
      summary: 'Takes a member out of it.',
      tag,
      scope: 'admin',
      target: 'user_id',
      rest: { method: 'DELETE', path: '/organizations/{id}/members/{user_id}', status: 204 },
    })
    .input(memberRemoveInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      found(
        (await ctx.services.organizations.removeMember(ctx.caller, input.id, input.user_id)) || null,
        'member',
        input.user_id,
      );
    }),
});
