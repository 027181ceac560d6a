import type { Context } from 'hono';
import { z } from 'zod';
import type { MemoryHit } from '../../../shared/note-views.ts';
import { newTag } from '../../api/tags-schema.ts';
import type { App, AppVariables } from '../app.ts';
import { fail } from '../problem.ts';
import { callOperation } from '../rest/call-operation.ts';
import { detailsOfIssues, inOneSentence } from '../rest/error-answer.ts';
import { BodyError, jsonBody } from '../rest/json-body.ts';
import type { RestParts } from '../rest/rest-routes.ts';
import { peerMemories, timeIn } from './peer-memories.ts';
import {
  peerByTag,
  peerByTime,
  peerCreate,
  type PeerFound,
  peerList,
  peerSearch,
  peerSimilar,
  peerUpdate,
  toChange,
  toPeerMemory,
  toRemember,
  typeKey,
} from './peer-shapes.ts';

/** Of a text that is searched for (api/memory-schemas). */
const longestSearch = 10_000;

type PeerContext = Context<{ Variables: AppVariables }>;

/** `GET /api/health`, open to all as theirs is. */
export function addPeerHealth(app: App, version: string, startedAt: number): void {
  app.get('/api/health', (c) =>
    c.json({
      status: 'healthy',
      version,
      timestamp: new Date().toISOString(),
      uptime_seconds: (Date.now() - startedAt) / 1_000,
    }),
  );
}

/** The paths of mcp-memory-service, for clients that were written for it; `content_hash` is the id of a memory here. */
export function addPeerRoutes(app: App, { router }: RestParts): void {
  const memoriesOf = (c: PeerContext) =>
    peerMemories((name, type, input) => callOperation(c, router, { name, type }, input, new AbortController()));

  app.post('/api/memories', async (c) => {
    const sent = await read(c, peerCreate);
    if (sent instanceof Response) return sent;
    const agent = agentOf(c);
    if (agent instanceof Response) return agent;
    const memory = await memoriesOf(c).remember(toRemember(sent, agent));
    // Theirs says so, too, and drops the rest; here the memory that was there has it now.
    const success = memory.seen_count === 1;
    const message = success ? 'Memory stored successfully' : 'Duplicate content detected';
    return c.json({ success, message, content_hash: memory.id, memory: toPeerMemory(memory) });
  });

  app.get('/api/memories', async (c) => {
    const list = peerList.safeParse(c.req.query());
    if (!list.success) return invalid(c, list.error);
    const { page, page_size: size, tag, memory_type: type, tag_match: match } = list.data;
    const tags = (tag ?? '').split(',').flatMap((one) => one.trim() || []);
    const label = type === undefined ? undefined : { name: typeKey, value: type };
    const { memories, total } = await c
      .get('api')
      .services.memories.numbered({ page, size, tags, allTags: match === 'all', label });
    return c.json({
      memories: memories.map(toPeerMemory),
      total,
      page,
      page_size: size,
      has_more: page * size < total,
    });
  });

  app.get('/api/memories/:id', async (c) => c.json(toPeerMemory(await memoriesOf(c).get(c.req.param('id')))));

  app.put('/api/memories/:id', async (c) => {
    const sent = await read(c, peerUpdate);
    if (sent instanceof Response) return sent;
    const memory = await memoriesOf(c).revise(c.req.param('id'), toChange(sent));
    const message = 'Memory updated successfully';
    return c.json({ success: true, message, content_hash: memory.id, memory: toPeerMemory(memory) });
  });

  app.delete('/api/memories/:id', async (c) => {
    const id = c.req.param('id');
    await memoriesOf(c).remove(id);
    return c.json({ success: true, message: 'Memory deleted successfully', content_hash: id });
  });

  app.get('/api/tags', async (c) => c.json({ tags: await c.get('api').services.memories.tags() }));

  app.get('/api/types', async (c) => {
    const known = await c.get('api').services.memories.types(typeKey);
    return c.json({ types: known.map(({ type, count }) => ({ memory_type: type, count })) });
  });

  app.get('/api/search/similar/:id', async (c) => {
    const startedAt = performance.now();
    const sent = peerSimilar.safeParse(c.req.query());
    if (!sent.success) return invalid(c, sent.error);
    const memories = memoriesOf(c);
    const { id, text } = await memories.get(c.req.param('id'));
    const about = text.slice(0, longestSearch);
    const hits = await memories.search({ text: about, except_id: id, limit: sent.data.n_results });
    return c.json(answer(hits, `Similar to: ${text.slice(0, 50)}...`, 'similar', startedAt));
  });

  app.post('/api/search', async (c) => {
    const startedAt = performance.now();
    const sent = await read(c, peerSearch);
    if (sent instanceof Response) return sent;
    const { query: text, n_results: limit, similarity_threshold: least } = sent;
    const hits = await memoriesOf(c).search({ text, limit, min_score: least ?? undefined });
    return c.json(answer(hits, text, 'semantic', startedAt));
  });

  app.post('/api/search/by-tag', async (c) => {
    const startedAt = performance.now();
    const sent = await read(c, peerByTag);
    if (sent instanceof Response) return sent;
    const period = sent.time_filter ? timeIn(sent.time_filter) : {};
    if (period === null) return noTime(c, 'time_filter');
    const { tags, match_all: all } = sent;
    const hits = await memoriesOf(c).search({ ...period, tags, tag_match: all ? 'all' : 'any' });
    const query = `Tags: ${sent.tags.join(', ')} (${sent.match_all ? 'AND' : 'OR'})`;
    const reason = (hit: MemoryHit) =>
      `Tags match: ${sent.tags.filter((tag) => hit.memory.tags.includes(tag)).join(', ')}`;
    return c.json(answer(hits, query, 'tag', startedAt, reason));
  });

  app.post('/api/search/by-time', async (c) => {
    const startedAt = performance.now();
    const sent = await read(c, peerByTime);
    if (sent instanceof Response) return sent;
    const period = timeIn(sent.query);
    if (period === null) return noTime(c, 'query');
    const words = sent.semantic_query ? { text: sent.semantic_query } : {};
    const hits = await memoriesOf(c).search({ ...period, ...words, limit: sent.n_results });
    return c.json(answer(hits, sent.query, 'time', startedAt, () => `Time match: ${sent.query}`));
  });
}

