import { dataFolder } from '../../store/data-folder.ts';
import { messageLines } from './message-lines.ts';
import { rpcCodes, rpcError } from './rpc-message.ts';
import { createStdioProxy } from './stdio-proxy.ts';

/**
 * `cmem mcp`: MCP on the standard streams, until the input ends. Nothing but the protocol is written to the output.
 * Loads next to nothing by itself, for an agent waits for its tools; the connection to the memory comes after that.
 */
export async function runMcp(data: string | undefined): Promise<number> {
  const { stdin, stdout } = process;
  const write = (message: object) => void stdout.write(`${JSON.stringify(message)}\n`);
  const proxy = createStdioProxy(dataFolder(data), write, async (parts) =>
    (await import('./upstream.ts')).createUpstream(parts),
  );
  const ended = Promise.withResolvers<void>();
  stdin.on(
    'data',
    messageLines(proxy.line, () => write(rpcError(null, rpcCodes.invalid, 'A message is longer than 10 MB.'))),
  );
  stdin.once('end', ended.resolve);
  stdin.once('error', ended.resolve);
  // Whoever reads the answers is gone.
  stdout.on('error', ended.resolve);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => ended.resolve());
  await ended.promise;
  await proxy.close();
  return 0;
}
