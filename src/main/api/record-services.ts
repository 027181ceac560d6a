import type { AgentState, AgentView } from '../../shared/agent-views.ts';
import type { SettingValue, SettingView } from '../../shared/configuration-views.ts';
import type { BackupView, HandOverView, HealthView, MaintenanceReport } from '../../shared/health-views.ts';
import type {
  PermissionEffect,
  PermissionRequestView,
  PermissionRuleView,
  PermissionSettings,
  PermissionState,
} from '../../shared/permission-views.ts';
import type { DeletionView, MessageView, PromptView } from '../../shared/record-views.ts';
import type { ActivityView, GrowthPoint, StatsBucket, StatsOverview } from '../../shared/stats-views.ts';
import type { ToolRun, ToolSettings, ToolView } from '../../shared/tool-views.ts';
import type { ObservationDetail, ObservationType, ObservationView, Page, SessionView } from '../../shared/views.ts';
import type { Caller } from '../access/caller.ts';

/** What other programs do with what was recorded, beyond what the window needs. */

/** What is left out stays as it was. */
type Change<T> = { [Name in keyof T]?: T[Name] | undefined };

interface PageRequest {
  cursor?: string | undefined;
  limit: number;
}

export interface NewSession {
  /** The agent's own id; a new one when left out. Rejects with CONFLICT when it is there. */
  id?: string | undefined;
  agent: string;
  cwd: string;
  title?: string | undefined;
  model?: string | undefined;
  started_at?: string | undefined;
}

export interface SessionChange {
  title?: string | undefined;
  status?: 'active' | 'ended' | undefined;
  end_reason?: string | undefined;
}

export interface NewObservation {
  session_id: string;
  type: ObservationType;
  title: string;
  subtitle?: string | undefined;
  tool?: string | undefined;
  facts: string[];
  narrative?: string | undefined;
  concepts: string[];
  files_read: string[];
  files_changed: string[];
  importance: number;
  failed: boolean;
  occurred_at?: string | undefined;
}

export type ObservationChange = {
  [Name in 'type' | 'title' | 'subtitle' | 'facts' | 'narrative' | 'concepts' | 'importance']?:
    | NewObservation[Name]
    | undefined;
};

