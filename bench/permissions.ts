import { createTRPCClient, httpLink } from '@trpc/client';
import superjson from 'superjson';
import type { AppRouter } from '../src/main/api/router.ts';
import { startBareServer, startWorkerProcess } from './lib/child-server.ts';
import { percentile, type Figure } from './lib/figure.ts';
import { hookPath } from './lib/load.ts';
import { openRawConnection, postRequest } from './lib/raw-connection.ts';
import { openEventStream } from './stream.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';

const warmUp = 30;
const samples = 200;

const question = (command: string) =>
  JSON.stringify({
    session_id: 'asking',
    cwd: '/nowhere/shop',
    hook_event_name: 'PermissionRequest',
    permission_mode: 'default',
    tool_name: 'Bash',
    tool_input: { command, description: 'Measured' },
  });

/**
 * From the first byte of an agent's question to its event at a client of the event stream, from a decision to the agent's
 * answer, and the answer of a rule; the desktop's notification begins where the event arrives.
 */
export async function benchPermissions(): Promise<Figure[]> {
  return withTemporaryFolder(async (folder) => {
    const worker = await startWorkerProcess(folder);
    const bare = await startBareServer();
    const headers = { authorization: `Bearer ${worker.ownerToken}` };
    const { permissions } = createTRPCClient<AppRouter>({
      links: [httpLink({ url: `${worker.url}/trpc`, transformer: superjson, headers })],
    });
    const stream = await openEventStream(worker);
    const agent = await openRawConnection(worker.port);
    const least = await openRawConnection(bare.port);
    try {
      await permissions.createRule.mutate({ effect: 'allow', tool: 'Bash', pattern: 'make ruled-*' });
      const [shown, answered, ruled, posts]: number[][] = [[], [], [], []];
      for (let index = 0; index < warmUp + samples; index += 1) {
        const command = `make asked-${index}`;
        const arrived = stream.arrival(command);
        const started = performance.now();
        const answer = agent.send(postRequest(worker.port, hookPath, worker.captureToken, question(command)));
        const at = await arrived;
        const { data } = await permissions.list.query({ states: ['pending'], limit: 1 });
        const decided = performance.now();
        await permissions.decide.mutate({ id: data[0]?.id ?? '', behavior: 'allow' });
        await answer;
        const ended = performance.now();
        await agent.send(postRequest(worker.port, hookPath, worker.captureToken, question(`make ruled-${index}`)));
        const afterRule = performance.now();
        await least.send(postRequest(bare.port, hookPath, '', question(command)));
        const afterBare = performance.now();
        if (index < warmUp) continue;
        shown?.push(at - started);
        answered?.push(ended - decided);
        ruled?.push(afterRule - ended);
        posts?.push(afterBare - afterRule);
      }
      const parts = [
        ['question of an agent to event stream', shown, 200],
        ['decision to the answer of the agent', answered, null],
        ['question that a rule answers', ruled, null],
      ] as const;
      return parts.flatMap(([name, times = [], target]) =>
        ([0.5, 0.99] as const).map((share) => ({
          name: `${name}, p${share * 100}`,
          unit: 'ms',
          value: percentile(times, share),
          baseline: { name: 'bare node:http', value: percentile(posts ?? [], share) },
          ...(target === null || share < 0.99 ? {} : { target: { kind: 'at most' as const, value: target } }),
        })),
      );
    } finally {
      stream.close();
      agent.close();
      least.close();
      await Promise.all([worker.stop(), bare.stop()]);
    }
  });
}
