import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server';

/** Of one session: what a client that lost its connection for a moment may have missed. */
const mostEvents = 500;
const mostCharacters = 500_000;

interface StoredEvent {
  streamId: string;
  message: JSONRPCMessage;
  size: number;
}

/** Keeps the last messages of a session, so that a stream can be taken up again by the id of an event. */
export function createEventStore(): EventStore {
  const events = new Map<string, StoredEvent>();
  let last = 0;
  let characters = 0;

  return {
    storeEvent(streamId, message) {
      const id = `${streamId}_${++last}`;
      const size = JSON.stringify(message).length;
      events.set(id, { streamId, message, size });
      characters += size;
      for (const [oldest, event] of events) {
        if (oldest === id || (events.size <= mostEvents && characters <= mostCharacters)) break;
        events.delete(oldest);
        characters -= event.size;
      }
      return Promise.resolve(id);
    },
    getStreamIdForEventId: (id) => Promise.resolve(events.get(id)?.streamId),
    async replayEventsAfter(lastId, { send }) {
      const streamId = events.get(lastId)?.streamId;
      if (streamId === undefined) throw new Error('This event is not kept any more.');
      let isAfter = false;
      // Also what is stored meanwhile: until all is sent, nobody else sends it on this stream.
      for (const [id, event] of events) {
        if (isAfter && event.streamId === streamId && isMessage(event.message)) await send(id, event.message);
        if (id === lastId) isAfter = true;
      }
      return streamId;
    },
  };
}

/** A stream begins with an empty event, which only gives the client an id to come back with. */
function isMessage(message: JSONRPCMessage): boolean {
  return 'jsonrpc' in message;
}
