import type { AskEvent, AskAnswer } from '../../shared/ask-views.ts';
import type { CostCaps, CostEstimate, CostOverview, ModelCallView, PriceView } from '../../shared/cost-views.ts';
import type { EntityKind, EntityView, GraphView, RankedEntity, RelationType } from '../../shared/graph-views.ts';
import type { JobKind, JobsOverview, JobState, JobView } from '../../shared/job-views.ts';
import type {
  LearningCategory,
  LearningCounts,
  LearningDetail,
  LearningOutcome,
  LearningScope,
  LearningState,
  LearningView,
} from '../../shared/learning-views.ts';
import type { ModelSettings, ModelStatus, ModelTest, ModelTier } from '../../shared/model-views.ts';
import type { SummaryScope, SummaryView } from '../../shared/summary-views.ts';
import type { AgingPolicy, AgingReport } from '../../shared/upkeep-views.ts';
import type { Page } from '../../shared/views.ts';
import type { MemoryService } from './memory-services.ts';

export interface JobListRequest {
  states?: JobState[] | undefined;
  kinds?: JobKind[] | undefined;
  project_id?: string | undefined;
  session_id?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** What a person may ask to be done now; kinds that need a session or a project say so when it is missing. */
export interface JobRequest {
  kind: JobKind;
  project_id?: string | undefined;
  session_id?: string | undefined;
}

export interface JobService {
  overview(): Promise<JobsOverview>;
  /** Running first, then waiting by their turn, then the ended ones, newest first. */
  list(request: JobListRequest): Promise<Page<JobView>>;
  get(id: string): Promise<JobView | null>;
  /** The job that is there already when the same work is waiting or running. */
  enqueue(request: JobRequest): Promise<JobView>;
  /** A parked, cancelled or waiting job goes at once. Null when there is no such job. */
  retry(id: string): Promise<JobView | null>;
  /** What it did stays undone; a running one is stopped. Null when there is no such job. */
  cancel(id: string): Promise<JobView | null>;
  /** All parked jobs again; how many. */
  retryParked(kind: JobKind | null): Promise<number>;
  /** Null stands for all kinds. */
  setPaused(kind: JobKind | null, paused: boolean): Promise<JobsOverview>;
  setConcurrency(kind: JobKind, concurrency: number): Promise<JobsOverview>;
  setSchedule(kind: JobKind, schedule: { cron: string; enabled: boolean }): Promise<JobsOverview>;
}

export interface ModelService {
  status(): Promise<ModelStatus>;
  /** `key` is put into the keychain and never given back; undefined leaves it, null forgets it. */
  configure(settings: ModelSettings, key?: string | null): Promise<ModelStatus>;
  /** Asks one short question with the settings without keeping them. */
  test(settings: ModelSettings, tier: ModelTier, key?: string): Promise<ModelTest>;
}

export interface CostRequest {
  since?: string | undefined;
  until?: string | undefined;
  project_id?: string | undefined;
}

export interface EstimateRequest {
  project_id?: string | undefined;
  since?: string | undefined;
}

export interface CostService {
  overview(request: CostRequest): Promise<CostOverview>;
  calls(request: {
    job_id?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<ModelCallView>>;
  setCaps(caps: CostCaps): Promise<CostOverview>;
  prices(): Promise<PriceView[]>;
  setPrice(price: Omit<PriceView, 'edited'>): Promise<PriceView[]>;
  /** Back to the list's price, or to none. */
  resetPrice(model: string): Promise<PriceView[]>;
  /** What summaries and learnings of all sessions that have none of a model would cost. */
  estimate(request: EstimateRequest): Promise<CostEstimate>;
}

export interface SummaryListRequest {
  scope?: SummaryScope | undefined;
  session_id?: string | undefined;
  project_id?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export interface SummaryService {
  /** Current versions; of a session oldest first, else newest first. */
  list(request: SummaryListRequest): Promise<Page<SummaryView>>;
  get(id: string): Promise<SummaryView | null>;
  /** All versions of the same thing, newest first. */
  versions(id: string): Promise<SummaryView[] | null>;
  /** A job that makes a new version, with a model when one is set and `with_model`. Null when there is nothing of that id. */
  regenerate(request: {
    scope: SummaryScope;
    session_id?: string | undefined;
    prompt_id?: string | undefined;
    project_id?: string | undefined;
    week?: string | undefined;
    with_model: boolean;
  }): Promise<JobView | null>;
  /** Makes an older version the current one. */
  choose(id: string): Promise<SummaryView | null>;
}

export interface LearningListRequest {
  states?: LearningState[] | undefined;
  categories?: LearningCategory[] | undefined;
  /** All of them. */
  tags?: string[] | undefined;
  scope?: LearningScope | undefined;
  project_id?: string | undefined;
  /** Words of the statement or the detail. */
  text?: string | undefined;
  conflicts_only?: boolean | undefined;
  order: 'newest' | 'confidence' | 'use';
  cursor?: string | undefined;
  limit: number;
}

export interface LearningChangeRequest {
  category?: LearningCategory | undefined;
  statement?: string | undefined;
  detail?: string | null | undefined;
  tags?: string[] | undefined;
  scope?: LearningScope | undefined;
  project_id?: string | null | undefined;
  path?: string | null | undefined;
  expires_at?: string | null | undefined;
}

export interface LearningProposal {
  category: LearningCategory;
  statement: string;
  scope: LearningScope;
  detail?: string | undefined;
  tags?: string[] | undefined;
  project_id?: string | undefined;
  path?: string | undefined;
  /** The session that it was learned in; counts as its evidence. */
  session_id?: string | undefined;
}

export interface LearningService {
  list(request: LearningListRequest): Promise<Page<LearningView>>;
  get(id: string): Promise<LearningDetail | null>;
  counts(request: { project_id?: string | undefined }): Promise<LearningCounts>;
  /** A person's own: approved at once. */
  create(
    request: LearningChangeRequest & {
      category: LearningCategory;
      statement: string;
      scope: LearningScope;
    },
  ): Promise<LearningOutcome>;
  /** An agent's own: waits for a person. What was proposed or decided in the same words before is given back as it is. */
  propose(request: LearningProposal): Promise<LearningView>;
  edit(id: string, change: LearningChangeRequest): Promise<LearningOutcome>;
  /** Of many at once: all of them, or none when one does not exist. */
  decide(ids: string[], decision: 'approve' | 'reject' | 'propose' | 'expire', note?: string): Promise<LearningOutcome>;
  pin(ids: string[], pinned: boolean): Promise<LearningOutcome>;
  /** `ids` become part of `into`, which takes their evidence, and its statement when one is given. */
  merge(into: string, ids: string[], statement?: string): Promise<LearningOutcome>;
  supersede(id: string, by: string): Promise<LearningOutcome>;
  /** Both of two that seem to say the opposite hold: approved, and no longer in conflict. */
  keepBoth(id: string, other: string): Promise<LearningOutcome>;
  /** A person looked: it is so, or not (any more), with a note; moves its confidence. */
  verify(id: string, verdict: 'confirmed' | 'refuted', note: string | null): Promise<LearningOutcome>;
  /** For good, with its evidence; what it was made from does not make it again. Can be undone for as long as the history lasts. */
  delete(ids: string[]): Promise<LearningOutcome>;
  /** Refuses what was undone, and what was changed again since. */
  undo(batchId: string): Promise<LearningOutcome>;
  /** The section that `writeExport` would put into the file: approved learnings in scope, or exactly those that are named. */
  exportText(request: {
    project_id?: string | undefined;
    ids?: string[] | undefined;
  }): Promise<{ text: string; count: number }>;
  /** Puts the section between its marks into a CLAUDE.md, and leaves the rest of the file as it is. */
  writeExport(request: {
    file: string;
    project_id?: string | undefined;
    ids?: string[] | undefined;
  }): Promise<{ file: string; count: number }>;
}

export interface GraphService {
  entities(request: {
    text?: string | undefined;
    kind?: EntityKind | undefined;
    project_id?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<EntityView>>;
  /** Up to three steps around an entity. */
  neighbours(request: {
    id: string;
    depth: number;
    types?: RelationType[] | undefined;
    limit: number;
  }): Promise<GraphView | null>;
  /** The strongest of the shortest ways; without relations when there is none. Null when an end does not exist. */
  path(request: { from: string; to: string }): Promise<GraphView | null>;
  /** The most mentioned entities of a project, or of everything, and what ties them. */
  overview(request: { project_id?: string | undefined; limit: number }): Promise<GraphView>;
  /** Personalised PageRank from the seeds. */
  rank(request: { seeds: string[]; limit: number }): Promise<RankedEntity[]>;
}

export interface UpkeepService {
  policy(): Promise<AgingPolicy>;
  setPolicy(policy: AgingPolicy): Promise<AgingPolicy>;
  /** What a run would do now, without doing it. */
  report(): Promise<AgingReport>;
  /** Queues a run of decay and consolidation. */
  run(): Promise<JobView[]>;
}

export interface AskRequest {
  question: string;
  project_id?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

export interface AskService {
  /** `requestId` is what listeners to the answer know the call by. */
  stream(request: AskRequest, signal: AbortSignal, requestId?: string): AsyncIterable<AskEvent>;
  answer(request: AskRequest, signal: AbortSignal, requestId?: string): Promise<AskAnswer>;
}

export interface HistoryService {
  /** Queues what `costs.estimate` spoke of: summaries and learnings with a model. How many sessions. */
  read(request: EstimateRequest): Promise<number>;
}

/** What understands the ledger. */
export interface UnderstandingServices {
  jobs: JobService;
  models: ModelService;
  costs: CostService;
  summaries: SummaryService;
  learnings: LearningService;
  memories: MemoryService;
  graph: GraphService;
  upkeep: UpkeepService;
  ask: AskService;
  history: HistoryService;
}
