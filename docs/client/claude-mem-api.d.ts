/* Made from the OpenAPI document by node scripts/api-reference.ts. */
/* oxlint-disable max-lines */

/**
 * @minItems 2
 * @maxItems 2
 */
export type TextRange = [number, number];

export interface Operations {
  /**
   * Copies of the memory that were made, newest first.
   */
  'GET /api/v1/admin/backups': {
    answer: Backup[];
  };
  /**
   * Makes a copy of the memory now.
   */
  'POST /api/v1/admin/backups': {
    answer: Backup;
  };
  /**
   * Asks a worker that an agent started to stop in order, so that another one can open the memory.
   */
  'POST /api/v1/admin/hand-over': {
    answer: HandOver;
  };
  /**
   * Checks and tidies the file of the memory.
   */
  'POST /api/v1/admin/maintenance': {
    body: {
      tasks: ('integrity' | 'optimize' | 'checkpoint' | 'vacuum' | 'reindex')[];
    };
    answer: MaintenanceReport[];
  };
  /**
   * Programs that use the memory, the last active first.
   */
  'GET /api/v1/agents': {
    query?: {
      text?: string;
      state?: 'active' | 'idle' | 'disabled';
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Agent[];
      pagination: Pagination;
    };
  };
  /**
   * Registers an agent.
   */
  'POST /api/v1/agents': {
    body: {
      name: string;
      description?: string | null;
      metadata?: {
        [k: string]: unknown;
      };
    };
    answer: Agent;
  };
  /**
   * Takes an agent without sessions off the list.
   */
  'DELETE /api/v1/agents/{id}': {
    path: {
      id: string;
    };
    answer: null;
  };
  /**
   * One agent.
   */
  'GET /api/v1/agents/{id}': {
    path: {
      id: string;
    };
    answer: Agent;
  };
  /**
   * Changes what is known of an agent.
   */
  'PATCH /api/v1/agents/{id}': {
    path: {
      id: string;
    };
    body: {
      description?: string | null;
      metadata?: {
        [k: string]: unknown;
      };
    };
    answer: Agent;
  };
  /**
   * What an agent said, newest first.
   */
  'GET /api/v1/agents/{id}/messages': {
    path: {
      id: string;
    };
    query?: {
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Message[];
      pagination: Pagination;
    };
  };
  /**
   * Disables an agent, whose sessions are then no longer taken, or lets it in again.
   */
  'PUT /api/v1/agents/{id}/state': {
    path: {
      id: string;
    };
    body: {
      state: 'active' | 'idle' | 'disabled';
    };
    answer: Agent;
  };
  /**
   * Answers a question from memory, with its sources.
   */
  'POST /api/v1/ask': {
    body: {
      question: string;
      project_id?: string;
      since?: string;
      until?: string;
    };
    answer: AskAnswer;
  };
  /**
   * What was done and refused, newest first.
   */
  'GET /api/v1/audit': {
    query?: {
      cursor?: string;
      limit?: number;
      action?: string;
      actor_id?: string;
      outcome?: 'done' | 'refused' | 'failed';
      since?: string;
      until?: string;
    };
    answer: {
      data: AuditEntry[];
      pagination: Pagination;
    };
  };
  /**
   * Logs a user in.
   */
  'POST /api/v1/auth/login': {
    body: {
      email: string;
      password: string;
      organization_id?: string;
    };
    answer: TokenPair;
  };
  /**
   * Ends the login that a refresh token belongs to.
   */
  'POST /api/v1/auth/logout': {
    body: {
      refresh_token: string;
    };
    answer: null;
  };
  /**
   * Who the caller is and what it may do.
   */
  'GET /api/v1/auth/me': {
    answer: Caller;
  };
  /**
   * Changes the own password; ends the other logins.
   */
  'POST /api/v1/auth/password': {
    body: {
      current: string;
      next: string;
    };
    answer: null;
  };
  /**
   * New tokens for a refresh token, which is good once; in another organisation if one is named.
   */
  'POST /api/v1/auth/refresh': {
    body: {
      refresh_token: string;
      organization_id?: string;
    };
    answer: TokenPair;
  };
  /**
   * Stops keeping what agents do, or goes on.
   */
  'PUT /api/v1/capture': {
    body: {
      paused: boolean;
    };
    answer: null;
  };
  /**
   * All settings with their bounds.
   */
  'GET /api/v1/configuration': {
    answer: Setting[];
  };
  /**
   * Puts a setting back to its default.
   */
  'DELETE /api/v1/configuration/{key}': {
    path: {
      key: string;
    };
    answer: Setting;
  };
  /**
   * One setting.
   */
  'GET /api/v1/configuration/{key}': {
    path: {
      key: string;
    };
    answer: Setting;
  };
  /**
   * Changes a setting.
   */
  'PUT /api/v1/configuration/{key}': {
    path: {
      key: string;
    };
    body: {
      value: string | number | boolean | string[] | null;
    };
    answer: Setting;
  };
  /**
   * What may be given: in general, in a project, or in a session.
   */
  'GET /api/v1/context/choices': {
    query?: {
      project_id?: string;
      session_id?: string;
    };
    answer: ContextChoice;
  };
  /**
   * Chooses what may be given: in general, in a project, or in a session.
   */
  'PATCH /api/v1/context/choices': {
    query?: {
      project_id?: string;
      session_id?: string;
    };
    body: {
      context?: boolean | null;
      recall?: boolean | null;
      file_history?: boolean | null;
      budget_tokens?: number | null;
    };
    answer: ContextChoice;
  };
  /**
   * What was given to agents, newest first.
   */
  'GET /api/v1/context/injections': {
    query?: {
      session_id?: string;
      project_id?: string;
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Injection[];
      pagination: Pagination;
    };
  };
  /**
   * What a session of a project would be given now, byte for byte.
   */
  'GET /api/v1/context/preview': {
    query: {
      project_id: string;
      session_id?: string;
      kind?: 'startup' | 'resume' | 'clear' | 'compact' | 'prompt' | 'file';
      prompt?: string;
      file?: string;
    };
    answer: ContextPreview;
  };
  /**
   * What models cost: today, this month, and by day, model, project and purpose.
   */
  'GET /api/v1/costs': {
    query?: {
      since?: string;
      until?: string;
      project_id?: string;
    };
    answer: CostOverview;
  };
  /**
   * Calls to models, newest first.
   */
  'GET /api/v1/costs/calls': {
    query?: {
      job_id?: string;
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: ModelCall[];
      pagination: Pagination;
    };
  };
  /**
   * Sets how much a day and a month may cost.
   */
  'PUT /api/v1/costs/caps': {
    body: {
      day_usd: number | null;
      month_usd: number | null;
    };
    answer: CostOverview;
  };
  /**
   * What summaries and learnings of the sessions that have none of a model would cost.
   */
  'GET /api/v1/costs/estimate': {
    query?: {
      project_id?: string;
      since?: string;
    };
    answer: CostEstimate;
  };
  /**
   * What models cost for a million tokens.
   */
  'GET /api/v1/costs/prices': {
    answer: Price[];
  };
  /**
   * Sets the price of a model.
   */
  'PUT /api/v1/costs/prices': {
    body: {
      model: string;
      input: number;
      output: number;
      cache_read: number;
      cache_write: number;
    };
    answer: Price[];
  };
  /**
   * Goes back to the list's price of a model, or to none.
   */
  'DELETE /api/v1/costs/prices/{model}': {
    path: {
      model: string;
    };
    answer: Price[];
  };
  /**
   * Sessions and observations that were deleted and can be restored, the last deleted first.
   */
  'GET /api/v1/deletions': {
    query?: {
      kind?: 'session' | 'observation';
      project_id?: string;
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Deletion[];
      pagination: Pagination;
    };
  };
  /**
   * Where vectors come from, and how far they are.
   */
  'GET /api/v1/embedding': {
    answer: EmbeddingStatus;
  };
  /**
   * Chooses where vectors come from; all are made again when the model changes.
   */
  'PUT /api/v1/embedding': {
    body: {
      settings: {
        kind: 'builtin' | 'endpoint' | 'none';
        base_url?: string | null;
        model?: string | null;
        dimension?: number | null;
        key_source?: 'none' | 'environment' | 'keychain';
        key_variable?: string | null;
        price_per_million_tokens?: number | null;
      };
      key?: string | null;
    };
    answer: EmbeddingStatus;
  };
  /**
   * Stops making vectors.
   */
  'POST /api/v1/embedding/pause': {
    answer: EmbeddingStatus;
  };
  /**
   * Makes all vectors again.
   */
  'POST /api/v1/embedding/rebuild': {
    answer: EmbeddingStatus;
  };
  /**
   * Goes on making vectors.
   */
  'POST /api/v1/embedding/resume': {
    answer: EmbeddingStatus;
  };
  /**
   * Embeds one short text with settings that are not kept.
   */
  'POST /api/v1/embedding/test': {
    body: {
      settings: {
        kind: 'builtin' | 'endpoint' | 'none';
        base_url?: string | null;
        model?: string | null;
        dimension?: number | null;
        key_source?: 'none' | 'environment' | 'keychain';
        key_variable?: string | null;
        price_per_million_tokens?: number | null;
      };
      key?: string | null;
    };
    answer: {
      dimension: number;
      took_ms: number;
    };
  };
  /**
   * The most mentioned entities, and what ties them.
   */
  'GET /api/v1/graph': {
    query?: {
      project_id?: string;
      limit?: number;
    };
    answer: Graph;
  };
  /**
   * Things that are mentioned: files, tools, errors, concepts, commands.
   */
  'GET /api/v1/graph/entities': {
    query?: {
      text?: string;
      kind?: 'file' | 'tool' | 'error' | 'concept' | 'project' | 'command';
      project_id?: string;
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Entity[];
      pagination: Pagination;
    };
  };
  /**
   * What is around an entity, up to three steps away.
   */
  'GET /api/v1/graph/entities/{id}/neighbours': {
    path: {
      id: string;
    };
    query?: {
      depth?: number;
      types?: ('uses' | 'solves' | 'causes' | 'part_of' | 'related_to' | 'contradicts')[];
      limit?: number;
    };
    answer: Graph;
  };
  /**
   * The strongest of the shortest ways between two entities.
   */
  'GET /api/v1/graph/path': {
    query: {
      from: string;
      to: string;
    };
    answer: Graph;
  };
  /**
   * What the graph ties to some entities, by personalised PageRank.
   */
  'GET /api/v1/graph/rank': {
    query: {
      seeds: string[];
      limit?: number;
    };
    answer: RankedEntity[];
  };
  /**
   * What the memory stands on, and how it is.
   */
  'GET /api/v1/health/dependencies': {
    answer: Health;
  };
  /**
   * Whether the process answers.
   */
  'GET /api/v1/health/live': {
    answer: Health;
  };
  /**
   * Whether the memory can take and give; 503 when it cannot.
   */
  'GET /api/v1/health/ready': {
    answer: Health;
  };
  /**
   * Queues summaries and learnings by a model of the sessions that have none; how many sessions.
   */
  'POST /api/v1/history/read': {
    body?: {
      project_id?: string;
      since?: string;
    };
    answer: {
      count: number;
    };
  };
  /**
   * Takes the hooks of this memory out of Claude Code's settings file again.
   */
  'DELETE /api/v1/hooks/claude-code': {
    answer: HookInstallation;
  };
  /**
   * Puts the hooks of this memory into Claude Code's settings file.
   */
  'PUT /api/v1/hooks/claude-code': {
    answer: HookInstallation;
  };
  /**
   * Compares the indexes with the rows they were made from; takes seconds for a large memory.
   */
  'GET /api/v1/indexes': {
    answer: IndexReport;
  };
  /**
   * Indexes again what a check finds wrong.
   */
  'POST /api/v1/indexes/mend': {
    answer: IndexReport;
  };
  /**
   * Jobs: those that run, then those that wait, then the ended ones, newest first.
   */
  'GET /api/v1/jobs': {
    query?: {
      states?: ('waiting' | 'running' | 'done' | 'parked' | 'cancelled')[];
      kinds?: ('summarise' | 'learn' | 'embed' | 'graph' | 'decay' | 'consolidate' | 'backup' | 'cleanup' | 'export')[];
      project_id?: string;
      session_id?: string;
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Job[];
      pagination: Pagination;
    };
  };
  /**
   * Queues work; gives back the job that is there when the same work waits already.
   */
  'POST /api/v1/jobs': {
    body: {
      kind: 'summarise' | 'learn' | 'embed' | 'graph' | 'decay' | 'consolidate' | 'backup' | 'cleanup' | 'export';
      project_id?: string;
      session_id?: string;
    };
    answer: Job;
  };
  /**
   * Says how many jobs of a kind may run at the same time.
   */
  'PUT /api/v1/jobs/concurrency/{kind}': {
    path: {
      kind: 'summarise' | 'learn' | 'embed' | 'graph' | 'decay' | 'consolidate' | 'backup' | 'cleanup' | 'export';
    };
    body: {
      concurrency: number;
    };
    answer: JobsOverview;
  };
  /**
   * How many jobs of each kind wait and run, and when the next ones are due.
   */
  'GET /api/v1/jobs/overview': {
    answer: JobsOverview;
  };
  /**
   * Pauses jobs of a kind or all jobs, or lets them go on.
   */
  'PUT /api/v1/jobs/paused': {
    body: {
      kind:
        | ('summarise' | 'learn' | 'embed' | 'graph' | 'decay' | 'consolidate' | 'backup' | 'cleanup' | 'export')
        | null;
      paused: boolean;
    };
    answer: JobsOverview;
  };
  /**
   * Lets all parked jobs go again; how many.
   */
  'POST /api/v1/jobs/retry-parked': {
    body: {
      kind:
        | ('summarise' | 'learn' | 'embed' | 'graph' | 'decay' | 'consolidate' | 'backup' | 'cleanup' | 'export')
        | null;
    };
    answer: {
      count: number;
    };
  };
  /**
   * Says when a kind of job runs by itself.
   */
  'PUT /api/v1/jobs/schedules/{kind}': {
    path: {
      kind: 'summarise' | 'learn' | 'embed' | 'graph' | 'decay' | 'consolidate' | 'backup' | 'cleanup' | 'export';
    };
    body: {
      cron: string;
      enabled: boolean;
    };
    answer: JobsOverview;
  };
  /**
   * One job.
   */
  'GET /api/v1/jobs/{id}': {
    path: {
      id: string;
    };
    answer: Job;
  };
  /**
   * Cancels a job; a running one is stopped.
   */
  'POST /api/v1/jobs/{id}/cancel': {
    path: {
      id: string;
    };
    answer: Job;
  };
  /**
   * Lets a job go at once.
   */
  'POST /api/v1/jobs/{id}/retry': {
    path: {
      id: string;
    };
    answer: Job;
  };
  /**
   * API keys of the organisation; never the keys themselves.
   */
  'GET /api/v1/keys': {
    query?: {
      cursor?: string;
      limit?: number;
      state?: 'active' | 'expired' | 'revoked';
    };
    answer: {
      data: ApiKey[];
      pagination: Pagination;
    };
  };
  /**
   * Makes a key; the answer is the only place that tells it.
   */
  'POST /api/v1/keys': {
    body: {
      name: string;
      scopes: ('read' | 'write' | 'spend' | 'execute' | 'decide' | 'capture' | 'admin')[];
      requests_per_minute?: number | null;
      expires_at?: string | null;
      organization_id?: string;
    };
    answer: NewApiKey;
  };
  /**
   * Ends a key at once.
   */
  'DELETE /api/v1/keys/{id}': {
    path: {
      id: string;
    };
    answer: ApiKey;
  };
  /**
   * One API key.
   */
  'GET /api/v1/keys/{id}': {
    path: {
      id: string;
    };
    answer: ApiKey;
  };
  /**
   * Changes name, scopes, limit or expiry.
   */
  'PATCH /api/v1/keys/{id}': {
    path: {
      id: string;
    };
    body: {
      name?: string;
      scopes?: ('read' | 'write' | 'spend' | 'execute' | 'decide' | 'capture' | 'admin')[];
      requests_per_minute?: number | null;
      expires_at?: string | null;
    };
    answer: ApiKey;
  };
  /**
   * A new key with the same rights; the old one works on for a while.
   */
  'POST /api/v1/keys/{id}/rotate': {
    path: {
      id: string;
    };
    body?: {
      grace_seconds?: number;
    };
    answer: NewApiKey;
  };
  /**
   * What is believed, by state, category, tags, scope or words.
   */
  'GET /api/v1/learnings': {
    query?: {
      states?: ('proposed' | 'approved' | 'rejected' | 'superseded' | 'expired')[];
      categories?: (
        | 'solution'
        | 'best_practice'
        | 'pitfall'
        | 'preference'
        | 'convention'
        | 'decision'
        | 'workflow'
        | 'fact'
      )[];
      tags?: string[];
      scope?: 'global' | 'project' | 'path';
      project_id?: string;
      text?: string;
      conflicts_only?: boolean;
      order?: 'newest' | 'confidence' | 'use';
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Learning[];
      pagination: Pagination;
    };
  };
  /**
   * Adds a learning, approved at once.
   */
  'POST /api/v1/learnings': {
    body: {
      category:
        | 'solution'
        | 'best_practice'
        | 'pitfall'
        | 'preference'
        | 'convention'
        | 'decision'
        | 'workflow'
        | 'fact';
      statement: string;
      detail?: string | null;
      tags?: string[];
      scope: 'global' | 'project' | 'path';
      project_id?: string | null;
      path?: string | null;
      expires_at?: string | null;
    };
    answer: LearningOutcome;
  };
  /**
   * How many learnings there are of each state and category.
   */
  'GET /api/v1/learnings/counts': {
    query?: {
      project_id?: string;
    };
    answer: LearningCounts;
  };
  /**
   * Approves, rejects or expires learnings, or makes them proposals again.
   */
  'POST /api/v1/learnings/decide': {
    body: {
      ids: string[];
      decision: 'approve' | 'reject' | 'propose' | 'expire';
      note?: string;
    };
    answer: LearningOutcome;
  };
  /**
   * Deletes learnings with their evidence; can be undone.
   */
  'POST /api/v1/learnings/delete': {
    body: {
      ids: string[];
    };
    answer: LearningOutcome;
  };
  /**
   * The section of approved learnings for a CLAUDE.md.
   */
  'GET /api/v1/learnings/export': {
    query?: {
      project_id?: string;
      ids?: string[];
    };
    answer: {
      text: string;
      count: number;
    };
  };
  /**
   * Writes the section of approved learnings between its marks into a file of this machine.
   */
  'POST /api/v1/learnings/export': {
    body: {
      file: string;
      project_id?: string;
      ids?: string[];
    };
    answer: {
      file: string;
      count: number;
    };
  };
  /**
   * Makes learnings part of another one, which takes their evidence.
   */
  'POST /api/v1/learnings/merge': {
    body: {
      into: string;
      ids: string[];
      statement?: string;
    };
    answer: LearningOutcome;
  };
  /**
   * Pins learnings, which then do not age, or unpins them.
   */
  'POST /api/v1/learnings/pin': {
    body: {
      ids: string[];
      pinned: boolean;
    };
    answer: LearningOutcome;
  };
  /**
   * Proposes a learning for a person to review; an agent never approves its own.
   */
  'POST /api/v1/learnings/proposals': {
    body: {
      category:
        | 'solution'
        | 'best_practice'
        | 'pitfall'
        | 'preference'
        | 'convention'
        | 'decision'
        | 'workflow'
        | 'fact';
      statement: string;
      scope?: 'global' | 'project' | 'path';
      detail?: string;
      tags?: string[];
      project_id?: string;
      path?: string;
      session_id?: string;
    };
    answer: Learning;
  };
  /**
   * Takes back what was done together under a `batch_id`.
   */
  'POST /api/v1/learnings/undo': {
    body: {
      batch_id: string;
    };
    answer: LearningOutcome;
  };
  /**
   * Deletes a learning with its evidence.
   */
  'DELETE /api/v1/learnings/{id}': {
    path: {
      id: string;
    };
    answer: null;
  };
  /**
   * One learning with its evidence, conflicts and history.
   */
  'GET /api/v1/learnings/{id}': {
    path: {
      id: string;
    };
    answer: LearningDetail;
  };
  /**
   * Changes a learning.
   */
  'PATCH /api/v1/learnings/{id}': {
    path: {
      id: string;
    };
    body: {
      category?:
        | 'solution'
        | 'best_practice'
        | 'pitfall'
        | 'preference'
        | 'convention'
        | 'decision'
        | 'workflow'
        | 'fact';
      statement?: string;
      detail?: string | null;
      tags?: string[];
      scope?: 'global' | 'project' | 'path';
      project_id?: string | null;
      path?: string | null;
      expires_at?: string | null;
    };
    answer: LearningOutcome;
  };
  /**
   * Says that two which seem to say the opposite both hold.
   */
  'POST /api/v1/learnings/{id}/keep-both': {
    path: {
      id: string;
    };
    body: {
      other: string;
    };
    answer: LearningOutcome;
  };
  /**
   * Puts another learning in the place of one.
   */
  'POST /api/v1/learnings/{id}/supersede': {
    path: {
      id: string;
    };
    body: {
      by: string;
    };
    answer: LearningOutcome;
  };
  /**
   * Confirms or refutes a learning, which moves its confidence.
   */
  'POST /api/v1/learnings/{id}/verify': {
    path: {
      id: string;
    };
    body: {
      verdict: 'confirmed' | 'refuted';
      note?: string | null;
    };
    answer: LearningOutcome;
  };
  /**
   * Writes the plugin for Claude Code, with the paths of this installation, into the data folder.
   */
  'POST /api/v1/mcp/plugin': {
    answer: McpPlugin;
  };
  /**
   * How to connect Claude Code and other agents by MCP: commands with the paths of this installation, for its owner.
   */
  'GET /api/v1/mcp/setup': {
    answer: McpSetup;
  };
  /**
   * Lists memories, the last changed first.
   */
  'GET /api/v1/memories': {
    query?: {
      type?: 'working' | 'episodic' | 'semantic' | 'procedural';
      tags?: string[];
      project_id?: string;
      text?: string;
      valid_at?: string;
      forgotten?: boolean;
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Memory[];
      pagination: Pagination;
    };
  };
  /**
   * Remembers a text; the same words again are counted, and take over what is said of them besides.
   */
  'POST /api/v1/memories': {
    body: {
      text: string;
      type?: 'working' | 'episodic' | 'semantic' | 'procedural';
      tags?: string[];
      metadata?: {
        [k: string]: unknown;
      };
      importance?: number;
      project_id?: string;
      valid_from?: string;
      ttl_seconds?: number;
    };
    answer: Memory;
  };
  /**
   * Remembers up to a hundred texts, all of them or none.
   */
  'POST /api/v1/memories/batch': {
    body: {
      memories: {
        text: string;
        type?: 'working' | 'episodic' | 'semantic' | 'procedural';
        tags?: string[];
        metadata?: {
          [k: string]: unknown;
        };
        importance?: number;
        project_id?: string;
        valid_from?: string;
        ttl_seconds?: number;
      }[];
    };
    answer: Memory[];
  };
  /**
   * Forgets by id, or all that say what a text says; what it was.
   */
  'POST /api/v1/memories/forget': {
    body?: {
      id?: string;
      text?: string;
      project_id?: string;
      dry_run?: boolean;
    };
    answer: Memory[];
  };
  /**
   * Searches memories by words, meaning, tags and the time of their making, the best first.
   */
  'POST /api/v1/memories/search': {
    body?: {
      text?: string;
      mode?: 'mixed' | 'lexical' | 'vector';
      type?: 'working' | 'episodic' | 'semantic' | 'procedural';
      tags?: string[];
      tag_match?: 'all' | 'any';
      project_id?: string;
      since?: string;
      until?: string;
      min_score?: number;
      except_id?: string;
      limit?: number;
    };
    answer: MemoryHit[];
  };
  /**
   * Forgets a memory; it can be taken back for thirty days.
   */
  'DELETE /api/v1/memories/{id}': {
    path: {
      id: string;
    };
    answer: null;
  };
  /**
   * One memory; counts as an access.
   */
  'GET /api/v1/memories/{id}': {
    path: {
      id: string;
    };
    answer: Memory;
  };
  /**
   * A new version of a memory.
   */
  'PATCH /api/v1/memories/{id}': {
    path: {
      id: string;
    };
    body: {
      text?: string;
      tags?: string[];
      metadata?: {
        [k: string]: unknown;
      };
      /**
       * Entries for the metadata that it has, in place of those of the same name; all others stay.
       */
      add_metadata?: {
        [k: string]: unknown;
      };
      importance?: number;
      project_id?: string;
      valid_from?: string;
      ttl_seconds?: number;
    };
    answer: Memory;
  };
  /**
   * All versions of a memory, newest first; each with the type and project of today, which are kept once.
   */
  'GET /api/v1/memories/{id}/history': {
    path: {
      id: string;
    };
    answer: Memory[];
  };
  /**
   * Takes back what was forgotten.
   */
  'POST /api/v1/memories/{id}/restore': {
    path: {
      id: string;
    };
    answer: Memory;
  };
  /**
   * What agents said, newest first; of a session, oldest first.
   */
  'GET /api/v1/messages': {
    query?: {
      session_id?: string;
      cursor?: string;
      limit?: number;
      agent?: string;
    };
    answer: {
      data: Message[];
      pagination: Pagination;
    };
  };
  /**
   * One message.
   */
  'GET /api/v1/messages/{id}': {
    path: {
      id: string;
    };
    answer: Message;
  };
  /**
   * Which language model is asked, and how it does.
   */
  'GET /api/v1/models': {
    answer: ModelStatus;
  };
  /**
   * Chooses which language model is asked, and for what.
   */
  'PUT /api/v1/models': {
    body: {
      settings: {
        kind: 'none' | 'anthropic' | 'openai' | 'claude-cli';
        base_url?: string | null;
        models: {
          small?: string | null;
          large?: string | null;
        };
        key_source?: 'none' | 'environment' | 'keychain';
        key_variable?: string | null;
        cli_path?: string | null;
        mode?: string;
        input_budget_tokens?: number;
        use_for?: {
          turns?: boolean;
          sessions?: boolean;
          weeks?: boolean;
          learnings?: boolean;
          graph?: boolean;
          ask?: boolean;
        };
      };
      key?: string | null;
    };
    answer: ModelStatus;
  };
  /**
   * Asks one short question with settings that are not kept.
   */
  'POST /api/v1/models/test': {
    body: {
      settings: {
        kind: 'none' | 'anthropic' | 'openai' | 'claude-cli';
        base_url?: string | null;
        models: {
          small?: string | null;
          large?: string | null;
        };
        key_source?: 'none' | 'environment' | 'keychain';
        key_variable?: string | null;
        cli_path?: string | null;
        mode?: string;
        input_budget_tokens?: number;
        use_for?: {
          turns?: boolean;
          sessions?: boolean;
          weeks?: boolean;
          learnings?: boolean;
          graph?: boolean;
          ask?: boolean;
        };
      };
      key?: string | null;
      tier?: 'small' | 'large';
    };
    answer: ModelTest;
  };
  /**
   * Observations, newest first.
   */
  'GET /api/v1/observations': {
    query?: {
      project_id?: string;
      session_id?: string;
      agent?: string;
      types?: (
        | 'request'
        | 'discovery'
        | 'change'
        | 'command'
        | 'research'
        | 'delegation'
        | 'plan'
        | 'tool'
        | 'note'
        | 'conclusion'
        | 'summary'
      )[];
      tool?: string;
      failed?: boolean;
      mark?: 'pinned' | 'hidden' | 'wrong';
      since?: string;
      until?: string;
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Observation[];
      pagination: Pagination;
    };
  };
  /**
   * Adds an observation to a session.
   */
  'POST /api/v1/observations': {
    body: {
      type:
        | 'request'
        | 'discovery'
        | 'change'
        | 'command'
        | 'research'
        | 'delegation'
        | 'plan'
        | 'tool'
        | 'note'
        | 'conclusion'
        | 'summary';
      title: string;
      subtitle?: string;
      facts?: string[];
      narrative?: string;
      concepts?: string[];
      importance?: number;
      session_id: string;
      tool?: string;
      files_read?: string[];
      files_changed?: string[];
      failed?: boolean;
      occurred_at?: string;
    };
    answer: ObservationDetail;
  };
  /**
   * Deletes an observation; it can be restored for thirty days.
   */
  'DELETE /api/v1/observations/{id}': {
    path: {
      id: string;
    };
    answer: null;
  };
  /**
   * One observation with what the agent sent and got; counts as a use.
   */
  'GET /api/v1/observations/{id}': {
    path: {
      id: string;
    };
    answer: ObservationDetail;
  };
  /**
   * Corrects an observation; what was captured stays in the ledger.
   */
  'PATCH /api/v1/observations/{id}': {
    path: {
      id: string;
    };
    body: {
      type?:
        | 'request'
        | 'discovery'
        | 'change'
        | 'command'
        | 'research'
        | 'delegation'
        | 'plan'
        | 'tool'
        | 'note'
        | 'conclusion'
        | 'summary';
      title?: string;
      subtitle?: string;
      facts?: string[];
      narrative?: string;
      concepts?: string[];
      importance?: number;
    };
    answer: ObservationDetail;
  };
  /**
   * What came before and after an observation in its session, oldest first.
   */
  'GET /api/v1/observations/{id}/around': {
    path: {
      id: string;
    };
    query?: {
      before?: number;
      after?: number;
    };
    answer: ObservationsAround;
  };
  /**
   * Erases an observation for good, deleted or not.
   */
  'POST /api/v1/observations/{id}/erase': {
    path: {
      id: string;
    };
    answer: null;
  };
  /**
   * Pins, hides or flags an observation as wrong, or takes that back.
   */
  'PUT /api/v1/observations/{id}/mark': {
    path: {
      id: string;
    };
    body: {
      mark: ('pinned' | 'hidden' | 'wrong') | null;
    };
    answer: null;
  };
  /**
   * Takes back a deleted observation.
   */
  'POST /api/v1/observations/{id}/restore': {
    path: {
      id: string;
    };
    answer: ObservationDetail;
  };
  /**
   * The organisations of the caller; for the owner, all.
   */
  'GET /api/v1/organizations': {
    query?: {
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Organization[];
      pagination: Pagination;
    };
  };
  /**
   * Makes an organisation with a memory of its own.
   */
  'POST /api/v1/organizations': {
    body: {
      name: string;
    };
    answer: Organization;
  };
  /**
   * Deletes an organisation with its memory, keys and memberships.
   */
  'DELETE /api/v1/organizations/{id}': {
    path: {
      id: string;
    };
    answer: null;
  };
  /**
   * One organisation.
   */
  'GET /api/v1/organizations/{id}': {
    path: {
      id: string;
    };
    answer: Organization;
  };
  /**
   * Renames an organisation.
   */
  'PATCH /api/v1/organizations/{id}': {
    path: {
      id: string;
    };
    body: {
      name: string;
    };
    answer: Organization;
  };
  /**
   * Who is in it, and as what.
   */
  'GET /api/v1/organizations/{id}/members': {
    path: {
      id: string;
    };
    query?: {
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Member[];
      pagination: Pagination;
    };
  };
  /**
   * Takes a member out of it.
   */
  'DELETE /api/v1/organizations/{id}/members/{user_id}': {
    path: {
      id: string;
      user_id: string;
    };
    answer: null;
  };
  /**
   * Adds a member or changes its role.
   */
  'PUT /api/v1/organizations/{id}/members/{user_id}': {
    path: {
      id: string;
      user_id: string;
    };
    body: {
      role: 'admin' | 'user' | 'viewer';
    };
    answer: Member;
  };
  /**
   * The rules that decide without asking, the most particular first.
   */
  'GET /api/v1/permission-rules': {
    query?: {
      project_id?: string;
    };
    answer: PermissionRule[];
  };
  /**
   * Adds a rule.
   */
  'POST /api/v1/permission-rules': {
    body: {
      effect: 'allow' | 'deny' | 'ask';
      tool: string;
      pattern?: string | null;
      project_id?: string | null;
      message?: string | null;
      enabled?: boolean;
    };
    answer: PermissionRule;
  };
  /**
   * Deletes a rule.
   */
  'DELETE /api/v1/permission-rules/{id}': {
    path: {
      id: string;
    };
    answer: null;
  };
  /**
   * One rule.
   */
  'GET /api/v1/permission-rules/{id}': {
    path: {
      id: string;
    };
    answer: PermissionRule;
  };
  /**
   * Changes a rule.
   */
  'PATCH /api/v1/permission-rules/{id}': {
    path: {
      id: string;
    };
    body: {
      effect?: 'allow' | 'deny' | 'ask';
      tool?: string;
      pattern?: string | null;
      project_id?: string | null;
      message?: string | null;
      enabled?: boolean;
    };
    answer: PermissionRule;
  };
  /**
   * Whether agents are answered here, and how long they wait.
   */
  'GET /api/v1/permission-settings': {
    answer: PermissionSettings;
  };
  /**
   * Says whether agents are answered here, and how long they wait.
   */
  'PUT /api/v1/permission-settings': {
    body: {
      enabled: boolean;
      wait_seconds: number;
      notify: boolean;
    };
    answer: PermissionSettings;
  };
  /**
   * What agents asked for, newest first; `states=pending` for what waits.
   */
  'GET /api/v1/permissions': {
    query?: {
      states?: ('pending' | 'allowed' | 'denied' | 'expired' | 'withdrawn')[];
      session_id?: string;
      project_id?: string;
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: PermissionRequest[];
      pagination: Pagination;
    };
  };
  /**
   * One permission request.
   */
  'GET /api/v1/permissions/{id}': {
    path: {
      id: string;
    };
    answer: PermissionRequest;
  };
  /**
   * Answers an agent that waits.
   */
  'POST /api/v1/permissions/{id}/decision': {
    path: {
      id: string;
    };
    body: {
      behavior: 'allow' | 'deny';
      message?: string;
      remember?: {
        pattern?: string | null;
        everywhere?: boolean;
      };
    };
    answer: PermissionRequest;
  };
  /**
   * Projects, the last active first.
   */
  'GET /api/v1/projects': {
    answer: Project[];
  };
  /**
   * Prompts, newest first; of a session, oldest first.
   */
  'GET /api/v1/prompts': {
    query?: {
      session_id?: string;
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Prompt[];
      pagination: Pagination;
    };
  };
  /**
   * One prompt.
   */
  'GET /api/v1/prompts/{id}': {
    path: {
      id: string;
    };
    answer: Prompt;
  };
  /**
   * Searches by words and meaning; the query language knows phrases, exclusions, filters and times.
   */
  'GET /api/v1/search': {
    query?: {
      q?: string;
      near_project_id?: string;
      project_id?: string;
      session_id?: string;
      types?: (
        | 'request'
        | 'discovery'
        | 'change'
        | 'command'
        | 'research'
        | 'delegation'
        | 'plan'
        | 'tool'
        | 'note'
        | 'conclusion'
        | 'summary'
      )[];
      tools?: string[];
      file?: string;
      tags?: string[];
      failed?: boolean;
      pinned?: boolean;
      since?: string;
      until?: string;
      mode?: 'mixed' | 'lexical' | 'vector';
      fusion?: 'mass' | 'rrf';
      limit?: number;
      cursor?: string;
      /**
       * @deprecated
       * The earlier name of near_project_id.
       */
      near_project?: string;
      /**
       * @deprecated
       * The earlier name of project_id.
       */
      project?: string;
      /**
       * @deprecated
       * The earlier name of session_id.
       */
      session?: string;
    };
    answer: SearchAnswer;
  };
  /**
   * Forgets the queries that were kept for completion.
   */
  'DELETE /api/v1/search/queries': {
    answer: null;
  };
  /**
   * Keeps a query that led somewhere, for completion.
   */
  'POST /api/v1/search/queries': {
    body: {
      query: string;
    };
    answer: null;
  };
  /**
   * Searches by meaning alone.
   */
  'POST /api/v1/search/semantic': {
    body: {
      text: string;
      filters?: {
        project_id?: string;
        session_id?: string;
        types?: (
          | 'request'
          | 'discovery'
          | 'change'
          | 'command'
          | 'research'
          | 'delegation'
          | 'plan'
          | 'tool'
          | 'note'
          | 'conclusion'
          | 'summary'
        )[];
        tools?: string[];
        file?: string;
        tags?: string[];
        failed?: boolean;
        pinned?: boolean;
        since?: string;
        until?: string;
      };
      near_project_id?: string;
      limit?: number;
      cursor?: string;
    };
    answer: SearchAnswer;
  };
  /**
   * What is like an observation, the most similar first.
   */
  'GET /api/v1/search/similar/{id}': {
    path: {
      id: string;
    };
    query?: {
      project_id?: string;
      session_id?: string;
      types?: (
        | 'request'
        | 'discovery'
        | 'change'
        | 'command'
        | 'research'
        | 'delegation'
        | 'plan'
        | 'tool'
        | 'note'
        | 'conclusion'
        | 'summary'
      )[];
      tools?: string[];
      file?: string;
      tags?: string[];
      failed?: boolean;
      pinned?: boolean;
      since?: string;
      until?: string;
      limit?: number;
      /**
       * @deprecated
       * The earlier name of project_id.
       */
      project?: string;
      /**
       * @deprecated
       * The earlier name of session_id.
       */
      session?: string;
    };
    answer: SearchAnswer;
  };
  /**
   * Completes what is being typed.
   */
  'GET /api/v1/search/suggest': {
    query: {
      q: string;
      caret?: number;
      limit?: number;
    };
    answer: Suggestion[];
  };
  /**
   * Sessions, the last active first.
   */
  'GET /api/v1/sessions': {
    query?: {
      project_id?: string;
      status?: 'active' | 'ended';
      text?: string;
      since?: string;
      until?: string;
      failed_only?: boolean;
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Session[];
      pagination: Pagination;
    };
  };
  /**
   * Begins a session for an agent that has no hooks.
   */
  'POST /api/v1/sessions': {
    body: {
      id?: string;
      agent: string;
      cwd: string;
      title?: string;
      model?: string;
      started_at?: string;
    };
    answer: Session;
  };
  /**
   * Deletes a session; it can be restored for thirty days.
   */
  'DELETE /api/v1/sessions/{id}': {
    path: {
      id: string;
    };
    answer: null;
  };
  /**
   * One session; `include` adds the first page of its prompts, observations and summaries.
   */
  'GET /api/v1/sessions/{id}': {
    path: {
      id: string;
    };
    query?: {
      include?: ('prompts' | 'observations' | 'summaries')[];
    };
    answer: SessionDetail;
  };
  /**
   * Changes the title of a session, or ends it.
   */
  'PATCH /api/v1/sessions/{id}': {
    path: {
      id: string;
    };
    body: {
      title?: string;
      status?: 'active' | 'ended';
      end_reason?: string;
    };
    answer: SessionDetail;
  };
  /**
   * Erases a session for good, deleted or not.
   */
  'POST /api/v1/sessions/{id}/erase': {
    path: {
      id: string;
    };
    answer: null;
  };
  /**
   * Pins, hides or flags a session, or takes that back.
   */
  'PUT /api/v1/sessions/{id}/mark': {
    path: {
      id: string;
    };
    body: {
      mark: ('pinned' | 'hidden' | 'wrong') | null;
    };
    answer: null;
  };
  /**
   * Takes back a deleted session.
   */
  'POST /api/v1/sessions/{id}/restore': {
    path: {
      id: string;
    };
    answer: Session;
  };
  /**
   * What was observed in a session, oldest first.
   */
  'GET /api/v1/sessions/{session_id}/observations': {
    path: {
      session_id: string;
    };
    query?: {
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Observation[];
      pagination: Pagination;
    };
  };
  /**
   * The memory in numbers.
   */
  'GET /api/v1/stats': {
    query?: {
      project_id?: string;
    };
    answer: StatsOverview;
  };
  /**
   * When, with which tools, and where it was worked.
   */
  'GET /api/v1/stats/activity': {
    query?: {
      project_id?: string;
      since?: string;
      until?: string;
    };
    answer: Activity;
  };
  /**
   * What was added over time.
   */
  'GET /api/v1/stats/growth': {
    query?: {
      project_id?: string;
      since?: string;
      until?: string;
      bucket?: 'hour' | 'day' | 'week' | 'month';
    };
    answer: GrowthPoint[];
  };
  /**
   * How the worker does: its files, its port, its hooks and what went wrong lately; paths and the state of the hooks for the owner alone.
   */
  'GET /api/v1/status': {
    answer: Status;
  };
  /**
   * Current summaries, newest first; of a session, oldest first.
   */
  'GET /api/v1/summaries': {
    query?: {
      scope?: 'turn' | 'session' | 'week';
      session_id?: string;
      project_id?: string;
      cursor?: string;
      limit?: number;
    };
    answer: {
      data: Summary[];
      pagination: Pagination;
    };
  };
  /**
   * Queues a new version of a turn's, a session's or a week's summary.
   */
  'POST /api/v1/summaries': {
    body: {
      scope: 'turn' | 'session' | 'week';
      session_id?: string;
      prompt_id?: string;
      project_id?: string;
      week?: string;
      with_model?: boolean;
    };
    answer: Job;
  };
  /**
   * One summary.
   */
  'GET /api/v1/summaries/{id}': {
    path: {
      id: string;
    };
    answer: Summary;
  };
  /**
   * Makes an older version the current one.
   */
  'POST /api/v1/summaries/{id}/choose': {
    path: {
      id: string;
    };
    answer: Summary;
  };
  /**
   * All versions of a summary, newest first.
   */
  'GET /api/v1/summaries/{id}/versions': {
    path: {
      id: string;
    };
    answer: Summary[];
  };
  /**
   * A ticket that opens one event stream with the rights of the caller, once, within a minute.
   */
  'POST /api/v1/tickets': {
    answer: {
      ticket: string;
    };
  };
  /**
   * Whether JavaScript tools run, and within which limits.
   */
  'GET /api/v1/tool-settings': {
    answer: ToolSettings;
  };
  /**
   * Switches JavaScript tools on or off and sets their limits.
   */
  'PUT /api/v1/tool-settings': {
    body: {
      scripts_enabled: boolean;
      timeout_seconds: number;
      memory_mb: number;
    };
    answer: ToolSettings;
  };
  /**
   * What can be called by name, with how often it was.
   */
  'GET /api/v1/tools': {
    query?: {
      kind?: 'built_in' | 'script';
    };
    answer: Tool[];
  };
  /**
   * Registers a JavaScript tool; it runs only once scripts are switched on.
   */
  'POST /api/v1/tools': {
    body: {
      title: string;
      description: string;
      input_schema?: {
        [k: string]: unknown;
      };
      source: string;
      name: string;
    };
    answer: Tool;
  };
  /**
   * Deletes a JavaScript tool.
   */
  'DELETE /api/v1/tools/{name}': {
    path: {
      name: string;
    };
    answer: null;
  };
  /**
   * One tool.
   */
  'GET /api/v1/tools/{name}': {
    path: {
      name: string;
    };
    answer: Tool;
  };
  /**
   * Changes a JavaScript tool, or whether a tool may be called.
   */
  'PATCH /api/v1/tools/{name}': {
    path: {
      name: string;
    };
    body: {
      title?: string;
      description?: string;
      input_schema?: {
        [k: string]: unknown;
      };
      source?: string;
      enabled?: boolean;
    };
    answer: Tool;
  };
  /**
   * Calls a tool by name.
   */
  'POST /api/v1/tools/{name}/execute': {
    path: {
      name: string;
    };
    body?: {
      arguments?: {
        [k: string]: unknown;
      };
    };
    answer: ToolRun;
  };
  /**
   * How memory ages, and what may be done about it.
   */
  'GET /api/v1/upkeep/policy': {
    answer: AgingPolicy;
  };
  /**
   * Says how memory ages, and what may be done about it.
   */
  'PUT /api/v1/upkeep/policy': {
    body: {
      half_life_days: {
        [k: string]: number;
      };
      expire_proposals_after_days: number | null;
      archive_memories_below: number | null;
      delete_observations_below: number | null;
      merge_above: number | null;
    };
    answer: AgingPolicy;
  };
  /**
   * What a run of upkeep would do now.
   */
  'GET /api/v1/upkeep/report': {
    answer: AgingReport;
  };
  /**
   * Queues a run of upkeep.
   */
  'POST /api/v1/upkeep/run': {
    answer: Job[];
  };
  /**
   * The people of the organisation; for the owner, everybody.
   */
  'GET /api/v1/users': {
    query?: {
      cursor?: string;
      limit?: number;
      text?: string;
    };
    answer: {
      data: User[];
      pagination: Pagination;
    };
  };
  /**
   * Adds a user to the organisation.
   */
  'POST /api/v1/users': {
    body: {
      email: string;
      name: string;
      password: string;
      role?: 'admin' | 'user' | 'viewer';
      organization_id?: string;
    };
    answer: User;
  };
  /**
   * Takes a user out; its logins end at once.
   */
  'DELETE /api/v1/users/{id}': {
    path: {
      id: string;
    };
    answer: null;
  };
  /**
   * One user.
   */
  'GET /api/v1/users/{id}': {
    path: {
      id: string;
    };
    answer: User;
  };
  /**
   * Changes a user: name, address, password, role, or whether it may log in.
   */
  'PATCH /api/v1/users/{id}': {
    path: {
      id: string;
    };
    body: {
      name?: string;
      email?: string;
      password?: string;
      disabled?: boolean;
      role?: 'admin' | 'user' | 'viewer';
    };
    answer: User;
  };
  /**
   * Which process answers; with a challenge, proof that it knows the owner token.
   */
  'GET /api/v1/health': {
    query?: {
      challenge?: string;
    };
    answer: {
      status: 'ok';
      version: string;
      pid: number;
      uptime_ms: number;
      proof?: string;
    };
  };
  /**
   * This document.
   */
  'GET /api/v1/openapi.json': {
    answer: {};
  };
  /**
   * An address that opens the web viewer once, within ten minutes.
   */
  'POST /api/v1/viewer/links': {
    answer: {
      url: string;
    };
  };
  /**
   * The token of a viewer for the ticket of such an address.
   */
  'POST /api/v1/viewer/redeem': {
    body: {
      ticket: string;
    };
    answer: {
      token: string;
      expires_at: string;
    };
  };
  /**
   * Takes an event of Claude Code's hooks; 204 once it is durable, 200 with what the event's contract allows.
   */
  'POST /hooks/claude-code': {
    body: {
      hook_event_name: string;
    };
    answer: null;
  };
  /**
   * Whether a session is active, and which permissions it waits for.
   */
  'GET /api/v1/sse/health/{session_id}': {
    path: {
      session_id: string;
    };
    answer: SessionHealth;
  };
  /**
   * Answers a permission that a session waits for.
   */
  'POST /api/v1/sse/permission-response/{session_id}': {
    path: {
      session_id: string;
    };
    body: {
      permission_id?: string;
      request_id?: string;
      decision?: 'allow' | 'deny';
      behavior?: 'allow' | 'deny';
      message?: string;
    };
    answer: PermissionAnswered;
  };
  /**
   * Whether it answers.
   */
  'GET /api/health': {
    answer: {
      status: string;
      version: string;
      timestamp: string;
      uptime_seconds: number;
    };
  };
  /**
   * Memories in numbered pages, the last changed first.
   */
  'GET /api/memories': {
    query?: {
      page?: number;
      page_size?: number;
      tag?: string;
      memory_type?: string;
      tag_match?: 'any' | 'all';
    };
    answer: {
      memories: PeerMemory[];
      total: number;
      page: number;
      page_size: number;
      has_more: boolean;
    };
  };
  /**
   * Remembers a text; its `content_hash` is the id of the memory.
   */
  'POST /api/memories': {
    body: {
      content: string;
      tags?: string[];
      memory_type?: string | null;
      metadata?: {
        [k: string]: unknown;
      };
      client_hostname?: string | null;
      conversation_id?: string | null;
    };
    answer: PeerStored;
  };
  /**
   * One memory.
   */
  'GET /api/memories/{id}': {
    path: {
      id: string;
    };
    answer: PeerMemory;
  };
  /**
   * Changes tags, type and metadata of a memory.
   */
  'PUT /api/memories/{id}': {
    path: {
      id: string;
    };
    body: {
      tags?: string[];
      memory_type?: string;
      metadata?: {
        [k: string]: unknown;
      };
    };
    answer: PeerStored;
  };
  /**
   * Forgets a memory.
   */
  'DELETE /api/memories/{id}': {
    path: {
      id: string;
    };
    answer: {
      success: boolean;
      message: string;
      content_hash: string;
    };
  };
  /**
   * Tags with how many memories have them.
   */
  'GET /api/tags': {
    answer: {
      tags: {
        tag: string;
        count: number;
      }[];
    };
  };
  /**
   * Types with how many memories have them.
   */
  'GET /api/types': {
    answer: {
      types: {
        memory_type: string;
        count: number;
      }[];
    };
  };
  /**
   * Memories that say something like it.
   */
  'GET /api/search/similar/{id}': {
    path: {
      id: string;
    };
    query?: {
      n_results?: number;
    };
    answer: PeerFound;
  };
  /**
   * Searches memories by words and meaning.
   */
  'POST /api/search': {
    body: {
      query: string;
      n_results?: number;
      similarity_threshold?: number | null;
    };
    answer: PeerFound;
  };
  /**
   * Memories with any of these tags, or with all.
   */
  'POST /api/search/by-tag': {
    body: {
      tags: string[];
      match_all?: boolean;
      time_filter?: string | null;
    };
    answer: PeerFound;
  };
  /**
   * Memories that were made then: "last week", "last summer", "first half of 2025".
   */
  'POST /api/search/by-time': {
    body: {
      query: string;
      n_results?: number;
      semantic_query?: string | null;
    };
    answer: PeerFound;
  };
}
export interface Backup {
  file: string;
  size_bytes: number;
  created_at: string;
}
export interface HandOver {
  pid: number;
}
export interface MaintenanceReport {
  task: string;
  ok: boolean;
  findings: string[];
  took_ms: number;
}
export interface Agent {
  id: string;
  name: string;
  description: string | null;
  metadata: {
    [k: string]: unknown;
  };
  state: 'active' | 'idle' | 'disabled';
  session_count: number;
  observation_count: number;
  dropped_count: number;
  first_seen_at: string | null;
  last_active_at: string | null;
  created_at: string;
  updated_at: string;
}
export interface Pagination {
  page: number;
  limit: number;
  total: number;
  total_pages: number;
  has_next: boolean;
  has_prev: boolean;
  next_cursor: string | null;
}
export interface Message {
  id: string;
  session_id: string;
  project: ProjectRef;
  agent: string;
  agent_id: string | null;
  role: 'assistant' | 'summary';
  is_final: boolean;
  text: string;
  occurred_at: string;
}
export interface ProjectRef {
  id: string;
  name: string;
}
export interface AskAnswer {
  text: string;
  sources: AskSource[];
  mode: 'model' | 'extractive' | 'none';
  fallback_reason: string | null;
  model: string | null;
  cost: JobCost | null;
  took_ms: number;
}
export interface AskSource {
  number: number;
  kind: 'observation' | 'learning' | 'summary' | 'memory';
  id: string;
  session_id: string | null;
  session_title: string | null;
  project_name: string | null;
  title: string;
  excerpt: string;
  occurred_at: string;
}
export interface JobCost {
  input_tokens: number;
  output_tokens: number;
  cost_usd: number;
}
export interface AuditEntry {
  id: string;
  at: string;
  actor: {
    kind: 'owner' | 'viewer' | 'user' | 'key' | 'hook' | 'nobody';
    id: string | null;
    name: string;
  };
  organization_id: string | null;
  action: string;
  target: string | null;
  outcome: 'done' | 'refused' | 'failed';
  code: string | null;
  address: string | null;
  request_id: string | null;
  count: number;
}
export interface TokenPair {
  token_type: 'Bearer';
  access_token: string;
  expires_in: number;
  refresh_token: string;
  refresh_expires_in: number;
  user: {
    id: string;
    name: string;
    email: string;
  };
  organization: OrganizationRef;
  role: 'admin' | 'user' | 'viewer';
}
export interface OrganizationRef {
  id: string;
  name: string;
}
export interface Caller {
  kind: 'owner' | 'viewer' | 'user' | 'key' | 'hook';
  id: string | null;
  name: string;
  email: string | null;
  organization: OrganizationRef;
  role: ('admin' | 'user' | 'viewer') | null;
  scopes: ('read' | 'write' | 'spend' | 'execute' | 'decide' | 'capture' | 'admin')[];
  expires_at: string | null;
}
export interface Setting {
  key: string;
  value: string | number | boolean | string[] | null;
  default_value: string | number | boolean | string[] | null;
  type: 'string' | 'number' | 'boolean' | 'list';
  description: string;
  minimum: number | null;
  maximum: number | null;
  choices: string[] | null;
  updated_at: string | null;
}
export interface ContextChoice {
  choice: {
    context: boolean | null;
    recall: boolean | null;
    file_history: boolean | null;
    budget_tokens: number | null;
  };
  effective: ContextSettings;
}
export interface ContextSettings {
  context: boolean;
  recall: boolean;
  file_history: boolean;
  budget_tokens: number;
}
export interface Injection {
  id: string;
  kind: 'startup' | 'resume' | 'clear' | 'compact' | 'prompt' | 'file';
  session_id: string;
  session_title: string | null;
  project: ProjectRef;
  prompt_id: string | null;
  prompt: string | null;
  file: string | null;
  text: string;
  characters: number;
  tokens: number;
  budget_tokens: number;
  lines: ContextLine[];
  occurred_at: string;
}
export interface ContextLine {
  section:
    | 'rules'
    | 'remembered'
    | 'notes'
    | 'threads'
    | 'sessions'
    | 'relevant'
    | 'observations'
    | 'progress'
    | 'recall'
    | 'file';
  text: string;
  reason:
    | 'approved_rule'
    | 'remembered'
    | 'session_note'
    | 'unfinished_turn'
    | 'open_todo'
    | 'unresolved_failure'
    | 'recent_session'
    | 'same_branch'
    | 'same_directory'
    | 'important'
    | 'pinned'
    | 'matches_prompt'
    | 'file_failed_before'
    | 'file_changed_before'
    | 'before_compaction';
  value: number;
  tokens: number;
  observation_id: string | null;
  session_id: string | null;
  learning_id: string | null;
  memory_id: string | null;
}
export interface ContextPreview {
  text: string;
  characters: number;
  tokens: number;
  budget_tokens: number;
  sections: {
    name:
      | 'rules'
      | 'remembered'
      | 'notes'
      | 'threads'
      | 'sessions'
      | 'relevant'
      | 'observations'
      | 'progress'
      | 'recall'
      | 'file';
    lines: number;
    tokens: number;
  }[];
  lines: ContextLine[];
  left_out: number;
  enabled: boolean;
}
export interface CostOverview {
  today: Spend;
  month: Spend;
  total: Spend;
  caps: CostCaps;
  capped: {
    cap: 'day' | 'month';
    until: string;
    waiting_jobs: number;
  } | null;
  unpriced_models: string[];
  groups: {
    [k: string]: CostRow[];
  };
}
export interface Spend {
  calls: number;
  input_tokens: number;
  output_tokens: number;
  cache_read_tokens: number;
  cache_write_tokens: number;
  cost_usd: number;
  saved_usd: number;
}
export interface CostCaps {
  day_usd: number | null;
  month_usd: number | null;
}
export interface CostRow {
  calls: number;
  input_tokens: number;
  output_tokens: number;
  cache_read_tokens: number;
  cache_write_tokens: number;
  cost_usd: number;
  saved_usd: number;
  key: string;
  label: string;
}
export interface ModelCall {
  id: string;
  purpose: 'summarise' | 'learn' | 'graph' | 'ask' | 'test';
  provider: string;
  model: string;
  project: ProjectRef | null;
  job_id: string | null;
  state: 'sent' | 'answered' | 'failed';
  spend: Spend;
  failure: JobFailure | null;
  started_at: string;
  took_ms: number | null;
}
export interface JobFailure {
  class: 'transient' | 'rate_limit' | 'quota' | 'setup' | 'auth' | 'format' | 'too_long' | 'cap' | 'bug';
  message: string;
  at: string;
}
export interface CostEstimate {
  sessions: number;
  calls: number;
  input_tokens: number;
  output_tokens: number;
  cost_usd: number | null;
  model: string | null;
  fits_day: boolean;
  fits_month: boolean;
}
export interface Price {
  model: string;
  input: number;
  output: number;
  cache_read: number;
  cache_write: number;
  edited: boolean;
}
export interface Deletion {
  kind: 'session' | 'observation';
  id: string;
  session_id: string;
  project: ProjectRef;
  title: string | null;
  deleted_at: string;
  kept_until: string;
}
export interface EmbeddingStatus {
  settings: EmbeddingSettings;
  keychain: boolean;
  state: 'off' | 'idle' | 'indexing' | 'paused' | 'failing';
  active: {
    model_id: string;
    dimension: number;
    vectors: number;
  } | null;
  progress: EmbeddingProgress | null;
  problem: {
    code:
      | 'UNREACHABLE'
      | 'TIMEOUT'
      | 'REFUSED'
      | 'RATE_LIMITED'
      | 'SERVER_ERROR'
      | 'BAD_ANSWER'
      | 'WRONG_DIMENSION'
      | 'NO_KEY'
      | 'MODEL_MISSING';
    message: string;
    at: string;
  } | null;
  backend: 'sqlite-vec' | 'table';
  usage: {
    requests: number;
    tokens: number;
    cost_usd: number;
  };
}
export interface EmbeddingSettings {
  kind: 'builtin' | 'endpoint' | 'none';
  base_url: string | null;
  model: string | null;
  dimension: number | null;
  key_source: 'none' | 'environment' | 'keychain';
  key_variable: string | null;
  price_per_million_tokens: number | null;
}
export interface EmbeddingProgress {
  model_id: string;
  dimension: number;
  done: number;
  total: number;
}
export interface Graph {
  entities: Entity[];
  relations: Relation[];
  truncated: boolean;
}
export interface Entity {
  id: string;
  kind: 'file' | 'tool' | 'error' | 'concept' | 'project' | 'command';
  name: string;
  project: ProjectRef | null;
  mentions: number;
  last_seen_at: string;
}
export interface Relation {
  from: string;
  to: string;
  type: 'uses' | 'solves' | 'causes' | 'part_of' | 'related_to' | 'contradicts';
  weight: number;
  evidence_count: number;
  evidence: string[];
}
export interface RankedEntity {
  entity: Entity;
  score: number;
}
export interface Health {
  status: 'ok' | 'degraded' | 'down';
  version: string;
  uptime_ms: number;
  dependencies: Dependency[];
}
export interface Dependency {
  name: string;
  state: 'up' | 'degraded' | 'down' | 'off';
  problem: string | null;
  took_ms: number | null;
}
export interface HookInstallation {
  settings_file: string;
  state: 'installed' | 'partial' | 'absent' | 'outdated' | 'unreadable';
  events: string[];
  problems: string[];
}
export interface IndexReport {
  lexical: {
    rows: number;
    missing: number;
    stale: number;
    ghosts: number;
  };
  vectors: {
    model_id: string;
    rows: number;
    waiting: number;
    stale: number;
    ghosts: number;
  } | null;
  took_ms: number;
}
export interface Job {
  id: string;
  kind: 'summarise' | 'learn' | 'embed' | 'graph' | 'decay' | 'consolidate' | 'backup' | 'cleanup' | 'export';
  state: 'waiting' | 'running' | 'done' | 'parked' | 'cancelled';
  details: {
    [k: string]: string | number | boolean | null;
  };
  project: ProjectRef | null;
  session_id: string | null;
  session_title: string | null;
  priority: number;
  attempts: number;
  most_attempts: number;
  progress: {
    done: number;
    total: number;
  } | null;
  run_after: string | null;
  failure: JobFailure | null;
  cost: JobCost | null;
  result: string | null;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
}
export interface JobsOverview {
  paused: boolean;
  kinds: JobKind[];
  schedules: Schedule[];
}
export interface JobKind {
  kind: 'summarise' | 'learn' | 'embed' | 'graph' | 'decay' | 'consolidate' | 'backup' | 'cleanup' | 'export';
  paused: boolean;
  concurrency: number;
  waiting: number;
  running: number;
  parked: number;
  done_today: number;
}
export interface Schedule {
  kind: 'summarise' | 'learn' | 'embed' | 'graph' | 'decay' | 'consolidate' | 'backup' | 'cleanup' | 'export';
  cron: string;
  enabled: boolean;
  next_at: string | null;
  last_at: string | null;
}
export interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  scopes: ('read' | 'write' | 'spend' | 'execute' | 'decide' | 'capture' | 'admin')[];
  organization: OrganizationRef;
  state: 'active' | 'expired' | 'revoked';
  requests_per_minute: number | null;
  created_at: string;
  created_by: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
  replaced_by: string | null;
}
export interface NewApiKey {
  key: string;
  api_key: ApiKey;
}
export interface Learning {
  id: string;
  category: 'solution' | 'best_practice' | 'pitfall' | 'preference' | 'convention' | 'decision' | 'workflow' | 'fact';
  statement: string;
  detail: string | null;
  tags: string[];
  language: 'en' | 'zh';
  scope: 'global' | 'project' | 'path';
  project: ProjectRef | null;
  path: string | null;
  state: 'proposed' | 'approved' | 'rejected' | 'superseded' | 'expired';
  confidence: number;
  source: 'instruction' | 'fix' | 'repetition' | 'agent_memory' | 'model' | 'person';
  pinned: boolean;
  note: string | null;
  evidence_count: number;
  conflict_count: number;
  use_count: number;
  last_used_at: string | null;
  confirm_count: number;
  reject_count: number;
  expires_at: string | null;
  superseded_by: string | null;
  created_at: string;
  updated_at: string;
  decided_at: string | null;
}
export interface LearningOutcome {
  batch_id: string;
  learnings: Learning[];
}
export interface LearningCounts {
  by_state: {
    [k: string]: number;
  };
  by_category: {
    [k: string]: number;
  };
  conflicts: number;
}
export interface LearningDetail {
  id: string;
  category: 'solution' | 'best_practice' | 'pitfall' | 'preference' | 'convention' | 'decision' | 'workflow' | 'fact';
  statement: string;
  detail: string | null;
  tags: string[];
  language: 'en' | 'zh';
  scope: 'global' | 'project' | 'path';
  project: ProjectRef | null;
  path: string | null;
  state: 'proposed' | 'approved' | 'rejected' | 'superseded' | 'expired';
  confidence: number;
  source: 'instruction' | 'fix' | 'repetition' | 'agent_memory' | 'model' | 'person';
  pinned: boolean;
  note: string | null;
  evidence_count: number;
  conflict_count: number;
  use_count: number;
  last_used_at: string | null;
  confirm_count: number;
  reject_count: number;
  expires_at: string | null;
  superseded_by: string | null;
  created_at: string;
  updated_at: string;
  decided_at: string | null;
  evidence: LearningEvidence[];
  conflicts: {
    learning: Learning;
    similarity: number;
    supersede?: 'this' | 'other';
  }[];
  similar: {
    learning: Learning;
    similarity: number;
  }[];
  history: LearningChange[];
}
export interface LearningEvidence {
  role: 'supports' | 'contradicts';
  quote: string;
  observation_id: string | null;
  session_id: string | null;
  session_title: string | null;
  occurred_at: string;
}
export interface LearningChange {
  batch_id: string;
  action:
    | 'create'
    | 'edit'
    | 'approve'
    | 'reject'
    | 'propose'
    | 'merge'
    | 'supersede'
    | 'expire'
    | 'pin'
    | 'unpin'
    | 'scope'
    | 'verify'
    | 'support'
    | 'delete'
    | 'undo';
  actor: 'person' | 'rule' | 'job';
  note: string | null;
  at: string;
  undone: boolean;
}
export interface McpPlugin {
  folder: string;
  is_written: boolean;
  carries_hooks: boolean;
  commands: string[];
}
export interface McpSetup {
  http: {
    url: string;
    command: string;
    json: string;
    key_text: string;
    scopes: ('read' | 'write' | 'spend' | 'execute' | 'decide' | 'capture' | 'admin')[];
  };
  stdio: {
    command: string;
    json: string;
  } | null;
  plugin: McpPlugin | null;
}
export interface Memory {
  id: string;
  type: 'working' | 'episodic' | 'semantic' | 'procedural';
  text: string;
  tags: string[];
  metadata: {
    [k: string]: unknown;
  };
  project: ProjectRef | null;
  importance: number;
  version: number;
  valid_from: string;
  valid_to: string | null;
  expires_at: string | null;
  seen_count: number;
  access_count: number;
  last_accessed_at: string | null;
  forgotten_at: string | null;
  created_at: string;
  updated_at: string;
}
export interface MemoryHit {
  memory: Memory;
  score: number | null;
  matched_terms: string[];
}
export interface ModelStatus {
  settings: ModelSettings;
  keychain: boolean;
  modes: {
    name: string;
    title: string;
  }[];
  mode_problems: string[];
  default_models: {
    [k: string]: {
      [k: string]: string;
    };
  };
  claude_path: string | null;
  state: 'off' | 'untried' | 'ready' | 'failing' | 'capped';
  problem: {
    class: 'transient' | 'rate_limit' | 'quota' | 'setup' | 'auth' | 'format' | 'too_long' | 'cap' | 'bug';
    message: string;
    at: string;
  } | null;
}
export interface ModelSettings {
  kind: 'none' | 'anthropic' | 'openai' | 'claude-cli';
  base_url: string | null;
  models: {
    small: string | null;
    large: string | null;
  };
  key_source: 'none' | 'environment' | 'keychain';
  key_variable: string | null;
  cli_path: string | null;
  mode: string;
  input_budget_tokens: number;
  use_for: {
    turns: boolean;
    sessions: boolean;
    weeks: boolean;
    learnings: boolean;
    graph: boolean;
    ask: boolean;
  };
}
export interface ModelTest {
  model: string;
  took_ms: number;
  answer: string;
  cost_usd: number | null;
}
export interface Observation {
  id: string;
  type:
    | 'request'
    | 'discovery'
    | 'change'
    | 'command'
    | 'research'
    | 'delegation'
    | 'plan'
    | 'tool'
    | 'note'
    | 'conclusion'
    | 'summary';
  tool: string | null;
  title: string;
  subtitle: string | null;
  facts: string[];
  narrative: string | null;
  concepts: string[];
  files_read: string[];
  files_changed: string[];
  importance: number;
  failed: boolean;
  duration_ms: number | null;
  session_id: string;
  project: ProjectRef;
  agent_id: string | null;
  agent_type: string | null;
  prompt_id: string | null;
  occurred_at: string;
  mark: ('pinned' | 'hidden' | 'wrong') | null;
}
export interface ObservationDetail {
  id: string;
  type:
    | 'request'
    | 'discovery'
    | 'change'
    | 'command'
    | 'research'
    | 'delegation'
    | 'plan'
    | 'tool'
    | 'note'
    | 'conclusion'
    | 'summary';
  tool: string | null;
  title: string;
  subtitle: string | null;
  facts: string[];
  narrative: string | null;
  concepts: string[];
  files_read: string[];
  files_changed: string[];
  importance: number;
  failed: boolean;
  duration_ms: number | null;
  session_id: string;
  project: ProjectRef;
  agent_id: string | null;
  agent_type: string | null;
  prompt_id: string | null;
  occurred_at: string;
  mark: ('pinned' | 'hidden' | 'wrong') | null;
  input: unknown;
  result: unknown;
  error: string | null;
  original_bytes: number;
  source: string;
}
export interface ObservationsAround {
  session_id: string;
  anchor_id: string | null;
  data: Observation[];
  earlier: number;
  later: number;
}
export interface Organization {
  id: string;
  name: string;
  is_default: boolean;
  member_count: number;
  key_count: number;
  created_at: string;
  updated_at: string;
}
export interface Member {
  user: {
    id: string;
    name: string;
    email: string;
  };
  role: 'admin' | 'user' | 'viewer';
  since: string;
}
export interface PermissionRule {
  id: string;
  effect: 'allow' | 'deny' | 'ask';
  tool: string;
  pattern: string | null;
  project: ProjectRef | null;
  message: string | null;
  enabled: boolean;
  use_count: number;
  last_used_at: string | null;
  created_at: string;
  updated_at: string;
}
export interface PermissionSettings {
  enabled: boolean;
  wait_seconds: number;
  notify: boolean;
}
export interface PermissionRequest {
  id: string;
  session_id: string;
  session_title: string | null;
  project: ProjectRef;
  cwd: string;
  agent_type: string | null;
  tool: string;
  summary: string;
  input: unknown;
  allowable: boolean;
  pattern: string | null;
  permission_mode: string | null;
  state: 'pending' | 'allowed' | 'denied' | 'expired' | 'withdrawn';
  decided_by: ('person' | 'rule') | null;
  rule_id: string | null;
  message: string | null;
  created_at: string;
  expires_at: string;
  decided_at: string | null;
}
export interface Project {
  id: string;
  name: string;
  root: string;
  remote: string | null;
  session_count: number;
  observation_count: number;
  last_event_at: string;
}
export interface Prompt {
  id: string;
  session_id: string;
  prompt_id: string | null;
  text: string;
  occurred_at: string;
}
export interface SearchAnswer {
  mode: 'mixed' | 'lexical' | 'vector';
  vector_problem: ('off' | 'not_ready' | 'failed') | null;
  hits: SearchHit[];
  known: KnownHit[];
  total: number;
  truncated: boolean;
  query: ParsedQuery;
  terms: string[];
  facets: SearchFacets;
  did_you_mean: string | null;
  next_cursor: string | null;
  took_ms: number;
}
export interface SearchHit {
  observation: Observation;
  session_title: string | null;
  score: number;
  voices: {
    observation: VoiceScore;
    window: VoiceScore;
    session: VoiceScore;
    vector: VoiceScore;
  };
  boosts: SearchBoosts;
  graph_entity: string | null;
  matched_terms: string[];
  highlights: {
    title: TextRange[];
    snippet: string;
    snippet_ranges: TextRange[];
  };
  collapsed: {
    count: number;
    ids: string[];
  };
}
export interface VoiceScore {
  raw: number;
  normalized: number;
  weight: number;
}
export interface SearchBoosts {
  recency: number;
  importance: number;
  pinned: number;
  project: number;
  feedback: number;
  graph: number;
}
export interface KnownHit {
  kind: 'learning' | 'memory';
  id: string;
  text: string;
  category:
    | 'solution'
    | 'best_practice'
    | 'pitfall'
    | 'preference'
    | 'convention'
    | 'decision'
    | 'workflow'
    | 'fact'
    | 'working'
    | 'episodic'
    | 'semantic'
    | 'procedural';
  state: ('proposed' | 'approved' | 'rejected' | 'superseded' | 'expired') | null;
  project: ProjectRef | null;
  score: number;
  matched_terms: string[];
}
export interface ParsedQuery {
  words: string;
  clauses: QueryClause[];
}
export interface QueryClause {
  kind:
    | 'phrase'
    | 'not'
    | 'project'
    | 'type'
    | 'tool'
    | 'file'
    | 'tag'
    | 'session'
    | 'failed'
    | 'pinned'
    | 'since'
    | 'before'
    | 'time';
  range: TextRange;
  text: string;
  value: string;
  since?: string;
  until?: string;
  problem: ('unknown_project' | 'ambiguous_project' | 'unknown_type' | 'unknown_session' | 'invalid_time') | null;
}
export interface SearchFacets {
  types: FacetValue[];
  tools: FacetValue[];
  projects: FacetValue[];
  days: FacetValue[];
}
export interface FacetValue {
  value: string;
  label: string;
  count: number;
}
export interface Suggestion {
  kind: 'term' | 'file' | 'project' | 'tool' | 'type' | 'tag' | 'operator' | 'query';
  label: string;
  insert: string;
  range: TextRange;
  count: number | null;
}
export interface Session {
  id: string;
  project: ProjectRef;
  agent: string;
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
  conclusion: string | null;
  mark: ('pinned' | 'hidden' | 'wrong') | null;
}
export interface SessionDetail {
  id: string;
  project: ProjectRef;
  agent: string;
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
  conclusion: string | null;
  mark: ('pinned' | 'hidden' | 'wrong') | null;
  prompts?: {
    data: Prompt[];
    pagination: Pagination;
  };
  observations?: {
    data: Observation[];
    pagination: Pagination;
  };
  summaries?: {
    data: Summary[];
    pagination: Pagination;
  };
}
export interface Summary {
  title: string;
  language: 'en' | 'zh';
  request: string | null;
  investigated: string[];
  done: string[];
  learned: string[];
  open_ends: string[];
  key_points: string[];
  files: SummaryFile[];
  commands: SummaryCommand[];
  id: string;
  scope: 'turn' | 'session' | 'week';
  source: 'extractive' | 'model' | 'client';
  project: ProjectRef;
  session_id: string | null;
  session_title: string | null;
  prompt_id: string | null;
  week: string | null;
  version: number;
  is_current: boolean;
  model: string | null;
  prompt_version: string | null;
  created_at: string;
}
export interface SummaryFile {
  path: string;
  change: 'read' | 'changed';
}
export interface SummaryCommand {
  command: string;
  outcome: 'passed' | 'failed';
  note: string | null;
}
export interface StatsOverview {
  sessions: number;
  active_sessions: number;
  prompts: number;
  messages: number;
  observations: number;
  failures: number;
  summaries: number;
  learnings: {
    proposed: number;
    approved: number;
    total: number;
  };
  memories: number;
  entities: number;
  projects: number;
  agents: number;
  database_bytes: number;
  first_event_at: string | null;
  last_event_at: string | null;
}
export interface Activity {
  hours: number[][];
  tools: {
    tool: string;
    count: number;
    failure_count: number;
  }[];
  types: {
    type: string;
    count: number;
  }[];
  projects: {
    id: string;
    name: string;
    count: number;
  }[];
  agents: {
    name: string;
    count: number;
  }[];
}
export interface GrowthPoint {
  at: string;
  sessions: number;
  observations: number;
  learnings: number;
  memories: number;
  total_observations: number;
  database_bytes: number | null;
}
export interface Status {
  version: string;
  engine: 'desktop' | 'headless';
  started_by: 'person' | 'agent';
  pid: number;
  started_at: string;
  uptime_ms: number;
  url: string;
  port: number;
  data_dir: string | null;
  capture: {
    paused: boolean;
    paused_since: string | null;
  };
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
  lock: {
    file: string;
    pid: number;
    since: string;
  };
  hooks: HookActivity[];
  installation: HookInstallation | null;
  errors: RecentError[];
  embedding: EmbeddingStatus;
}
export interface HookActivity {
  name: string;
  last_at: string;
  count: number;
}
export interface RecentError {
  at: string;
  code: string;
  message: string;
  count: number;
}
export interface ToolSettings {
  scripts_enabled: boolean;
  timeout_seconds: number;
  memory_mb: number;
}
export interface Tool {
  name: string;
  title: string;
  description: string;
  kind: 'built_in' | 'script';
  input_schema: {
    [k: string]: unknown;
  };
  scope: 'read' | 'write' | 'spend' | 'execute' | 'decide' | 'capture' | 'admin';
  read_only: boolean;
  destructive: boolean;
  enabled: boolean;
  source: string | null;
  usage: {
    count: number;
    failure_count: number;
    average_ms: number | null;
    last_used_at: string | null;
  };
  created_at: string | null;
  updated_at: string | null;
}
export interface ToolRun {
  run_id: string;
  tool: string;
  success: boolean;
  output: unknown;
  stdout: string;
  stderr: string;
  exit_code: number | null;
  error: {
    code: string;
    message: string;
  } | null;
  took_ms: number;
}
export interface AgingPolicy {
  half_life_days: {
    [k: string]: number;
  };
  expire_proposals_after_days: number | null;
  archive_memories_below: number | null;
  delete_observations_below: number | null;
  merge_above: number | null;
}
export interface AgingReport {
  policy: AgingPolicy;
  counts: {
    [k: string]: number;
  };
  items: AgingItem[];
  strengths: {
    [k: string]: number[];
  };
  made_at: string;
}
export interface AgingItem {
  action: 'expire_learning' | 'archive_memory' | 'delete_observation' | 'merge_learnings' | 'relate';
  target_id: string;
  label: string;
  strength: number | null;
  reason: string;
}
export interface User {
  id: string;
  email: string;
  name: string;
  state: 'active' | 'locked' | 'disabled';
  locked_until: string | null;
  memberships: {
    organization: OrganizationRef;
    role: 'admin' | 'user' | 'viewer';
  }[];
  last_login_at: string | null;
  created_at: string;
  updated_at: string;
}
export interface SessionHealth {
  session_id: string;
  status: 'active' | 'ended';
  last_event_at: string;
  connections: number;
  pending_permissions: {
    permission_id: string;
    tool: string;
    summary: string;
    expires_at: string;
  }[];
}
export interface PermissionAnswered {
  success: boolean;
  permission_id: string;
  decision: 'allow' | 'deny';
}
export interface PeerMemory {
  content: string;
  content_hash: string;
  tags: string[];
  memory_type: string | null;
  metadata: {
    [k: string]: unknown;
  };
  created_at: number;
  created_at_iso: string;
  updated_at: number;
  updated_at_iso: string;
}
export interface PeerStored {
  success: boolean;
  message: string;
  content_hash: string | null;
  memory: PeerMemory | null;
}
export interface PeerFound {
  results: {
    memory: PeerMemory;
    similarity_score: number | null;
    relevance_reason: string | null;
  }[];
  total_found: number;
  query: string;
  search_type: string;
  processing_time_ms: number;
}
