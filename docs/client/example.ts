import { connect } from './claude-mem.ts';

const { CLAUDE_MEM_URL = 'http://127.0.0.1:37700', CLAUDE_MEM_TOKEN = '' } = process.env;
const call = connect(CLAUDE_MEM_URL, CLAUDE_MEM_TOKEN);

await call('POST /api/v1/memories', { body: { text: 'Deploys go out on Thursdays.', tags: ['deploy'] } });
for (const { memory, score } of await call('POST /api/v1/memories/search', { body: { text: 'when do we deploy' } })) {
  console.log(score, memory.text);
}

const { data } = await call('GET /api/v1/sessions', { query: { limit: 3 } });
for (const session of data) {
  const path = { session_id: session.id };
  const { pagination } = await call('GET /api/v1/sessions/{session_id}/observations', { path, query: { limit: 1 } });
  console.log(session.title, pagination.total);
}
