/**
 * What the memory looks like on the wire: the answers of the contract, shared by every door and by the window.
 * Names are snake_case as in the file; times are ISO 8601 strings in UTC; ids are UUIDv7 unless said otherwise.
 */
import type { Mark } from './context-views.ts';
import type { EmbeddingStatus } from './embedding-views.ts';
import type { PromptView } from './record-views.ts';
import type { SummaryView } from './summary-views.ts';

/** What an observation is about; made by rules from the tool, prompt or message that it came from. */
export const observationTypes = [
  'request',
  'discovery',
  'change',
  'command',
  'research',
  'delegation',
  'plan',
  'tool',
  'note',
  'conclusion',
  'summary',
] as const;
export type ObservationType = (typeof observationTypes)[number];

export interface ProjectRef {
  id: string;
  name: string;
}

export interface ProjectView extends ProjectRef {
  root: string;
  remote: string | null;
  session_count: number;
  observation_count: number;
  last_event_at: string;
}

export interface SessionView {
  /** The agent's own session id. */
  id: string;
  project: ProjectRef;
  agent: string;
  /** That of its current summary, else its first prompt; null before that. */
  title: string | null;
  cwd: string;
  branch: string | null;
  model: string | null;
  status: 'active' | 'ended';
  end_reason: string | null;
  started_at: string;
  last_event_at: string;
  ended_at: string | null;
  prompt_count: number;
  observation_count: number;
  failure_count: number;
  /** The last final message of the session, shortened to 400 characters. */
  conclusion: string | null;
  /** What a person said about it. */
  mark: Mark | null;
}

/** What a session can be asked for along with; the first page of each. */
export const sessionParts = ['prompts', 'observations', 'summaries'] as const;

export interface SessionDetail extends SessionView {
  prompts?: Page<PromptView>;
  observations?: Page<ObservationView>;
  summaries?: Page<SummaryView>;
}

/** What an observation says, as rules make it from one event; it has no id and no place yet. */
export interface ObservationContent {
  type: ObservationType;
  /** The tool's name as the agent spells it; null for prompts and messages. */
  tool: string | null;
  title: string;
  subtitle: string | null;
  facts: string[];
  narrative: string | null;
  concepts: string[];
  files_read: string[];
  files_changed: string[];
  /** 0 to 1. */
  importance: number;
  failed: boolean;
  /** How long the tool ran; null where nobody measured it. */
  duration_ms: number | null;
}

export interface ObservationView extends ObservationContent {
  id: string;
  session_id: string;
  project: ProjectRef;
  /** Set when a subagent did it. */
  agent_id: string | null;
  agent_type: string | null;
  /** The agent's id of the prompt (turn) that it belongs to. */
  prompt_id: string | null;
  occurred_at: string;
  /** What a person said about it. */
  mark: Mark | null;
}

/** An observation with what the agent sent and got, as kept in the ledger (redacted, large values elided). */
export interface ObservationDetail extends ObservationView {
  input: unknown;
  result: unknown;
  error: string | null;
  /** Size of the event as it was received, before redaction and elision. */
  original_bytes: number;
  /** Who reported it: the hook, the transcript or a batch. */
  source: string;
}

export interface Pagination {
  page: number;
  limit: number;
  total: number;
  total_pages: number;
  has_next: boolean;
  has_prev: boolean;
  /** Give it back as `cursor` for the next page; null on the last one. */
  next_cursor: string | null;
}

export interface Page<T> {
  data: T[];
  pagination: Pagination;
}

export const memoryEventTypes = [
  'session.started',
  'session.updated',
  'session.ended',
  'prompt.created',
  'observation.created',
  'observation.updated',
  'message.created',
  'capture.paused',
  'capture.resumed',
  'context.given',
  'embedding.changed',
  'job.changed',
  'summary.created',
  'learning.changed',
  'memory.changed',
  'costs.changed',
  'session.deleted',
  'session.restored',
  'observation.deleted',
  'agent.changed',
  'tool.changed',
  'permission.requested',
  'permission.decided',
  'access.changed',
  'setting.changed',
] as const;
export type MemoryEventType = (typeof memoryEventTypes)[number];

/** One entry of the event log: what the event stream, the WebSocket and tRPC subscriptions carry. */
export interface MemoryEvent {
  /** Grows by one with each entry; the `id` of the event stream. */
  id: number;
  type: MemoryEventType;
  at: string;
  project_id: string | null;
  session_id: string | null;
  /** Ids and a title, never a whole row. */
  data: Record<string, string | number | boolean | null>;
}

/** Sent instead of what is no longer kept, when a client asks for events that are too old or reads too slowly. */
export interface GapEvent {
  type: 'gap';
  /** The last id that the client has seen. */
  after: number;
  /** The first id that follows. */
  next: number;
}

export interface HookActivity {
  name: string;
  last_at: string;
  count: number;
}

export interface HookInstallation {
  settings_file: string;
  state: 'installed' | 'partial' | 'absent' | 'outdated' | 'unreadable';
  /** Hook events of ours that are in the file. */
  events: string[];
  /** What is wrong and what to do, one sentence each. */
  problems: string[];
}

export interface RecentError {
  at: string;
  code: string;
  message: string;
  count: number;
}

/** A worker that an agent started, because it needed the memory, makes room for one that a person starts. */
export type StartedBy = 'person' | 'agent';

export interface StatusView {
  version: string;
  engine: 'desktop' | 'headless';
  started_by: StartedBy;
  pid: number;
  started_at: string;
  uptime_ms: number;
  url: string;
  port: number;
  /** Null for all but the owner, to whom alone `file` is a whole path here: others are told its name. */
  data_dir: string | null;
  capture: { paused: boolean; paused_since: string | null };
  database: {
    file: string;
    size_bytes: number;
    wal_bytes: number;
    schema_version: number;
    sqlite_version: string;
    counts: {
      events: number;
      sessions: number;
      prompts: number;
      messages: number;
      observations: number;
      projects: number;
    };
  };
  lock: { file: string; pid: number; since: string };
  hooks: HookActivity[];
  /** Null for all but the owner, who alone installs hooks. */
  installation: HookInstallation | null;
  errors: RecentError[];
  embedding: EmbeddingStatus;
}
