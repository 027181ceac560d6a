import type { PermissionState } from '../../../shared/permission-views.ts';
import type { WritableDb } from '../database.ts';

/** How many decided requests are kept. */
const requestsKept = 20_000;

export interface NewPermissionRequest {
  id: string;
  sessionPk: number;
  agentId: string | null;
  cwd: string;
  tool: string;
  summary: string;
  /** JSON, redacted. */
  input: string;
  allowable: boolean;
  pattern: string | null;
  permissionMode: string | null;
  at: number;
  expiresAt: number;
}

export interface PermissionDecision {
  state: Exclude<PermissionState, 'pending'>;
  decidedBy: 'person' | 'rule' | null;
  ruleId: string | null;
  message: string | null;
  at: number;
}

export interface PermissionRequestRecord {
  pk: number;
  id: string;
  session_pk: number;
  session_id: string;
  project_pk: number;
  tool: string;
  summary: string;
  state: string;
  decided_by: string | null;
  allowable: number;
  pattern: string | null;
  expires_at: number;
}

/** What was asked, and where; the input is JSON and redacted. */
export interface KeptPermissionQuestion {
  tool: string;
  input: string;
  cwd: string;
  root: string;
  pattern: string | null;
}

/** What agents asked leave for; call inside a transaction. */
export function createPermissionRequestWriter(db: WritableDb) {
  const insert = db.prepare<[object]>(`
    INSERT INTO permission_requests
      (id, session_pk, agent_id, cwd, tool, summary, input, allowable, pattern, permission_mode, state, created_at, expires_at)
    VALUES (@id, @sessionPk, @agentId, @cwd, @tool, @summary, @input, @allowable, @pattern, @permissionMode, 'pending', @at, @expiresAt)`);
  const decide = db.prepare<[object]>(`
    UPDATE permission_requests SET state = @state, decided_by = @decidedBy, rule_id = @ruleId, message = @message,
      decided_at = @at WHERE pk = @pk`);
  const select = `
    SELECT r.pk, r.id, r.session_pk, s.id AS session_id, s.project_pk, r.tool, r.summary, r.state, r.decided_by,
      r.allowable, r.pattern, r.expires_at
    FROM permission_requests r JOIN sessions s ON s.pk = r.session_pk`;
  const find = db.prepare<[string], PermissionRequestRecord>(`${select} WHERE r.id = ?`);
  const pending = db.prepare<[], PermissionRequestRecord>(`${select} WHERE r.state = 'pending' ORDER BY r.pk`);
  const open = db.prepare<[number], PermissionRequestRecord & { agent_id: string | null; input: string }>(
    `${select.replace('r.expires_at', 'r.expires_at, r.agent_id, r.input')} WHERE r.session_pk = ? AND r.state = 'pending' ORDER BY r.pk`,
  );
  const question = db.prepare<[number], KeptPermissionQuestion>(`
    SELECT r.tool, r.input, r.cwd, r.pattern, p.root FROM permission_requests r
      JOIN sessions s ON s.pk = r.session_pk JOIN projects p ON p.pk = s.project_pk
    WHERE r.pk = ?`);
  const prune = db.prepare<[number]>(`
    DELETE FROM permission_requests WHERE state <> 'pending'
      AND pk <= (SELECT MAX(pk) FROM permission_requests) - ?`);
  return {
    insert: (request: NewPermissionRequest) => void insert.run({ ...request, allowable: Number(request.allowable) }),
    decide: (pk: number, decision: PermissionDecision) => void decide.run({ ...decision, pk }),
    find: (id: string): PermissionRequestRecord | null => find.get(id) ?? null,
    questionOf: (pk: number): KeptPermissionQuestion | null => question.get(pk) ?? null,
    pending: (): PermissionRequestRecord[] => pending.all(),
    /** Those of one session. */
    open: (sessionPk: number) => open.all(sessionPk),
    prune: () => void prune.run(requestsKept),
  };
}