export interface ObservationListRequest extends PageRequest {
  project_id?: string | undefined;
  session_id?: string | undefined;
  agent?: string | undefined;
  types?: ObservationType[] | undefined;
  tool?: string | undefined;
  failed?: boolean | undefined;
  mark?: 'pinned' | 'hidden' | 'wrong' | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/** What is deleted can be taken back for thirty days; then it is erased, and an import does not bring it back. */
export interface RecordService {
  createSession(session: NewSession): Promise<SessionView>;
  updateSession(id: string, change: SessionChange): Promise<SessionView | null>;
  deleteSession(id: string): Promise<boolean>;
  restoreSession(id: string): Promise<SessionView | null>;
  /** For good and at once, whether it was deleted before or not: no word of it is left in the file. */
  eraseSession(id: string): Promise<boolean>;
  /** What can be taken back, the last deleted first. */
  listDeletions(
    request: PageRequest & { kind?: DeletionView['kind'] | undefined; project_id?: string | undefined },
  ): Promise<Page<DeletionView>>;
  listPrompts(request: PageRequest & { session_id?: string | undefined }): Promise<Page<PromptView>>;
  getPrompt(id: string): Promise<PromptView | null>;
  listMessages(
    request: PageRequest & { session_id?: string | undefined; agent?: string | undefined },
  ): Promise<Page<MessageView>>;
  getMessage(id: string): Promise<MessageView | null>;
  /** Newest first. */
  listObservations(request: ObservationListRequest): Promise<Page<ObservationView>>;
  createObservation(observation: NewObservation): Promise<ObservationDetail>;
  updateObservation(id: string, change: ObservationChange): Promise<ObservationDetail | null>;
  deleteObservation(id: string): Promise<boolean>;
  restoreObservation(id: string): Promise<ObservationDetail | null>;
  /** As `eraseSession`. */
  eraseObservation(id: string): Promise<boolean>;
}

export interface NewAgent {
  name: string;
  description?: string | null | undefined;
  metadata: AgentView['metadata'];
}

export interface AgentService {
  list(request: PageRequest & { text?: string | undefined; state?: AgentState | undefined }): Promise<Page<AgentView>>;
  get(id: string): Promise<AgentView | null>;
  create(agent: NewAgent): Promise<AgentView>;
  update(id: string, change: Change<Omit<NewAgent, 'name'>>): Promise<AgentView | null>;
  /** Whatever is not `disabled` is recorded; whether it is `active` follows from its sessions. */
  setState(id: string, state: AgentState): Promise<AgentView | null>;
  /** What it recorded stays. Rejects with CONFLICT while it has sessions. */
  delete(id: string): Promise<boolean>;
}

export interface NewTool {
  name: string;
  title: string;
  description: string;
  input_schema: Record<string, unknown>;
  source: string;
}

export interface ToolService {
  list(request: { kind?: ToolView['kind'] | undefined }): Promise<ToolView[]>;
  get(name: string): Promise<ToolView | null>;
  create(tool: NewTool): Promise<ToolView>;
  update(
    name: string,
    change: Change<Omit<NewTool, 'name'>> & { enabled?: boolean | undefined },
  ): Promise<ToolView | null>;
  delete(name: string): Promise<boolean>;
  settings(): Promise<ToolSettings>;
  setSettings(settings: ToolSettings): Promise<ToolSettings>;
  /** Runs a script in its own process; the built-in tools are run by the router, with the caller's rights. */
  runScript(name: string, input: Record<string, unknown>, signal: AbortSignal): Promise<ToolRun | null>;
  /** Counts one use of a built-in tool. */
  count(name: string, run: { failed: boolean; tookMs: number }): void;
}

export interface PermissionListRequest extends PageRequest {
  states?: PermissionState[] | undefined;
  session_id?: string | undefined;
  project_id?: string | undefined;
}

export interface NewPermissionRule {
  effect: PermissionEffect;
  tool: string;
  pattern?: string | null | undefined;
  project_id?: string | null | undefined;
  message?: string | null | undefined;
  enabled: boolean;
}

export interface PermissionService {
  list(request: PermissionListRequest): Promise<Page<PermissionRequestView>>;
  get(id: string): Promise<PermissionRequestView | null>;
  /** `remember` makes a rule of it. Rejects with CONFLICT when it was decided or nobody waits any more. */
  decide(
    id: string,
    decision: {
      behavior: 'allow' | 'deny';
      message?: string | undefined;
      remember?: { pattern?: string | null | undefined; everywhere: boolean } | undefined;
    },
    caller: Caller,
  ): Promise<PermissionRequestView | null>;
  rules(request: { project_id?: string | undefined }): Promise<PermissionRuleView[]>;
  rule(id: string): Promise<PermissionRuleView | null>;
  createRule(rule: NewPermissionRule): Promise<PermissionRuleView>;
  updateRule(id: string, change: Change<NewPermissionRule>): Promise<PermissionRuleView | null>;
  deleteRule(id: string): Promise<boolean>;
  settings(): Promise<PermissionSettings>;
  setSettings(settings: PermissionSettings): Promise<PermissionSettings>;
}

export interface StatsService {
  overview(request: { project_id?: string | undefined }): Promise<StatsOverview>;
  growth(request: {
    project_id?: string | undefined;
    bucket: StatsBucket;
    since?: string | undefined;
    until?: string | undefined;
  }): Promise<GrowthPoint[]>;
  activity(request: {
    project_id?: string | undefined;
    since?: string | undefined;
    until?: string | undefined;
  }): Promise<ActivityView>;
}

export interface ConfigurationService {
  list(): Promise<SettingView[]>;
  get(key: string): Promise<SettingView | null>;
  /** Rejects with BAD_REQUEST for what is out of bounds; null for an unknown key. */
  set(key: string, value: SettingValue): Promise<SettingView | null>;
  reset(key: string): Promise<SettingView | null>;
}

export interface AdminService {
  backups(): Promise<BackupView[]>;
  backUp(): Promise<BackupView>;
  maintain(tasks: ('integrity' | 'optimize' | 'checkpoint' | 'vacuum' | 'reindex')[]): Promise<MaintenanceReport[]>;
  /** Throws CONFLICT when a person started this worker. */
  handOver(): HandOverView;
}

export interface HealthService {
  live(): HealthView;
  ready(): Promise<HealthView>;
  /** Prometheus text. */
  metrics(): Promise<string>;
}

export interface RecordServices {
  records: RecordService;
  agents: AgentService;
  tools: ToolService;
  permissions: PermissionService;
  stats: StatsService;
  configuration: ConfigurationService;
  admin: AdminService;
  health: HealthService;
}