/** The tag of the agent that says who it is; an answer when that cannot be one. */
function agentOf(c: PeerContext): string | null | Response {
  const name = c.req.header('x-agent-id')?.trim() ?? '';
  if (name === '') return null;
  const tag = newTag.safeParse(`agent:${name}`);
  if (tag.success) return tag.data;
  return invalid(c, new z.ZodError(tag.error.issues.map((issue) => ({ ...issue, path: ['X-Agent-ID'] }))));
}

function answer(
  hits: readonly MemoryHit[],
  query: string,
  type: string,
  startedAt: number,
  reasonOf: (hit: MemoryHit) => string = ({ score }) => `Similarity: ${(score ?? 0).toFixed(3)}`,
): PeerFound {
  return {
    results: hits.map((hit) => ({
      memory: toPeerMemory(hit.memory),
      similarity_score: hit.score,
      relevance_reason: reasonOf(hit),
    })),
    total_found: hits.length,
    query,
    search_type: type,
    processing_time_ms: performance.now() - startedAt,
  };
}

/** Their clients send fields of later versions; what is not known here is left out. */
async function read<Schema extends z.ZodType>(c: PeerContext, schema: Schema): Promise<z.output<Schema> | Response> {
  try {
    const sent = schema.safeParse((await jsonBody(c)) ?? {});
    return sent.success ? sent.data : invalid(c, sent.error);
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    return fail(c, error.status, error.code, error.message);
  }
}

function invalid(c: PeerContext, error: z.ZodError): Response {
  const details = detailsOfIssues(error.issues);
  return fail(c, 400, 'INVALID_INPUT', inOneSentence(details), { details });
}

function noTime(c: PeerContext, path: string): Response {
  const message = 'That speaks of no time; say for example "last week" or "yesterday".';
  return fail(c, 400, 'INVALID_INPUT', `${path}: ${message}`, { details: [{ path, message }] });
}
