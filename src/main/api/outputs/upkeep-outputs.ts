import { z } from 'zod';
import { type AgingItem, type AgingPolicy, type AgingReport, agingActions } from '../../../shared/upkeep-views.ts';
import { isoTime, shapeOf, unit } from './shape.ts';

export const agingPolicyOutput = shapeOf<AgingPolicy>()(
  'AgingPolicy',
  z.object({
    half_life_days: z.record(z.string(), z.number()),
    expire_proposals_after_days: z.number().nullable(),
    archive_memories_below: z.number().nullable(),
    delete_observations_below: z.number().nullable(),
    merge_above: z.number().nullable(),
  }),
);

export const agingItemOutput = shapeOf<AgingItem>()(
  'AgingItem',
  z.object({
    action: z.enum(agingActions),
    target_id: z.string(),
    label: z.string(),
    strength: unit.nullable(),
    reason: z.string(),
  }),
);

export const agingReportOutput = shapeOf<AgingReport>()(
  'AgingReport',
  z.object({
    policy: agingPolicyOutput,
    counts: z.record(z.enum(agingActions), z.number()),
    items: z.array(agingItemOutput),
    strengths: z.record(z.enum(['observations', 'learnings', 'memories']), z.array(z.number())),
    made_at: isoTime,
  }),
);
