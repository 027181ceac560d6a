import { z } from 'zod';
import { found } from '../found.ts';
import {
  permissionRequestOutput,
  permissionRequestPageOutput,
  permissionRuleOutput,
  permissionRulesOutput,
  permissionSettingsOutput,
} from '../outputs/permission-outputs.ts';
import {
  permissionDecideInput,
  permissionListInput,
  permissionSettingsInput,
  ruleCreateInput,
  ruleListInput,
  ruleUpdateInput,
} from '../record-schemas.ts';
import { idInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'permissions';

export const permissionRouter = router({
  list: procedure
    .meta({
      summary: 'What agents asked for, newest first; `states=pending` for what waits.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/permissions' },
    })
    .input(permissionListInput)
    .output(permissionRequestPageOutput)
    .query(({ ctx, input }) => ctx.services.permissions.list(input)),
  get: procedure
    .meta({
      summary: 'One permission request.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/permissions/{id}' },
    })
    .input(idInput)
    .output(permissionRequestOutput)
    .query(async ({ ctx, input }) =>
      found(await ctx.services.permissions.get(input.id), 'permission request', input.id),
    ),
  decide: procedure
    .meta({
      summary: 'Answers an agent that waits.',
      tag,
      scope: 'decide',
      target: 'id',
      decision: 'behavior',
      rest: { method: 'POST', path: '/permissions/{id}/decision' },
    })
    .input(permissionDecideInput)
    .output(permissionRequestOutput)
    .mutation(async ({ ctx, input: { id, ...decision } }) =>
      found(await ctx.services.permissions.decide(id, decision, ctx.caller), 'permission request', id),
    ),
  rules: procedure
    .meta({
      summary: 'The rules that decide without asking, the most particular first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/permission-rules' },
    })
    .input(ruleListInput)
    .output(permissionRulesOutput)
    .query(({ ctx, input }) => ctx.services.permissions.rules(input)),
  getRule: procedure
    .meta({
      summary: 'One rule.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/permission-rules/{id}' },
    })
    .input(idInput)
    .output(permissionRuleOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.permissions.rule(input.id), 'rule', input.id)),
  createRule: procedure
    .meta({
      summary: 'Adds a rule.',
      tag,
      scope: 'decide',
      rest: { method: 'POST', path: '/permission-rules', status: 201 },
    })
    .input(ruleCreateInput)
    .output(permissionRuleOutput)
    .mutation(({ ctx, input }) => ctx.services.permissions.createRule(input)),
  updateRule: procedure
    .meta({
      summary: 'Changes a rule.',
      tag,
      scope: 'decide',
      target: 'id',
      rest: { method: 'PATCH', path: '/permission-rules/{id}', body: 'change' },
    })
    .input(ruleUpdateInput)
    .output(permissionRuleOutput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.permissions.updateRule(input.id, input.change), 'rule', input.id),
    ),
  deleteRule: procedure
    .meta({
      summary: 'Deletes a rule.',
      tag,
      scope: 'decide',
      target: 'id',
      rest: { method: 'DELETE', path: '/permission-rules/{id}', status: 204 },
    })
    .input(idInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      found((await ctx.services.permissions.deleteRule(input.id)) || null, 'rule', input.id);
    }),
  settings: procedure
    .meta({
      summary: 'Whether agents are answered here, and how long they wait.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/permission-settings' },
    })
    .output(permissionSettingsOutput)
    .query(({ ctx }) => ctx.services.permissions.settings()),
  setSettings: procedure
    .meta({
      summary: 'Says whether agents are answered here, and how long they wait.',
      tag,
      scope: 'decide',
      rest: { method: 'PUT', path: '/permission-settings' },
    })
    .input(permissionSettingsInput)
    .output(permissionSettingsOutput)
    .mutation(({ ctx, input }) => ctx.services.permissions.setSettings(input)),
});
