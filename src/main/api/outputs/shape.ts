import { z } from 'zod';
import type { Page } from '../../../shared/views.ts';

/**
 * The schema of a view. Does not compile when the two differ: `shapeOf<MemoryView>()('Memory', z.object({…}))`.
 * The name is that of the component in the OpenAPI document.
 */
export function shapeOf<View>() {
  return <Schema extends z.ZodType<View>>(
    name: string,
    schema: Schema & (View extends z.output<Schema> ? unknown : never),
  ): Schema => schema.meta({ id: name });
}

export const isoTime = z.iso.datetime({ offset: true });

export const projectRef = z.object({ id: z.string(), name: z.string() }).meta({ id: 'ProjectRef' });

const pagination = z
  .object({
    page: z.int(),
    limit: z.int(),
    total: z.int(),
    total_pages: z.int(),
    has_next: z.boolean(),
    has_prev: z.boolean(),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'Pagination' }) satisfies z.ZodType<Page<unknown>['pagination']>;

/** A page of such rows. */
export function pageOf<Schema extends z.ZodType>(row: Schema) {
  return z.object({ data: z.array(row), pagination });
}
