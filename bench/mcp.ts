import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { startWorkerProcess } from './lib/child-server.ts';
import { type Figure, percentile } from './lib/figure.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';

const root = resolve(import.meta.dirname, '..');
const rounds = 15;
const calls = 200;
const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1' } };

interface RpcProcess {
  /** Sends a request; milliseconds since the process was started when its answer came. */
  ask(method: string, params?: object): Promise<number>;
  end(): Promise<void>;
}

function startRpc(script: string, args: readonly string[]): RpcProcess {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, script), ...args], { stdio: ['pipe', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  const waiting = new Map<number, () => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id } = JSON.parse(line) as { id?: number };
    waiting.get(id ?? -1)?.();
  });
  let last = 0;
  return {
    ask(method, given = {}) {
      const id = ++last;
      const { promise, resolve: answered } = Promise.withResolvers<number>();
      waiting.set(id, () => answered(performance.now() - started));
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params: given })}\n`);
      return promise;
    },
    async end() {
      child.stdin.end();
      await exited;
    },
  };
}

/** From the spawn until an agent has its list of tools: `initialize`, then `tools/list`. */
async function startTimes(script: string, args: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const server = startRpc(script, args);
    await server.ask('initialize', params);
    times.push(await server.ask('tools/list'));
    await server.end();
  }
  return times;
}

/** One call after the other, once everything is loaded and connected. */
async function callTimes(script: string, args: readonly string[]): Promise<number[]> {
  const server = startRpc(script, args);
  let before = await server.ask('initialize', params);
  const call = () => server.ask('tools/call', { name: 'search', arguments: { query: 'locked database' } });
  const times: number[] = [];
  for (let index = -10; index < calls; index += 1) {
    if (index <= 0) before = await call();
    else {
      const now = await call();
      times.push(now - before);
      before = now;
    }
  }
  await server.end();
  return times;
}

/** `cmem mcp` beside a server that only says its line back. */
export async function benchMcp(): Promise<Figure[]> {
  return withTemporaryFolder(async (folder) => {
    const worker = await startWorkerProcess(folder);
    try {
      const ours = await startTimes('out/main/cli.js', ['mcp', '--data', folder]);
      const echo = await startTimes('bench/lib/echo-mcp.mjs', []);
      const search = await callTimes('out/main/cli.js', ['mcp', '--data', folder]);
      const line = await callTimes('bench/lib/echo-mcp.mjs', []);
      return [
        {
          name: `cmem mcp: from its start to tools/list, the slowest of ${rounds}`,
          unit: 'ms',
          value: Math.max(...ours),
          baseline: { name: 'echo on stdio', value: Math.max(...echo) },
        },
        {
          name: `cmem mcp: from its start to tools/list, median of ${rounds}`,
          unit: 'ms',
          value: percentile(ours, 0.5),
          baseline: { name: 'echo on stdio', value: percentile(echo, 0.5) },
          target: { kind: 'at most', value: 150 },
        },
        {
          name: 'cmem mcp: a search on an empty memory, median',
          unit: 'ms',
          value: percentile(search, 0.5),
          baseline: { name: 'echo on stdio', value: percentile(line, 0.5) },
        },
      ];
    } finally {
      await worker.stop();
    }
  });
}
