import { z } from 'zod';
import type { ObservationView } from '../../../shared/views.ts';
import { newTag } from '../tags-schema.ts';
import { minuteOf, oneLine } from './tool-text.ts';

/** Fields that several tools take or give. */

export const projectField = z
  .string()
  .trim()
  .min(1)
  .max(4_000)
  .describe('A project by id or name, or a folder in it (your working directory).');

/** As many as a tool takes at once; the contract has more room. */
export const tagsField = z.array(newTag).max(20);

export const idField = z.string().trim().min(1).max(200);

export const timeField = z.iso.datetime({ offset: true }).describe('ISO 8601 with time zone, as 2026-01-31T00:00:00Z.');

export const limitField = (most: number, usual: number) =>
  z.number().int().min(1).max(most).default(usual).describe(`At most this many, up to ${most}.`);

export const cursorField = z.string().max(500).describe('next_cursor of the answer before, for the next page.');

/** One line of an index: enough to choose by, and the id to ask for more with. */
export const indexRow = z.object({
  id: z.string(),
  at: z.string().describe('UTC, to the minute.'),
  type: z.string(),
  title: z.string(),
  project: z.string().optional(),
  failed: z.literal(true).optional(),
});
export type IndexRow = z.output<typeof indexRow>;

const longestTitle = 140;

/** The observation as a line of an index, with its project unless all are of one. */
export function toIndexRow(view: ObservationView, withProject: boolean): IndexRow {
  return {
    id: view.id,
    at: minuteOf(view.occurred_at),
    type: view.type,
    title: oneLine(view.title, longestTitle),
    ...(withProject ? { project: oneLine(view.project.name, 60) } : {}),
    ...(view.failed ? { failed: true as const } : {}),
  };
}

/** `- id 2026-11-20 14:03 change (shop) Title`. */
export function indexLine({ id, at, type, title, project, failed }: IndexRow): string {
  const where = project === undefined ? '' : ` (${project})`;
  return `- ${id} ${at} ${type}${failed === true ? ' FAILED' : ''}${where} ${title}`;
}
