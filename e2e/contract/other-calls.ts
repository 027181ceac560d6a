import { z } from 'zod';
import type { TestWorker } from '../../src/main/worker/testing/test-worker.ts';
import type { KnownIds } from './plausible-calls.ts';
import type { RestRequest } from './rest-request.ts';

export interface OtherCall {
  operationId: string;
  request: (known: KnownIds, worker: TestWorker) => RestRequest;
  /** What later calls need of the answer. */
  learn?: (answer: unknown) => KnownIds;
}

const stored = z.looseObject({ content_hash: z.string() });
const link = z.looseObject({ url: z.string() });
const health = z.looseObject({ pending_permissions: z.array(z.looseObject({ permission_id: z.string() })) });

type Request = RestRequest | OtherCall['request'];

function call(operationId: string, request: Request, learn?: OtherCall['learn']): OtherCall {
  const ask = typeof request === 'function' ? request : () => request;
  return learn === undefined ? { operationId, request: ask } : { operationId, request: ask, learn };
}

const get = (path: string, more: Partial<RestRequest> = {}): RestRequest => ({
  method: 'GET',
  path,
  body: undefined,
  ...more,
});
const post = (path: string, body: unknown, more: Partial<RestRequest> = {}): RestRequest => ({
  method: 'POST',
  path,
  body,
  ...more,
});
const stream = (path: string) => get(path, { events: 0 });

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'a client', version: '1' } },
};
const ofSession = ({ mcpSession = '' }: KnownIds) => ({ 'mcp-session-id': mcpSession, accept: 'text/event-stream' });

/** Every door that is no operation of the contract, with input that it takes. */
export const otherCalls: readonly OtherCall[] = [
  call('worker.health', get('/api/v1/health?challenge=abc', { token: null })),
  call('worker.metrics', get('/api/v1/metrics')),
  call('worker.document', get('/api/v1/openapi.json', { token: null })),
  call('viewer.link', post('/api/v1/viewer/links', undefined), (answer) => ({
    ticket: link.parse(answer).url.split('#ticket=')[1] ?? '',
  })),
  call('viewer.redeem', ({ ticket }) => post('/api/v1/viewer/redeem', { ticket }, { token: null })),
  call('hooks.claudeCode', ({ session }, { captureToken }) =>
    post(
      '/hooks/claude-code',
      { hook_event_name: 'SessionStart', session_id: session, cwd: '/nowhere', source: 'resume' },
      { token: captureToken },
    ),
  ),
  call(
    'mcp.send',
    post('/mcp', initialize, { headers: { accept: 'application/json, text/event-stream' }, events: 1 }),
    (answer) => ({ mcpSession: z.string().parse(answer) }),
  ),
  call('mcp.listen', (known) => get('/mcp', { headers: ofSession(known), events: 0 })),
  call('mcp.end', (known) => ({ method: 'DELETE', path: '/mcp', body: undefined, headers: ofSession(known) })),
  call('streams.shared', stream('/events?last_event_id=0')),
  call('streams.peers', stream('/api/events')),
  call('streams.tagged', stream('/api/v1/sse?types=message')),
  call('streams.answers', stream('/api/v1/sse/llm')),
  call('streams.session', ({ session }) => stream(`/api/v1/sse/events/${session}?slow=gap`)),
  call(
    'streams.sessionHealth',
    ({ askingSession }) => get(`/api/v1/sse/health/${askingSession}`),
    (answer) => ({ asked: health.parse(answer).pending_permissions[0]?.permission_id ?? '' }),
  ),
  call('streams.permissionResponse', ({ askingSession, asked }) =>
    post(`/api/v1/sse/permission-response/${askingSession}`, { permission_id: asked, decision: 'deny' }),
  ),
  call('peers.health', get('/api/health', { token: null })),
  call('peers.store', post('/api/memories', { content: 'Backups run at night.', tags: ['ops'] }), (answer) => ({
    stored: stored.parse(answer).content_hash,
  })),
  call('peers.list', get('/api/memories?page=1&page_size=5&tag=ops')),
  call('peers.get', ({ stored: id }) => get(`/api/memories/${id}`)),
  call('peers.update', ({ stored: id }) => ({ ...post(`/api/memories/${id}`, { tags: ['night'] }), method: 'PUT' })),
  call('peers.tags', get('/api/tags')),
  call('peers.types', get('/api/types')),
  call('peers.similar', ({ stored: id }) => get(`/api/search/similar/${id}?n_results=3`)),
  call('peers.search', post('/api/search', { query: 'backups' })),
  call('peers.searchByTag', post('/api/search/by-tag', { tags: ['night'] })),
  call('peers.searchByTime', post('/api/search/by-time', { query: 'today' })),
  call('peers.delete', ({ stored: id }) => ({ method: 'DELETE', path: `/api/memories/${id}`, body: undefined })),
];
