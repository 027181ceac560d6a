import type {
  ContextChange,
  ContextChoice,
  ContextPreview,
  ContextSettings,
  InjectionKind,
  InjectionView,
  Mark,
} from '../../shared/context-views.ts';
import type { EmbeddingSettings, EmbeddingStatus } from '../../shared/embedding-views.ts';
import type { McpPluginView, McpSetupView } from '../../shared/mcp-views.ts';
import type { IndexReport } from '../../shared/index-views.ts';
import type { ObservationsAround } from '../../shared/record-views.ts';
import type { SearchAnswer, SearchFilters, SearchFusion, SearchMode, Suggestion } from '../../shared/search-views.ts';
import type {
  GapEvent,
  HookInstallation,
  MemoryEvent,
  MemoryEventType,
  ObservationDetail,
  ObservationView,
  Page,
  ProjectView,
  SessionView,
  StatusView,
} from '../../shared/views.ts';
import type { Caller } from '../access/caller.ts';
import type { SessionQuery } from '../store/tables/session-reader.ts';
import type { AccessServices } from './access-services.ts';
import type { EventFeed, Signals } from './event-feed.ts';
import type { RecordServices } from './record-services.ts';
import type { UnderstandingServices } from './understanding-services.ts';

export type SessionListRequest = SessionQuery;

export interface TimelineRequest {
  session_id: string;
  cursor?: string | undefined;
  limit: number;
}

/** Either an observation, or a session and a time in it (its end when left out). */
export interface AroundRequest {
  observation_id?: string | undefined;
  session_id?: string | undefined;
  /** ISO 8601. */
  at?: string | undefined;
  before: number;
  after: number;
}

export interface SearchRequest {
  /** The query language: words, phrases, `-not`, `project:` and so on, natural time. */
  text: string;
  /** In addition to what the text says. */
  filters: SearchFilters;
  mode: SearchMode;
  fusion: SearchFusion;
  /** The project that is looked at; its observations are raised a little. */
  near_project_id?: string | undefined;
  limit: number;
  /** From an answer to the same question: goes on in that answer's ranking. */
  cursor?: string | undefined;
}

export interface SimilarRequest {
  id: string;
  filters: SearchFilters;
  limit: number;
}

export interface SuggestRequest {
  text: string;
  /** UTF-16 offset in the text; its end when left out. */
  caret?: number | undefined;
  limit: number;
}

export interface PreviewRequest {
  project_id: string;
  /** As this session would be given it; without it, a new one. */
  session_id?: string | undefined;
  kind: InjectionKind;
  /** For kind `prompt`. */
  prompt?: string | undefined;
  /** For kind `file`. */
  file?: string | undefined;
}

export interface InjectionListRequest {
  session_id?: string | undefined;
  project_id?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Nothing set: the general choice. */
export interface ContextScope {
  project_id?: string | undefined;
  session_id?: string | undefined;
}

export interface ContextChoiceView {
  /** What was chosen for this very scope. */
  choice: ContextChoice;
  /** What holds here. */
  effective: ContextSettings;
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
  /** Null when there is no such observation or session. */
  around(request: AroundRequest): Promise<ObservationsAround | null>;
  getObservation(id: string): Promise<ObservationDetail | null>;
}

export interface SearchService {
  query(request: SearchRequest): Promise<SearchAnswer>;
  /** The lexical answer as soon as it is there, then the one that was asked for. */
  progressive(request: SearchRequest, signal: AbortSignal): AsyncIterable<SearchAnswer>;
  /** Null when there is no such observation. */
  similar(request: SimilarRequest): Promise<SearchAnswer | null>;
  suggest(request: SuggestRequest): Promise<Suggestion[]>;
  /** Keeps a query that led somewhere, for completion. */
  remember(query: string): Promise<void>;
  forgetQueries(): Promise<void>;
}

export interface ContextService {
  /** Null when there is no such project. */
  preview(request: PreviewRequest): Promise<ContextPreview | null>;
  injections(request: InjectionListRequest): Promise<Page<InjectionView>>;
  /** Null when there is no such project or session. */
  choice(scope: ContextScope): Promise<ContextChoiceView | null>;
  choose(scope: ContextScope, change: ContextChange): Promise<ContextChoiceView | null>;
  /** `null` takes a mark away. False when there is no such row. */
  markObservation(id: string, mark: Mark | null): Promise<boolean>;
  markSession(id: string, mark: Mark | null): Promise<boolean>;
}

export interface EmbeddingService {
  status(): Promise<EmbeddingStatus>;
  /** `key` is put into the keychain and never given back; undefined leaves it, null forgets it. */
  configure(settings: EmbeddingSettings, key?: string | null): Promise<EmbeddingStatus>;
  /** Embeds one short text with the settings without keeping anything; the dimension that came, or what is wrong. */
  test(settings: EmbeddingSettings, key?: string): Promise<{ dimension: number; took_ms: number }>;
  pause(): Promise<EmbeddingStatus>;
  resume(): Promise<EmbeddingStatus>;
  /** Makes all vectors again. */
  rebuild(): Promise<EmbeddingStatus>;
}

export interface IndexService {
  /** Compares the indexes with the rows they were made from; takes seconds for a large memory. */
  check(): Promise<IndexReport>;
  /** Indexes again what a check finds wrong; what it finds after that. */
  mend(): Promise<IndexReport>;
}

/** How agents are connected. */
export interface McpService {
  setup(): Promise<McpSetupView>;
  /** Rejects with PRECONDITION_FAILED for a memory that is not this machine's own. */
  writePlugin(): Promise<McpPluginView>;
}

/** What the contract's procedures stand on; the worker makes it, tests may make their own. */
export interface Services extends UnderstandingServices, RecordServices, AccessServices {
  read: ReadService;
  search: SearchService;
  context: ContextService;
  embedding: EmbeddingService;
  indexes: IndexService;
  mcp: McpService;
  status(): Promise<StatusView>;
  setPaused(paused: boolean): Promise<void>;
  events(subscription: EventSubscription, signal: AbortSignal): AsyncIterable<MemoryEvent | GapEvent>;
  /** The same for the many clients of the port. */
  feed: EventFeed;
  signals: Signals;
  /** A ticket that opens one event stream with the caller's rights, once, within a minute. */
  issueTicket(caller: Caller): string;
  installHooks(): Promise<HookInstallation>;
  uninstallHooks(): Promise<HookInstallation>;
}
