import type { TrackedEnvelope } from '@trpc/server';
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

/**
 * ISO 8601, as the document says; not looked at here, so that one odd row of an old file does not keep a whole list from being
 * read. e2e/contract/outputs.test.ts looks at it.
 */
export const isoTime = z.string().meta({ format: 'date-time' });

/** 0 to 1; not looked at here either. */
export const unit = z.number().meta({ minimum: 0, maximum: 1 });

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

const items = new WeakMap<z.ZodType, z.ZodType>();

/** What a subscription yields, one `item` after the other. They are trusted here: whoever makes them is held by their type. */
export function streamOf<Item extends z.ZodType>(item: Item) {
  return withItem(z.custom<AsyncIterable<z.output<Item>>>(isAsyncIterable), item);
}

/** The same for items that carry an id by which tRPC takes the subscription up again. */
export function trackedStreamOf<Item extends z.ZodType>(item: Item) {
  return withItem(z.custom<AsyncIterable<TrackedEnvelope<z.output<Item>>>>(isAsyncIterable), item);
}

/** The schema of one item of a stream; null for what is no stream. */
export function itemOf(output: z.ZodType): z.ZodType | null {
  return items.get(output) ?? null;
}

function withItem<Schema extends z.ZodType>(stream: Schema, item: z.ZodType): Schema {
  items.set(stream, item);
  return stream;
}

function isAsyncIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
