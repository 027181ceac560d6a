import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { found } from '../found.ts';
import type { ApiContext } from '../trpc.ts';
import { builtInTool } from './built-in-tool.ts';
import { findProject } from './find-project.ts';
import { idField, projectField, tagsField } from './tool-fields.ts';
import { oneLine } from './tool-text.ts';

export const saveSessionNoteTool = builtInTool({
  name: 'save_session_note',
  title: 'Save a note of this session',
  description:
    'Writes down where the work stands, as an observation of the session: what was done, what is open, what to do next. Use it ' +
    'before a hand-over or when a long task pauses. Give session_id when you know it, else project (your working directory).',
  input: z.object({
    note: z.string().trim().min(1).max(20_000),
    title: z.string().trim().min(1).max(200).optional().describe('One line; the first line of the note when left out.'),
    session_id: idField.optional(),
    project: projectField.optional(),
    concepts: tagsField.default([]),
    importance: z.number().min(0).max(1).default(0.7),
  }),
  output: z.object({ id: z.string(), session_id: z.string(), title: z.string() }),
  scope: 'write',
  readOnly: false,
  destructive: false,
  idempotent: false,
  operations: ['projects.list', 'sessions.get', 'sessions.list', 'observations.create'],
  async run(ctx, { note, title, session_id, project, concepts, importance }) {
    const session = await sessionFor(ctx, session_id, project);
    const made = await ctx.services.records.createObservation({
      session_id: session,
      type: 'note',
      title: title ?? oneLine(note.split('\n').find((line) => line.trim() !== '') ?? note, 120),
      facts: [],
      narrative: note,
      concepts,
      files_read: [],
      files_changed: [],
      importance,
      failed: false,
    });
    const structured = { id: made.id, session_id: session, title: oneLine(made.title, 200) };
    return { structured, text: `Noted as ${made.id} in session ${session}: ${structured.title}` };
  },
});

/** The session that is named, else the last one of the project: of those in just that folder, when one is given. */
async function sessionFor(ctx: ApiContext, id: string | undefined, project: string | undefined): Promise<string> {
  if (id !== undefined) return found(await ctx.services.read.getSession(id), 'session', id).id;
  const within = await findProject(ctx, project, true);
  if (within === null) {
    throw new TRPCError({ code: 'BAD_REQUEST', message: 'Give session_id, or project (your working directory).' });
  }
  const { data } = await ctx.services.read.listSessions({ project_id: within.id, limit: 20 });
  const [session] = [...data.filter(({ cwd }) => cwd === project), ...data];
  if (session === undefined) {
    throw new TRPCError({
      code: 'NOT_FOUND',
      message: `No session of ${within.name} was recorded. Give session_id, or use remember.`,
    });
  }
  return session.id;
}
