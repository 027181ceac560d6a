import type { LearningView } from '../src/shared/learning-views.ts';
import type { Page } from '../src/shared/views.ts';
import { recordedSessions, type Agent } from '../scripts/lib/demo-memory.ts';
import type { Contract } from './contract-client.ts';
import { until } from './driver/until.ts';
import { promptEvents } from './window-events.ts';

/** What a person wrote and put back into the inbox; none says the same as another. */
export const written = [
  'Prices are integers in cents.',
  'Deploy on Thursdays only.',
  'Every route has a rate limit.',
] as const;

/** In the recorded session in which a lock timeout is fixed. */
export const walText = 'WAL mode and a busy timeout';

const prompts = {
  tabs: 'Always use tabs for indentation in this repository.',
  'no-tabs': 'Never use tabs for indentation in this repository.',
};

/** The learnings with this text, in any state. */
export async function learningsWith(contract: Contract, text: string): Promise<LearningView[]> {
  const { data } = await contract<Page<LearningView>>('learnings.list', { limit: 200 });
  return data.filter(({ statement }) => statement.includes(text));
}

/** An inbox with what the recorded sessions teach, two that say the opposite, and the three above. */
export async function seedLearnings(agent: Agent, contract: Contract): Promise<void> {
  for (const file of await recordedSessions()) await agent.replay(file);
  for (const [session, prompt] of Object.entries(prompts)) {
    for (const event of promptEvents(session, prompt)) await agent.post(event);
    const cwd = '/home/dev/window-demo';
    await agent.post({ session_id: session, transcript_path: '', cwd, hook_event_name: 'Stop' });
    await until(`there is a proposal from ${session}`, async () => (await learningsWith(contract, prompt))[0]);
  }
  for (const statement of written) {
    const { learnings } = await contract<{ learnings: LearningView[] }>('learnings.create', {
      category: 'convention',
      statement,
      scope: 'global',
      tags: ['shop', '约定'],
    });
    await contract('learnings.decide', { ids: learnings.map(({ id }) => id), decision: 'propose' });
  }
  await until('the recorded sessions taught something', async () => (await learningsWith(contract, walText))[0]);
}
