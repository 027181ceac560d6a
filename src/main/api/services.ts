import type {
  ContextPreview,
  GapEvent,
  HookInstallation,
  MemoryEvent,
  MemoryEventType,
  ObservationDetail,
  ObservationView,
  Page,
  ProjectView,
  SearchAnswer,
  SearchFilters,
  SessionView,
  StatusView,
} from '../../shared/views.ts';
import type { SessionQuery } from '../store/tables/session-reader.ts';

export type SessionListRequest = SessionQuery;

export interface TimelineRequest {
  session_id: string;
  cursor?: string | undefined;
  limit: number;
}

export interface SearchRequest {
  text: string;
  filters: SearchFilters;
  limit: number;
  offset: number;
}

export interface EventSubscription {
  /** Events after this id come first, from the log; without it only what happens from now on. */
  after?: number | undefined;
  types?: readonly MemoryEventType[] | undefined;
  project_id?: string | undefined;
  session_id?: string | undefined;
}

/** Reads, answered by the reader threads. */
export interface ReadService {
  listProjects(): Promise<ProjectView[]>;
  listSessions(request: SessionListRequest): Promise<Page<SessionView>>;
  getSession(id: string): Promise<SessionView | null>;
  /** Oldest first. */
  timeline(request: TimelineRequest): Promise<Page<ObservationView>>;
  getObservation(id: string): Promise<ObservationDetail | null>;
  search(request: SearchRequest): Promise<SearchAnswer>;
  previewContext(projectId: string): Promise<ContextPreview | null>;
}

/** What the contract's procedures stand on; the worker makes it, tests may make their own. */
export interface Services {
  read: ReadService;
  status(): Promise<StatusView>;
  setPaused(paused: boolean): Promise<void>;
  events(subscription: EventSubscription, signal: AbortSignal): AsyncIterable<MemoryEvent | GapEvent>;
  /** A ticket that opens one event stream or one window, once, within a minute. */
  issueTicket(): string;
  installHooks(): Promise<HookInstallation>;
  uninstallHooks(): Promise<HookInstallation>;
}
