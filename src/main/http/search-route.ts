import { TRPCError } from '@trpc/server';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { searchInput } from '../api/schemas.ts';
import type { SearchRequest, Services } from '../api/services.ts';
import type { AppVariables } from './app.ts';
import { type Logger, toLogFormat } from '../observe/logger.ts';
import { problem } from './problem.ts';

const yes = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');
const list = z.string().transform((text) => text.split(',').map((item) => item.trim()));

/** Lists are separated by commas; what they hold is checked by the contract's own schema. */
const parameters = z.strictObject({
  q: z.string().default(''),
  mode: z.string().optional(),
  fusion: z.string().optional(),
  limit: z.coerce.number().optional(),
  cursor: z.string().optional(),
  near_project: z.string().optional(),
  project: z.string().optional(),
  session: z.string().optional(),
  types: list.optional(),
  tools: list.optional(),
  file: z.string().optional(),
  tags: list.optional(),
  failed: yes.optional(),
  pinned: yes.optional(),
  since: z.string().optional(),
  until: z.string().optional(),
});

interface Parts {
  services: Pick<Services, 'search'>;
  log: Pick<Logger, 'error'>;
}

function parse(sent: Record<string, string>) {
  const read = parameters.safeParse(sent);
  if (!read.success) return read;
  const { q, near_project, project, session, mode, fusion, limit, cursor, ...filters } = read.data;
  return searchInput.safeParse({
    text: q,
    mode,
    fusion,
    limit,
    cursor,
    near_project_id: near_project,
    filters: { ...filters, project_id: project, session_id: session },
  });
}

/**
 * `GET /api/v1/search?q=…&mode=…&limit=…&cursor=…&project=…`: the answer as JSON. Who accepts `text/event-stream` is sent the
 * event `lexical` at once and then the event that is named after the mode that was asked for.
 */
export function searchRoute(log: Parts['log']) {
  return async (c: Context<{ Variables: AppVariables }>) => {
    const { services } = c.get('api');
    const request = parse(c.req.query());
    if (!request.success) return c.json(problem('INVALID_QUERY', z.prettifyError(request.error)), 400);
    if (c.req.header('accept')?.includes('text/event-stream')) return stream(c, { services, log }, request.data);
    try {
      return c.json(await services.search.query(request.data));
    } catch (error) {
      const mistake = mistakeIn(error);
      if (mistake === null) throw error;
      return c.json(mistake, 400);
    }
  };
}

function stream(c: Context, { services, log }: Parts, request: SearchRequest): Response {
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (events) => {
    const stop = new AbortController();
    events.onAbort(() => stop.abort());
    let event: string = 'lexical';
    try {
      for await (const answer of services.search.progressive(request, stop.signal)) {
        await events.writeSSE({ event, data: JSON.stringify(answer) });
        event = request.mode;
      }
    } catch (error) {
      const mistake = mistakeIn(error);
      if (mistake === null) log.error('A search failed.', { reason: toLogFormat(error) });
      const told = mistake ?? problem('INTERNAL_ERROR', 'The memory could not answer; its log says why.');
      await events.writeSSE({ event: 'problem', data: JSON.stringify(told) });
    }
  });
}

/** What the caller did wrong; null for a bug of ours. */
function mistakeIn(error: unknown) {
  return error instanceof TRPCError && error.code === 'BAD_REQUEST' ? problem('INVALID_CURSOR', error.message) : null;
}
