import { z } from 'zod';
import type { ActivityView, GrowthPoint, StatsOverview } from '../../../shared/stats-views.ts';
import { isoTime, shapeOf } from './shape.ts';

export const statsOverviewOutput = shapeOf<StatsOverview>()(
  'StatsOverview',
  z.object({
    sessions: z.int(),
    active_sessions: z.int(),
    prompts: z.int(),
    messages: z.int(),
    observations: z.int(),
    failures: z.int(),
    summaries: z.int(),
    learnings: z.object({ proposed: z.int(), approved: z.int(), total: z.int() }),
    memories: z.int(),
    entities: z.int(),
    projects: z.int(),
    agents: z.int(),
    database_bytes: z.int(),
    first_event_at: isoTime.nullable(),
    last_event_at: isoTime.nullable(),
  }),
);

export const growthPointOutput = shapeOf<GrowthPoint>()(
  'GrowthPoint',
  z.object({
    at: isoTime,
    sessions: z.int(),
    observations: z.int(),
    learnings: z.int(),
    memories: z.int(),
    total_observations: z.int(),
    database_bytes: z.int().nullable(),
  }),
);

export const activityOutput = shapeOf<ActivityView>()(
  'Activity',
  z.object({
    hours: z.array(z.array(z.number())),
    tools: z.array(z.object({ tool: z.string(), count: z.int(), failure_count: z.int() })),
    types: z.array(z.object({ type: z.string(), count: z.int() })),
    projects: z.array(z.object({ id: z.string(), name: z.string(), count: z.int() })),
    agents: z.array(z.object({ name: z.string(), count: z.int() })),
  }),
);

export const growthOutput = z.array(growthPointOutput);
