import { z } from 'zod';
import { type AgentView, agentStates } from '../../../shared/agent-views.ts';
import { isoTime, pageOf, shapeOf } from './shape.ts';

export const agentOutput = shapeOf<AgentView>()(
  'Agent',
  z.object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    state: z.enum(agentStates),
    session_count: z.int(),
    observation_count: z.int(),
    dropped_count: z.int(),
    first_seen_at: isoTime.nullable(),
    last_active_at: isoTime.nullable(),
    created_at: isoTime,
    updated_at: isoTime,
  }),
);

export const agentPageOutput = pageOf(agentOutput);
