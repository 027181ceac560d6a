import { z } from 'zod';
import { found } from '../found.ts';
import { agentOutput, agentPageOutput } from '../outputs/agent-outputs.ts';
import { messagePageOutput } from '../outputs/record-outputs.ts';
import {
  agentCreateInput,
  agentListInput,
  agentMessagesInput,
  agentStateInput,
  agentUpdateInput,
} from '../record-schemas.ts';
import { idInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'agents';

export const agentRouter = router({
  list: procedure
    .meta({
      summary: 'Programs that use the memory, the last active first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/agents' },
    })
    .input(agentListInput)
    .output(agentPageOutput)
    .query(({ ctx, input }) => ctx.services.agents.list(input)),
  get: procedure
    .meta({ summary: 'One agent.', tag, scope: 'read', rest: { method: 'GET', path: '/agents/{id}' } })
    .input(idInput)
    .output(agentOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.agents.get(input.id), 'agent', input.id)),
  create: procedure
    .meta({
      summary: 'Registers an agent.',
      tag,
      scope: 'write',
      rest: { method: 'POST', path: '/agents', status: 201 },
    })
    .input(agentCreateInput)
    .output(agentOutput)
    .mutation(({ ctx, input }) => ctx.services.agents.create(input)),
  update: procedure
    .meta({
      summary: 'Changes what is known of an agent.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'PATCH', path: '/agents/{id}', body: 'change' },
    })
    .input(agentUpdateInput)
    .output(agentOutput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.agents.update(input.id, input.change), 'agent', input.id),
    ),
  setState: procedure
    .meta({
      summary: 'Disables an agent, whose sessions are then no longer taken, or lets it in again.',
      tag,
      scope: 'admin',
      target: 'id',
      rest: { method: 'PUT', path: '/agents/{id}/state' },
    })
    .input(agentStateInput)
    .output(agentOutput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.agents.setState(input.id, input.state), 'agent', input.id),
    ),
  messages: procedure
    .meta({
      summary: 'What an agent said, newest first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/agents/{id}/messages' },
    })
    .input(agentMessagesInput)
    .output(messagePageOutput)
    .query(async ({ ctx, input: { id, ...page } }) => {
      const agent = found(await ctx.services.agents.get(id), 'agent', id);
      return ctx.services.records.listMessages({ ...page, agent: agent.name });
    }),
  delete: procedure
    .meta({
      summary: 'Takes an agent without sessions off the list.',
      tag,
      scope: 'admin',
      target: 'id',
      rest: { method: 'DELETE', path: '/agents/{id}', status: 204 },
    })
    .input(idInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      found((await ctx.services.agents.delete(input.id)) || null, 'agent', input.id);
    }),
});
