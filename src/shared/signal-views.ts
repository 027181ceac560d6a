/**
 * What is told to whoever listens and kept nowhere: it has no id, and nobody can catch up with it. Field names are those
 * that clients of other memories know.
 */

export const signalTypes = [
  'search_completed',
  'backup_status',
  'health_update',
  'memory_stored',
  'memory_deleted',
  'message',
  'agent_update',
  'memory_update',
  'stream_chunk',
] as const;
export type SignalType = (typeof signalTypes)[number];

export interface SignalData {
  /** Never the words that were searched for. */
  search_completed: { search_type: string; results_count: number; processing_time_ms: number; message: string };
  backup_status: { status: 'started' | 'completed' | 'failed'; file: string | null; size_bytes: number | null };
  health_update: { status: string; details: Record<string, string>; message: string };
  memory_stored: {
    /** The id of the memory. */
    content_hash: string;
    content_preview: string;
    tags: string[];
    memory_type: string;
    message: string;
  };
  memory_deleted: { content_hash: string; success: boolean; message: string };
  message: { message_id: string; agent_id: string; user_id: string; content: string };
  agent_update: { agent_id: string; status: string };
  memory_update: { memory_id: string; agent_id: string; operation: 'created' | 'updated' | 'deleted' };
  /** A piece of an answer as it is made; `request_id` is that of the call that asked. */
  stream_chunk: { request_id: string; chunk: string; is_final: boolean };
}

export interface Signal {
  type: SignalType;
  timestamp: string;
  data: SignalData[SignalType];
}

/** As mcp-memory-service names its events on /events. */
export const namedSignals = [
  'memory_stored',
  'memory_deleted',
  'search_completed',
  'backup_status',
  'health_update',
] as const satisfies SignalType[];

/** As AgentMem tags its messages on a socket and on /api/v1/sse. */
export const taggedSignals = ['message', 'agent_update', 'memory_update'] as const satisfies SignalType[];
