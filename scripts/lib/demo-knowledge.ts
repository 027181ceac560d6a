import { learningsWith, seedLearnings, walText } from '../../e2e/learning-seeds.ts';
import type { Contract } from '../../e2e/contract-client.ts';
import { until } from '../../e2e/driver/until.ts';
import type { CostOverview } from '../../src/shared/cost-views.ts';
import type { JobView } from '../../src/shared/job-views.ts';
import type { LearningCategory, LearningView } from '../../src/shared/learning-views.ts';
import type { SummaryView } from '../../src/shared/summary-views.ts';
import type { Page, SessionView } from '../../src/shared/views.ts';
import type { DemoMemory } from './demo-memory.ts';

const approved: [category: LearningCategory, statement: string, detail?: string][] = [
  [
    'pitfall',
    'Never log request bodies: they hold card numbers.',
    'The logger writes to a shared disk. Log the route and the status instead.',
  ],
  ['decision', 'Orders are kept in SQLite until one machine is not enough.'],
  ['workflow', 'Run `npm run check` before each commit and fix what it says first.'],
  ['preference', 'Answer in short sentences and show the command that was run.'],
  ['best_practice', '迁移脚本必须可以重复执行，并在有数据的库上测试。'],
];

const memories = [
  { text: 'The staging database is read-only on Fridays.', type: 'semantic', tags: ['staging', 'release'] },
  {
    text: 'Release: bump the version, wait for the green build, tag, then watch the error rate for an hour.',
    type: 'procedural',
    tags: ['release'],
  },
  { text: 'The outage in October came from an expired certificate of the payment gateway.', type: 'episodic' },
  { text: 'Porting the checkout to the new payment provider; leave src/payments/old alone.', type: 'working' },
  { text: '数据库备份放在 /srv/backup，每天凌晨两点。', type: 'semantic', tags: ['备份'] },
] as const;

/** An OpenAI-compatible address for all that a model can do; null for none. */
async function useModel(contract: Contract, url: string | null): Promise<void> {
  const settings =
    url === null ? { kind: 'none', models: {} } : { kind: 'openai', base_url: url, models: { large: 'gpt-5-mini' } };
  await contract('models.configure', { settings });
}

async function summariseAgain(contract: Contract): Promise<JobView> {
  const { data } = await contract<Page<SessionView>>('sessions.list', { limit: 20 });
  const session = data.find(({ title }) => title?.includes('SQLITE_BUSY'));
  if (!session) throw new Error('The recorded session about SQLITE_BUSY is not in the memory.');
  return contract<JobView>('jobs.enqueue', { kind: 'summarise', session_id: session.id });
}

/** A job that a person has to look at: the address is our own worker's, which lets nobody in without its key. */
async function parkJob(memory: DemoMemory, contract: Contract): Promise<void> {
  await useModel(contract, `${memory.url}/api/v1`);
  const { id } = await summariseAgain(contract);
  await until('the job is parked', async () => (await contract<JobView>('jobs.get', { id })).state === 'parked');
  await useModel(contract, null);
}

/** Somebody who allows nothing is at the cap with the first job, before anything is paid; gives the way back. */
export async function reachCap(contract: Contract): Promise<() => Promise<void>> {
  const { caps } = await contract<CostOverview>('costs.overview');
  await contract('costs.setCaps', { ...caps, day_usd: 0 });
  await useModel(contract, 'http://127.0.0.1:11434/v1');
  const { id } = await summariseAgain(contract);
  await until('the cap is reached', async () => (await contract<JobView>('jobs.get', { id })).failure?.class === 'cap');
  return async () => {
    await useModel(contract, null);
    await contract('costs.setCaps', caps);
    await until('nothing waits for money', async () => (await contract<JobView>('jobs.get', { id })).state === 'done');
  };
}

/** Fills a demo memory with what there is to review, to believe and to remember. */
export async function seedKnowledge(memory: DemoMemory, contract: Contract): Promise<void> {
  await seedLearnings(memory, contract);
  const project = (await learningsWith(contract, walText))[0]?.project?.id;
  for (const [category, statement, detail] of approved) {
    await contract('learnings.create', {
      category,
      statement,
      ...(detail !== undefined && { detail }),
      ...(project === undefined ? { scope: 'global' } : { scope: 'project', project_id: project }),
    });
  }
  const [first] = await learningsWith(contract, 'card numbers');
  if (first) {
    await contract('learnings.pin', { ids: [first.id], pinned: true });
    await contract<{ learnings: LearningView[] }>('learnings.verify', { id: first.id, verdict: 'confirmed' });
  }
  for (const note of memories) await contract('memories.remember', note);
  const [staging] = (await contract<Page<{ id: string }>>('memories.list', { text: 'staging' })).data;
  if (staging) {
    const text = 'The staging database is read-only on Fridays; deploy on Thursday at the latest.';
    await contract('memories.revise', { id: staging.id, change: { text } });
  }
  await until('every recorded session is summed up', async () => {
    const { data } = await contract<Page<SummaryView>>('summaries.list', { scope: 'session', limit: 20 });
    return data.some(({ title }) => title.includes('SQLITE_BUSY'));
  });
  await parkJob(memory, contract);
}
