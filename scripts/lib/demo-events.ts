import { promptEvents, toolEvent } from '../../e2e/window-events.ts';
import type { Contract } from '../../e2e/contract-client.ts';
import type { Agent } from './demo-memory.ts';

const project = '/home/dev/shop-api';

const calls = [
  { tool: 'Grep', input: { pattern: 'retry', path: project }, result: { mode: 'files_with_matches', numFiles: 2 } },
  {
    tool: 'Edit',
    input: { file_path: `${project}/src/retry.js`, old_string: 'retries: 1', new_string: 'retries: 3' },
    result: { filePath: `${project}/src/retry.js` },
  },
  { tool: 'Bash', input: { command: 'npm test -- retry' }, error: 'Exit code 1\nexpected 3 calls, saw 1' },
  { tool: 'Bash', input: { command: 'npm test -- retry' }, result: { stdout: '4 passed', stderr: '' } },
];

let sessions = 0;

/** A session of an agent that works now; gives what takes every trace of it away. */
export async function makeEvents(contract: Contract, agent: Agent): Promise<() => Promise<void>> {
  sessions += 1;
  const id = `working-${sessions}`;
  for (const event of promptEvents(id, 'Retry a payment three times', project)) await agent.post(event);
  for (const call of calls) await agent.post({ ...toolEvent(id, call), cwd: project });
  return () => contract('sessions.erase', { id });
}

const discarded = [
  ['release', 'Draft the notes for the release of November'],
  ['spike', 'Try another queue for the webhooks; throw it away afterwards'],
  ['notes', '把接口文档整理成一页'],
] as const;

/** Sessions that somebody deleted; once. */
export async function deleteSessions(contract: Contract, agent: Agent): Promise<void> {
  const { pagination } = await contract<{ pagination: { total: number } }>('deletions.list', { limit: 1 });
  if (pagination.total > 0) return;
  for (const [id, prompt] of discarded) {
    for (const event of promptEvents(id, prompt, project)) await agent.post(event);
    await contract('sessions.delete', { id });
  }
}
