import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ownerCaller } from '../../access/access.ts';
import { testWorkers } from '../../worker/testing/test-worker.ts';
import { callOf, initialize, mcpRequests, messagesOf } from './testing/mcp-requests.ts';

const workers = testWorkers();
let requests: ReturnType<typeof mcpRequests>;
const patience = { timeout: 20_000, interval: 20 };

const introduced = (name: string) => {
  const message = initialize();
  return { ...message, params: { ...message.params, clientInfo: { name, version: '1' } } };
};

beforeAll(async () => {
  requests = mcpRequests(await workers.start());
}, 60_000);
afterAll(() => workers.end());

describe('the protocol', () => {
  test.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])('%s is spoken', async (version) => {
    const session = await requests.begin(ownerCaller, version);
    expect(session['mcp-protocol-version']).toBe(version);
    const [answer] = await messagesOf(await requests.ask(ownerCaller, callOf('stats'), session));
    expect(answer).toMatchObject({ id: 7, result: { structuredContent: { sessions: 0 } } });
  });

  test('an unknown revision is offered the newest with sessions', async () => {
    expect((await requests.begin(ownerCaller, '2099-01-01'))['mcp-protocol-version']).toBe('2025-11-25');
  });

  // Catches: a crash or a 5xx on what is no MCP.
  test.each([
    ['no JSON', '{"jsonrpc":', 400],
    ['nothing', '', 400],
    ['deep', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 400],
    ['a number', '7', 400],
    ['null', 'null', 400],
    ['an empty batch', '[]', 400],
    ['another version of JSON-RPC', '{"jsonrpc":"1.0","id":1,"method":"initialize"}', 400],
    ['a call before initialize', JSON.stringify(callOf('stats')), 400],
    ['an initialize without arguments', '{"jsonrpc":"2.0","id":1,"method":"initialize"}', 400],
    ['a prototype', '{"jsonrpc":"2.0","id":1,"method":"initialize","__proto__":{"a":1}}', 400],
    ['a client with a name that is kept for an hour', JSON.stringify(introduced('x'.repeat(70_000))), 400],
  ])('%s is refused', async (_what, body, status) => {
    const response = await requests.ask(ownerCaller, body);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(/"error":\{"code":-32\d{3},"message":"[^"]+/);
  });

  test.each([
    ['a method that is not there', { id: 2, method: 'nothing/here' }, -32_601],
    ['a call without a name', { id: 2, method: 'tools/call', params: {} }, -32_602],
    ['an unknown tool', { id: 2, method: 'tools/call', params: { name: 'x'.repeat(5_000) } }, -32_602],
    ['an address that is not there', { id: 2, method: 'resources/read', params: { uri: 'memory://x/y/z' } }, -32_602],
    ['logging, which is off', { id: 2, method: 'logging/setLevel', params: { level: 'debug' } }, -32_601],
  ])('in a session %s is told as an error', async (_what, body, code) => {
    const session = await requests.begin(ownerCaller);
    const [answer] = await messagesOf(await requests.ask(ownerCaller, { jsonrpc: '2.0', ...body }, session));
    expect(answer).toMatchObject({ id: 2, error: { code } });
  });

  // Catches: the words of a parser, told as a fault of the memory.
  test.each([
    ['tools/list', { cursor: 7 }, 'cursor: '],
    ['resources/read', {}, 'uri: '],
    ['resources/read', { uri: ['memory://stats'] }, 'uri: '],
    ['prompts/get', undefined, 'name: '],
    ['prompts/get', { name: 'recall', arguments: { project: 7 } }, 'arguments.project: '],
  ])('%s with %j says what is wrong', async (method, params, at) => {
    const body = { jsonrpc: '2.0', id: 2, method, params };
    const session = await requests.begin(ownerCaller);
    const [told] = await messagesOf(await requests.ask(ownerCaller, body, session));
    expect(told).toMatchObject({ id: 2, error: { code: -32_602 } });
    expect(JSON.stringify(told)).toContain(`are not valid. ${at}`);
    expect(JSON.stringify(told)).not.toMatch(/\\n|invalid_type/);
  });

  test.each(['GET', 'DELETE', 'PUT'])('%s without a session is refused', async (method) => {
    expect((await requests.ask(ownerCaller, null, {}, method)).status).toBe(400);
  });

  // Catches: an argument that is too long, told as a fault of the memory.
  test.each([
    ['recall', { project: 'x'.repeat(5_000) }],
    ['recall', { project: 'x', topic: 'x'.repeat(11_000) }],
    ['review_learnings', { project: 'x'.repeat(5_000) }],
    ['session_handoff', { project: 'x'.repeat(5_000) }],
  ])('the prompt %s says what is wrong with its arguments', async (name, args) => {
    const session = await requests.begin(ownerCaller);
    const body = { jsonrpc: '2.0', id: 2, method: 'prompts/get', params: { name, arguments: args } };
    const [refused] = await messagesOf(await requests.ask(ownerCaller, body, session));
    expect(refused).toMatchObject({ error: { code: -32_602 } });
    expect(JSON.stringify(refused).length).toBeLessThan(1_000);
  });

  // Catches: an answer that is lost with a connection, or given twice.
  test('a stream that broke is taken up where it ended', { timeout: 30_000 }, async () => {
    const session = await requests.begin(ownerCaller);
    const response = await requests.ask(ownerCaller, callOf('stats'), session);
    const reader = response.body?.getReader();
    const piece = await reader?.read();
    const first = piece?.value instanceof Uint8Array ? piece.value : undefined;
    const firstId = /^id: (\S+)/m.exec(new TextDecoder().decode(first))?.[1];
    if (firstId === undefined) throw new Error('The stream does not begin with the id to come back with.');
    await reader?.cancel();
    await vi.waitFor(async () => {
      const resumed = await requests.ask(ownerCaller, null, { ...session, 'last-event-id': firstId }, 'GET');
      const answers = await messagesOf(resumed);
      expect(answers).toHaveLength(1);
      expect(answers[0]).toMatchObject({ id: 7, result: { structuredContent: { sessions: 0 } } });
    }, patience);
    const unknown = await requests.ask(ownerCaller, null, { ...session, 'last-event-id': 'made-up_1' }, 'GET');
    expect(unknown.status).toBe(400);
  });

  // Catches: answers of one client that reach another.
  test('two sessions at once each get their own answers', async () => {
    const [one, other] = [await requests.begin(ownerCaller), await requests.begin(ownerCaller)];
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const body = { ...callOf('search', { query: `number ${index}` }), id: index };
        const [answer] = await messagesOf(await requests.ask(ownerCaller, body, index % 2 === 0 ? one : other));
        return answer;
      }),
    );
    expect(answers.map((answer) => Number(/"id":(\d+)/.exec(JSON.stringify(answer))?.[1]))).toEqual(
      Array.from({ length: 20 }, (_, index) => index),
    );
  });
});
