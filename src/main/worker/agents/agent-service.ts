import { TRPCError } from '@trpc/server';
import type { AgentService } from '../../api/record-services.ts';
import type { Reader } from '../reader-pool.ts';
import { asCallersError } from '../settings/callers-error.ts';
import { withPage } from '../with-page.ts';
import type { WriterClient } from '../writer-client.ts';

export interface AgentServiceParts {
  reader: Pick<Reader, 'call'>;
  writer: Pick<WriterClient, 'call'>;
}

/** The contract's operations on programs. */
export function createAgentService({ reader, writer }: AgentServiceParts): AgentService {
  const find = (id: string) => reader.call('getAgentProgram', { id, now: Date.now() });

  return {
    list: (query) => withPage(reader.call('listAgentPrograms', { query, now: Date.now() })),
    get: find,
    async create(agent) {
      const id = await asCallersError(writer.call('agentCreate', { agent, at: Date.now() }));
      const made = await find(id);
      if (made === null) throw new TRPCError({ code: 'CONFLICT', message: 'It was deleted again at once.' });
      return made;
    },
    update: async (id, change) =>
      (await writer.call('agentUpdate', { id, change, at: Date.now() })) ? find(id) : null,
    async setState(id, state) {
      const isDisabled = state === 'disabled';
      return (await writer.call('agentDisable', { id, isDisabled, at: Date.now() })) ? find(id) : null;
    },
    delete: (id) => asCallersError(writer.call('agentDelete', { id, at: Date.now() })),
  };
}
