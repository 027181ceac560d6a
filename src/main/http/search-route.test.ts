import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Problem } from './problem.ts';
import type { SearchAnswer } from '../../shared/search-views.ts';
import { testWorkers, type TestWorker } from '../worker/testing/test-worker.ts';

const workers = testWorkers();
let worker: TestWorker;

beforeAll(async () => {
  worker = await workers.start();
  for (const [index, prompt] of ['The database is locked', 'Why is the database slow?', '登录页面打不开'].entries()) {
    const body = { hook_event_name: 'UserPromptSubmit', session_id: `s${index}`, cwd: `/nowhere/shop${index}` };
    const response = await worker.hook({ ...body, prompt_id: `p${index}`, prompt });
    expect(response.ok).toBe(true);
  }
});
afterAll(() => workers.end());

const search = (query: string, headers: Record<string, string> = {}) => worker.get(`/api/v1/search?${query}`, headers);

const answerTo = async (query: string): Promise<SearchAnswer> => (await search(query)).json() as Promise<SearchAnswer>;

describe('GET /api/v1/search', () => {
  test('answers as the contract does, filters and pages included', async () => {
    const first = await answerTo('q=database&mode=lexical&limit=1');
    expect(first).toMatchObject({ mode: 'lexical', vector_problem: null, total: 2, terms: ['database'] });
    expect(first.hits.length).toBe(1);
    const second = await answerTo(`q=database&mode=lexical&limit=1&cursor=${first.next_cursor}`);
    expect(second.hits[0]?.observation.id).not.toBe(first.hits[0]?.observation.id);
    expect(second.next_cursor).toBeNull();
    const filtered = await answerTo('q=database&mode=lexical&session=s1&types=request,note&failed=false');
    expect(filtered.hits.map((hit) => hit.observation.session_id)).toEqual(['s1']);
    const { hits, facets, total } = await worker.client.search.query.query({
      text: 'database',
      mode: 'lexical',
      limit: 1,
    });
    expect(first).toMatchObject({ hits, facets, total });
  });

  test.each([
    ['mode=loud', 'INVALID_INPUT'],
    ['q=database&limit=0', 'INVALID_INPUT'],
    ['q=database&limit=many', 'INVALID_INPUT'],
    ['q=database&types=thing', 'INVALID_INPUT'],
    ['q=database&since=yesterday', 'INVALID_INPUT'],
    ['q=database&unknown=1', 'INVALID_INPUT'],
    ['q=database&failed=maybe', 'INVALID_INPUT'],
    ['q=database&cursor=rubbish', 'INVALID_CURSOR'],
  ])('refuses ?%s as %s', async (query, code) => {
    const response = await search(query);
    expect(response.status).toBe(400);
    const refusal = (await response.json()) as Problem;
    expect(refusal.code).toBe(code);
    expect(Object.keys(refusal)).toEqual(['error', 'code', 'details', 'request_id']);
    const paths = new Set(refusal.details?.map(({ path }) => path.replace('[0]', '')));
    expect([...paths]).toEqual([/(\w+)=[^=]*$/.exec(query)?.[1]]);
  });

  test('streams the lexical answer and then the one that was asked for', async () => {
    const response = await search('q=database', { accept: 'text/event-stream' });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events = eventsIn(await response.text());
    expect(events.map(({ name }) => name)).toEqual(['lexical', 'mixed']);
    expect(events.every(({ data }) => data.total >= 2)).toBe(true);
    expect(events[0]?.data.mode).toBe('lexical');
  });

  test('hears the vectors once the rows have theirs: across languages, and for what is similar', async () => {
    await vi.waitFor(
      async () => {
        const { active } = await worker.client.embedding.status.query();
        expect(active?.vectors).toBe(3);
      },
      { timeout: 30_000 },
    );
    const answer = await answerTo(`q=${encodeURIComponent('数据库被锁定')}`);
    expect(answer).toMatchObject({ mode: 'mixed', vector_problem: null });
    const [first] = answer.hits;
    expect(first?.observation.title).toBe('The database is locked');
    expect(first?.voices.vector.weight).toBeGreaterThan(0);
    const similar = await worker.client.search.similar.query({ id: first?.observation.id ?? '' });
    expect(similar.mode).toBe('vector');
    expect(similar.hits[0]?.observation.title).toBe('Why is the database slow?');
  });

  test('tells in the stream what is wrong with a cursor', async () => {
    const events = eventsIn(await (await search('q=database&cursor=rubbish', { accept: 'text/event-stream' })).text());
    expect(events).toMatchObject([{ name: 'problem', data: { code: 'INVALID_CURSOR' } }]);
  });
});

function eventsIn(text: string) {
  return text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const line = (field: string) =>
        block
          .split('\n')
          .find((part) => part.startsWith(`${field}: `))
          ?.slice(field.length + 2) ?? '';
      return { name: line('event'), data: JSON.parse(line('data')) as SearchAnswer };
    });
}
