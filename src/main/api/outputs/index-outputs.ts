import { z } from 'zod';
import type { IndexReport } from '../../../shared/index-views.ts';
import { shapeOf } from './shape.ts';

export const indexReportOutput = shapeOf<IndexReport>()(
  'IndexReport',
  z.object({
    lexical: z.object({ rows: z.int(), missing: z.int(), stale: z.int(), ghosts: z.int() }),
    vectors: z
      .object({
        model_id: z.string(),
        rows: z.int(),
        waiting: z.int(),
        stale: z.int(),
        ghosts: z.int(),
      })
      .nullable(),
    took_ms: z.number(),
  }),
);
