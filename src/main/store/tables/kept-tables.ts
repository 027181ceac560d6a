/**
 * What comes back with a session or an observation, in the order in which its rows can be put back: what others name goes first.
 * The last one, because rows before it are counted into it by a trigger.
 */
export const keptTables = [
  'sessions',
  'agents',
  'events',
  'prompts',
  'messages',
  'observations',
  'observation_marks',
  'session_marks',
  'observation_corrections',
  'context_choices',
  'summaries',
  'learnings',
  'learning_evidence',
  'learning_conflicts',
  'learning_change_sources',
  'injections',
  'injection_lines',
  'permission_requests',
  'observation_uses',
] as const;

/** Rows that stay, and from which something is taken. */
export const changedTables = ['learnings', 'learning_changes', 'learning_origins'] as const;

/**
 * What is lost with a session or an observation and made again from what comes back (index, vectors, graph), or was only about
 * the moment (jobs, log).
 */
export const lostTables = [
  'embeddings',
  'entity_mentions',
  'event_log',
  'graph_sessions',
  'observation_files',
  'observation_tags',
  'relation_evidence',
  'task_queue',
  'transcripts',
] as const;
