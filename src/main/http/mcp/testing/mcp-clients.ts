import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { resolve } from 'node:path';

const cli = resolve(import.meta.dirname, '../../../cli.ts');
const name = { name: 'test', version: '1' };

/** The official client on both doors, in both eras of the protocol. */
export function mcpClients() {
  const ends: (() => Promise<void>)[] = [];

  async function connected(client: Client, transport: Parameters<Client['connect']>[0]): Promise<Client> {
    ends.push(() => client.close());
    await client.connect(transport);
    return client;
  }

  return {
    http(url: string, token: string, era: 'legacy' | 'auto' = 'legacy'): Promise<Client> {
      const requestInit = { headers: { authorization: `Bearer ${token}` } };
      const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit });
      return connected(new Client(name, { versionNegotiation: { mode: era } }), transport);
    },
    stdio(dataDir: string, era: 'legacy' | 'auto' = 'legacy'): Promise<Client> {
      const args = [cli, 'mcp', '--data', dataDir];
      const transport = new StdioClientTransport({ command: process.execPath, args, stderr: 'inherit' });
      return connected(new Client(name, { versionNegotiation: { mode: era } }), transport);
    },
    async end() {
      for (const end of ends.splice(0).toReversed()) await end();
    },
  };
}
