import type { MemoryEvent } from '../../shared/views.ts';
import type { EventBus } from './event-bus.ts';
import type { Reader } from './reader-pool.ts';
import type { SignalChannel } from './signals.ts';

export interface PeerSignalParts {
  signals: SignalChannel;
  bus: Pick<EventBus, 'listen'>;
  reader: Pick<Reader, 'call'>;
  organizationId: string;
  onFault(error: unknown): void;
}

/** Rows are read for these; more than so many that wait are not told of, as nobody can catch up with a signal anyway. */
const mostWaiting = 1_000;
const previewLength = 100;
/** Whom a memory is attributed to in shapes that want an agent: it is everybody's. */
const ownName = 'claude-mem';

/** Changes of a memory as clients of other memories know them; whatever else happens to one is an update. */
const operations = new Map<string, 'created' | 'deleted'>([
  ['remembered', 'created'],
  ['restored', 'created'],
  ['forgotten', 'deleted'],
]);

/** Tells clients of other memories, in their shapes, what the log says in ours; rows are read only while somebody listens. */
export function tellPeers({ signals, bus, reader, organizationId, onFault }: PeerSignalParts): void {
  async function memoryChanged({ data }: MemoryEvent): Promise<void> {
    const id = String(data['memory_id']);
    const operation = operations.get(String(data['change'])) ?? 'updated';
    signals.tell('memory_update', { memory_id: id, agent_id: ownName, operation });
    if (operation === 'deleted') {
      signals.tell('memory_deleted', { content_hash: id, success: true, message: 'The memory was deleted.' });
    }
    if (operation !== 'created' || !signals.isHeard('memory_stored')) return;
    const memory = await reader.call('getMemory', { id, now: Date.now() });
    if (memory === null) return;
    const { text, tags, metadata } = memory;
    // Their own type, where one of their clients stored it (http/peers keeps it there).
    const type = typeof metadata['memory_type'] === 'string' ? metadata['memory_type'] : memory.type;
    const preview = text.length > previewLength ? `${text.slice(0, previewLength)}...` : text;
    const message = 'A memory was stored.';
    signals.tell('memory_stored', { content_hash: id, content_preview: preview, tags, memory_type: type, message });
  }

  async function messageCreated({ data }: MemoryEvent): Promise<void> {
    if (!signals.isHeard('message')) return;
    const message = await reader.call('getMessage', String(data['message_id']));
    if (message === null) return;
    const { id, agent, text } = message;
    signals.tell('message', { message_id: id, agent_id: agent, user_id: organizationId, content: text });
  }

  async function sessionTurned({ type, session_id: id }: MemoryEvent): Promise<void> {
    if (id === null || !signals.isHeard('agent_update')) return;
    const session = await reader.call('getSession', id);
    if (session === null) return;
    signals.tell('agent_update', { agent_id: session.agent, status: type === 'session.started' ? 'active' : 'idle' });
  }

  async function translate(event: MemoryEvent): Promise<void> {
    const { type, data } = event;
    if (type === 'memory.changed') return memoryChanged(event);
    if (type === 'message.created') return messageCreated(event);
    if (type === 'session.started' || type === 'session.ended') return sessionTurned(event);
    if (type !== 'agent.changed') return;
    signals.tell('agent_update', { agent_id: String(data['name']), status: String(data['change']) });
  }

  signals.source(['memory_stored', 'memory_deleted', 'memory_update', 'message', 'agent_update'], () => {
    let waiting = 0;
    let last: Promise<void> = Promise.resolve();
    return bus.listen((event) => {
      if (waiting >= mostWaiting) return;
      waiting++;
      // One after the other, so that they are told in the order in which they happened.
      last = last
        .then(() => translate(event))
        .catch(onFault)
        .finally(() => waiting--);
    });
  });
}
