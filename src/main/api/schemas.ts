import { z } from 'zod';
import { memoryEventTypes, observationTypes } from '../../shared/views.ts';

/** Longer queries are cut, not refused: whoever pastes a whole error log still gets an answer. */
const longestQuery = 10_000;

const id = z.string().min(1).max(200);
const limit = z.number().int().min(1).max(200).default(50);
const cursor = z.string().max(500).optional();
const isoTime = z.iso.datetime({ offset: true });

export const sessionListInput = z.object({
  project_id: id.optional(),
  status: z.enum(['active', 'ended']).optional(),
  text: z.string().max(500).optional(),
  since: isoTime.optional(),
  until: isoTime.optional(),
  failed_only: z.boolean().optional(),
  cursor,
  limit,
});

export const timelineInput = z.object({ session_id: id, cursor, limit });

export const idInput = z.object({ id });

export const searchInput = z.object({
  text: z
    .string()
    .max(1_000_000, { error: 'The query is longer than a million characters; paste less of it.' })
    .transform((text) => text.slice(0, longestQuery)),
  filters: z
    .object({
      project_id: id.optional(),
      session_id: id.optional(),
      types: z.array(z.enum(observationTypes)).max(20).optional(),
      tools: z.array(z.string().min(1).max(200)).max(50).optional(),
      file: z.string().max(1000).optional(),
      failed: z.boolean().optional(),
      since: isoTime.optional(),
      until: isoTime.optional(),
    })
    .default({}),
  limit: z.number().int().min(1).max(100).default(20),
  offset: z.number().int().min(0).max(10_000).default(0),
});

export const eventsInput = z.object({
  /** Set by tRPC when a subscription is taken up again. */
  lastEventId: z.coerce.number().int().min(0).nullish(),
  types: z.array(z.enum(memoryEventTypes)).optional(),
  project_id: id.optional(),
  session_id: id.optional(),
});
