import { afterEach, expect, test } from 'vitest';
import { testWorkers, type TestWorker } from '../../worker/testing/test-worker.ts';

const workers = testWorkers();
afterEach(() => workers.end());

function prompt(session: string, at: number) {
  return {
    hook_event_name: 'UserPromptSubmit',
    session_id: session,
    cwd: '/nowhere/shop',
    prompt_id: `p${at}`,
    prompt: `step ${at}`,
  };
}

interface Received {
  id: number;
  event: string;
  data: { type: string; session_id: string | null };
}

/** Reads events from the stream until there are `count`. */
async function receive(
  worker: TestWorker,
  path: string,
  count: number,
  headers: Record<string, string> = {},
): Promise<Received[]> {
  const response = await worker.get(path, headers);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const received: Received[] = [];
  let text = '';
  const decoder = new TextDecoder();
  const body: AsyncIterable<Uint8Array> = response.body ?? new ReadableStream<Uint8Array>();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]),
      );
      if (fields['id'] !== undefined) {
        received.push({
          id: Number(fields['id']),
          event: String(fields['event']),
          data: JSON.parse(String(fields['data'])) as Received['data'],
        });
      }
    }
    if (received.length >= count) break;
  }
  return received.slice(0, count);
}

test('the stream takes up after Last-Event-ID, without gap or repetition, and goes on live', async () => {
  const worker = await workers.start();
  await worker.hook(prompt('s1', 1));
  // Vectors are made meanwhile, and told of at any time.
  const types = 'types=session.started,observation.created,prompt.created,session.updated';
  const first = await receive(worker, `/api/v1/stream/events?${types}`, 3, { 'last-event-id': '0' });
  expect(first.map((event) => event.event)).toEqual(['session.started', 'observation.created', 'prompt.created']);
  const rest = receive(worker, `/events?${types}`, 3, { 'last-event-id': String(first.at(-1)?.id) });
  await worker.hook(prompt('s1', 2));
  const all = [...first, ...(await rest)];
  expect(all.map((event) => event.id)).toEqual(all.map((event) => event.id).toSorted((one, other) => one - other));
  // Who asks for all of it at once is given the very same.
  const again = await receive(worker, `/events?${types}`, 6, { 'last-event-id': '0' });
  expect(again).toEqual(all);
  expect(new Set(all.map((event) => event.id)).size).toBe(6);
});

test('filters by type and session hold for what is replayed and for what happens', async () => {
  const worker = await workers.start();
  await worker.hook(prompt('s1', 1));
  await worker.hook(prompt('s2', 2));
  const path = '/api/v1/stream/events?types=prompt.created,session.started&session_id=s2';
  const received = receive(worker, path, 3, { 'last-event-id': '0' });
  await worker.hook(prompt('s1', 3));
  await worker.hook(prompt('s2', 4));
  expect((await received).map((event) => [event.event, event.data.session_id])).toEqual([
    ['session.started', 's2'],
    ['prompt.created', 's2'],
    ['prompt.created', 's2'],
  ]);
});

test('an id from another data folder begins at the beginning', async () => {
  const worker = await workers.start();
  await worker.hook(prompt('s1', 1));
  const [first] = await receive(worker, '/api/v1/stream/events', 1, { 'last-event-id': '999999' });
  expect(first?.id).toBe(1);
});

// Catches: what is no number of an event, taken for one, so that a client is sent everything or nothing.
test('a type or an event that there cannot be is told; an empty event is none', async () => {
  const worker = await workers.start();
  for (const query of ['types=nonsense', ...['x', '1e3', '0x10', '-1', '1.5', '%201', '9'.repeat(17)].map(named)]) {
    const response = await worker.get(`/api/v1/stream/events?${query}`);
    expect(response.status, query).toBe(400);
    expect(await response.text()).toMatch(/"code":"INVALID_INPUT".*"request_id":"[0-9a-f-]{36}"/);
  }
  await worker.hook(prompt('s1', 1));
  for (const headers of [{ 'last-event-id': '' }, {}]) {
    const live = receive(worker, '/events?last_event_id=&types=prompt.created', 1, headers);
    const { data } = await worker.client.prompts.list.query({});
    await worker.hook(prompt('s1', data.length + 1));
    expect((await live)[0]?.id, 'not the first prompt again').toBeGreaterThan(3);
  }
});

const named = (id: string) => `last_event_id=${id}`;

test('a stream ticket opens one stream and no second', async () => {
  const worker = await workers.start();
  const { ticket } = await worker.client.tickets.create.mutate();
  const path = `${worker.url}/api/v1/stream/events?ticket=${ticket}`;
  const first = await fetch(path);
  expect(first.status).toBe(200);
  await first.body?.cancel();
  expect((await fetch(path)).status).toBe(401);
});
