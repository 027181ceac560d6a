import { z } from 'zod';
import {
  type EntityView,
  type GraphView,
  type RankedEntity,
  type RelationView,
  entityKinds,
  relationTypes,
} from '../../../shared/graph-views.ts';
import { isoTime, pageOf, projectRef, shapeOf, unit } from './shape.ts';

export const entityOutput = shapeOf<EntityView>()(
  'Entity',
  z.object({
    id: z.string(),
    kind: z.enum(entityKinds),
    name: z.string(),
    project: projectRef.nullable(),
    mentions: z.number(),
    last_seen_at: isoTime,
  }),
);

export const relationOutput = shapeOf<RelationView>()(
  'Relation',
  z.object({
    from: z.string(),
    to: z.string(),
    type: z.enum(relationTypes),
    weight: unit,
    evidence_count: z.int(),
    evidence: z.array(z.string()),
  }),
);

export const graphOutput = shapeOf<GraphView>()(
  'Graph',
  z.object({
    entities: z.array(entityOutput),
    relations: z.array(relationOutput),
    truncated: z.boolean(),
  }),
);

export const rankedEntityOutput = shapeOf<RankedEntity>()(
  'RankedEntity',
  z.object({
    entity: entityOutput,
    score: z.number(),
  }),
);

export const entityPageOutput = pageOf(entityOutput);

export const rankOutput = z.array(rankedEntityOutput);
