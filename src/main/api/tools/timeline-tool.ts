import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { found } from '../found.ts';
import { builtInTool } from './built-in-tool.ts';
import { idField, indexLine, indexRow, timeField, toIndexRow } from './tool-fields.ts';
import { minuteOf, oneLine } from './tool-text.ts';

const span = (what: string) => z.number().int().min(0).max(30).default(8).describe(`How many ${what}, up to 30.`);

export const timelineTool = builtInTool({
  name: 'timeline',
  title: 'What came before and after',
  description:
    'Shows what happened in the same session before and after an observation (observation_id from search), or around a time ' +
    'in a session (session_id, and at; without at its end). One short line each; get_observations has the details.',
  input: z.object({
    observation_id: idField.optional(),
    session_id: idField.optional(),
    at: timeField.optional(),
    before: span('before it'),
    after: span('after it'),
  }),
  output: z.object({
    session: z.object({
      id: z.string(),
      title: z.string().nullable(),
      project: z.string(),
      started: z.string(),
      status: z.enum(['active', 'ended']),
    }),
    rows: z.array(indexRow.extend({ anchor: z.literal(true).optional() })),
    earlier: z.int().describe('How many more there are before these.'),
    later: z.int(),
  }),
  scope: 'read',
  readOnly: true,
  destructive: false,
  idempotent: true,
  operations: ['observations.around', 'sessions.get'],
  async run({ services }, { observation_id, session_id, at, before, after }) {
    if ((observation_id === undefined) === (session_id === undefined)) {
      throw new TRPCError({ code: 'BAD_REQUEST', message: 'Give either observation_id or session_id.' });
    }
    const around = found(
      await services.read.around({ observation_id, session_id, at, before, after }),
      observation_id === undefined ? 'session' : 'observation',
      observation_id ?? session_id ?? '',
    );
    const session = found(await services.read.getSession(around.session_id), 'session', around.session_id);
    const rows = around.data.map((view) => ({
      ...toIndexRow(view, false),
      ...(view.id === around.anchor_id ? { anchor: true as const } : {}),
    }));
    const head = {
      id: session.id,
      title: session.title === null ? null : oneLine(session.title, 200),
      project: session.project.name,
      started: minuteOf(session.started_at),
      status: session.status,
    };
    const lines = [
      `Session ${head.id} of ${head.project}, ${head.started}: ${head.title ?? 'without a title'}`,
      ...(around.earlier > 0 ? [`(${around.earlier} earlier)`] : []),
      ...rows.map((row) => `${indexLine(row)}${row.anchor === true ? ' ←' : ''}`),
      ...(around.later > 0 ? [`(${around.later} later)`] : []),
    ];
    return {
      structured: { session: head, rows, earlier: around.earlier, later: around.later },
      text: lines.join('\n'),
    };
  },
});
