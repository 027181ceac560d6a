import type { SearchFilters } from '../../src/shared/search-views.ts';
import type { WorkerServer } from './child-server.ts';

/** One search through the worker's port, as the window asks; resolves when the whole answer is there, throws when it was refused. */
export async function searchOverHttp(worker: WorkerServer, text: string, filters: SearchFilters = {}): Promise<void> {
  const input = encodeURIComponent(JSON.stringify({ json: { text, filters } }));
  const response = await fetch(`${worker.url}/trpc/search.query?input=${input}`, {
    headers: { authorization: `Bearer ${worker.ownerToken}` },
  });
  if (!response.ok) throw new Error(`A search was answered with ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}
