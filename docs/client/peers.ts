// A client of mcp-memory-service: it knows the paths of that API, an address and a key, and nothing else.
import { env } from 'node:process';

const { MEMORY_URL = 'http://127.0.0.1:37700', MEMORY_API_KEY = '' } = env;
const headers = { 'X-API-Key': MEMORY_API_KEY, 'Content-Type': 'application/json' };

interface Memory {
  content: string;
}
interface Answer {
  status: string;
  content_hash: string;
  total: number;
  memories: Memory[];
  results: { memory: Memory }[];
  total_found: number;
}

async function call(method: string, path: string, body?: object): Promise<Answer> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(MEMORY_URL + path, { method, headers, ...sent });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

const leaving = new AbortController();
const wanted = new Set(['connection_established', 'memory_stored', 'search_completed', 'memory_deleted']);
const opened = Promise.withResolvers<void>();

async function hear(): Promise<void> {
  const response = await fetch(`${MEMORY_URL}/api/events`, { headers, signal: leaving.signal });
  if (!response.ok || response.body === null) throw new Error(`/api/events: ${response.status}`);
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body) {
    text += decoder.decode(bytes, { stream: true });
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const name = /^event: (.*)$/m.exec(frame)?.[1] ?? '';
      if (!wanted.delete(name)) continue;
      console.log('heard', name, /^data: (.*)$/m.exec(frame)?.[1] ?? '');
      opened.resolve();
      if (wanted.size === 0) return leaving.abort();
    }
  }
}

const heard = hear().catch((error: unknown) => {
  opened.reject(error);
  if (!leaving.signal.aborted) throw error;
});
await opened.promise;

const { status } = await call('GET', '/api/health');
console.log('health', status);
const content = 'The staging database is copied on Fridays.';
const stored = await call('POST', '/api/memories', { content, tags: ['database'], memory_type: 'decision' });
console.log('stored', stored.content_hash);
const listed = await call('GET', '/api/memories?page=1&page_size=10&tag=database');
console.log('listed', listed.total, listed.memories[0]?.content);
const found = await call('POST', '/api/search', { query: 'staging database', n_results: 3 });
console.log('found', found.results[0]?.memory.content);
const byTag = await call('POST', '/api/search/by-tag', { tags: ['database'] });
console.log('by tag', byTag.total_found);
const byTime = await call('POST', '/api/search/by-time', { query: 'today' });
console.log('by time', byTime.total_found);
const deleted = await call('DELETE', `/api/memories/${stored.content_hash}`);
console.log('deleted', deleted.content_hash === stored.content_hash);
const left = await call('GET', '/api/memories?tag=database');
console.log('left', left.total);
setTimeout(() => leaving.abort(), 10_000).unref();
await heard;
