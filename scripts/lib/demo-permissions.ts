import type { PermissionRequestView, PermissionRuleView } from '../../src/shared/permission-views.ts';
import type { Page } from '../../src/shared/views.ts';
import type { Contract } from '../../e2e/contract-client.ts';
import type { Agent } from './demo-memory.ts';

const project = '/home/dev/shop-api';

const questions = [
  { tool: 'Bash', input: { command: 'npm test -- checkout', description: 'Run the checkout tests' } },
  {
    tool: 'Edit',
    input: { file_path: `${project}/src/db.js`, old_string: 'timeout: 1_000', new_string: 'timeout: 5_000' },
  },
  { tool: 'Bash', input: { command: 'git push origin main && npm publish', description: 'Publish the release' } },
];

const rules = [
  { effect: 'allow', tool: 'Bash', pattern: 'npm test*' },
  { effect: 'deny', tool: 'Bash', pattern: 'rm -rf *', message: 'Move it to the trash instead' },
  { effect: 'ask', tool: 'Bash', pattern: 'git push*' },
  { effect: 'allow', tool: 'Edit', pattern: 'src/**' },
];

const waiting = async (contract: Contract): Promise<PermissionRequestView[]> =>
  (await contract<Page<PermissionRequestView>>('permissions.list', { states: ['pending'], limit: 50 })).data;

/** Three agents that wait for a person; gives what sends them on. */
export async function askForLeave(contract: Contract, agent: Agent): Promise<() => Promise<void>> {
  for (const rule of await contract<PermissionRuleView[]>('permissions.rules', {})) {
    await contract('permissions.deleteRule', { id: rule.id });
  }
  const asked = questions.map(({ tool, input }, index) => agent.ask(`asking-${index}`, project, tool, input));
  let open: PermissionRequestView[] = [];
  while (open.length < questions.length) open = await waiting(contract);
  return async () => {
    for (const { id } of open) await contract('permissions.decide', { id, behavior: 'deny' });
    await Promise.all(asked);
  };
}

/** Rules such as people make; the same ones again change nothing. */
export async function makeRules(contract: Contract): Promise<void> {
  for (const rule of rules) await contract('permissions.createRule', rule);
}
