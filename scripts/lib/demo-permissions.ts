import type { PermissionRequestView, PermissionRuleView } from '../../src/shared/permission-views.ts';
import type { Page } from '../../src/shared/views.ts';
import { promptEvents } from '../../e2e/window-events.ts';
import type { Contract } from '../../e2e/contract-client.ts';
import type { Agent } from './demo-memory.ts';

const project = '/home/dev/shop-api';

const questions = [
  {
    prompt: 'Find out why the checkout tests fail now and then',
    tool: 'Bash',
    input: { command: 'npm test -- checkout', description: 'Run the checkout tests' },
  },
  {
    prompt: 'Raise the timeout of the database to five seconds',
    tool: 'Edit',
    input: { file_path: `${project}/src/db.js`, old_string: 'timeout: 1_000', new_string: 'timeout: 5_000' },
  },
  {
    prompt: 'Publish version 2.4.1',
    tool: 'Bash',
    input: { command: 'git push origin main && npm publish', description: 'Publish the release' },
  },
];

const rules = [
  { effect: 'allow', tool: 'Bash', pattern: 'npm test*' },
  { effect: 'deny', tool: 'Bash', pattern: 'rm -rf *', message: 'Move it to the trash instead' },
  { effect: 'ask', tool: 'Bash', pattern: 'git push*' },
  { effect: 'allow', tool: 'Edit', pattern: 'src/**' },
];

const waiting = async (contract: Contract): Promise<PermissionRequestView[]> =>
  (await contract<Page<PermissionRequestView>>('permissions.list', { states: ['pending'], limit: 50 })).data;

/** What was erased does not come back, so each time has sessions of its own. */
let rounds = 0;

/** Three agents that wait for a person; gives what sends them on and takes their sessions away. */
export async function askForLeave(contract: Contract, agent: Agent): Promise<() => Promise<void>> {
  for (const rule of await contract<PermissionRuleView[]>('permissions.rules', {})) {
    await contract('permissions.deleteRule', { id: rule.id });
  }
  rounds += 1;
  const round = rounds;
  const sessionOf = (index: number): string => `asking-${round}-${index}`;
  for (const [index, { prompt }] of questions.entries()) {
    for (const event of promptEvents(sessionOf(index), prompt, project)) await agent.post(event);
  }
  const asked = questions.map(({ tool, input }, index) => agent.ask(sessionOf(index), project, tool, input));
  let open: PermissionRequestView[] = [];
  while (open.length < questions.length) open = await waiting(contract);
  return async () => {
    for (const { id } of open) await contract('permissions.decide', { id, behavior: 'deny' });
    await Promise.all(asked);
    for (const index of questions.keys()) await contract('sessions.erase', { id: sessionOf(index) });
  };
}

/** Rules such as people make; the same ones again change nothing. */
export async function makeRules(contract: Contract): Promise<void> {
  for (const rule of rules) await contract('permissions.createRule', rule);
}
