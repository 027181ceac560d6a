import { isDeepStrictEqual } from 'node:util';
import type { CapturedEvent } from '../../capture/captured-event.ts';
import type { Ledger } from '../../capture/ledger.ts';
import { type PermissionAsk, subjectText } from '../../capture/permission-ask.ts';
import type { TrackedSession } from '../../capture/session-tracker.ts';
import type { WritableDb } from '../../store/database.ts';
import { newId } from '../../store/ids.ts';
import { createConfigurationWriter } from '../../store/tables/configurations.ts';
import { createPermissionRequestWriter } from '../../store/tables/permission-requests.ts';
import { createPermissionRuleWriter } from '../../store/tables/permission-rules.ts';
import { createPermissionLog } from './permission-log.ts';
import { permissionSettingsKey, readPermissionSettings } from './permission-settings.ts';
import { judge, type Verdict } from './rules/judge.ts';
import { resolveSubject } from './rules/resolve-subject.ts';

/** A question that was made durable, for whoever holds the agent's connection. */
export interface AskedPermission {
  id: string;
  sessionId: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** What a rule said; null when it waits for a person. */
  answer: { behavior: 'allow' | 'deny'; message: string | null } | null;
}

export interface AskOutcome {
  permission: AskedPermission | null;
  /** Ids of questions that nobody waits for any more. */
  endedPermissions: string[];
}

const nothingAsked: AskOutcome = { permission: null, endedPermissions: [] };

/** The call that was asked about has come to its end. */
const callEnds: ReadonlySet<string> = new Set(['PostToolUse', 'PostToolUseFailure', 'PermissionDenied']);
const endingEvents: ReadonlySet<string> = new Set([
  ...callEnds,
  'Stop',
  'StopFailure',
  'SubagentStop',
  'UserPromptSubmit',
  'SessionEnd',
]);

function isOver(request: { tool: string; agent_id: string | null; input: string }, event: CapturedEvent): boolean {
  if (event.name === 'SessionEnd') return true;
  if (request.agent_id !== event.agentId) return false;
  if (!callEnds.has(event.name)) return true;
  const { tool_name: tool, tool_input: input } = event.payload;
  return tool === request.tool && subjectText(tool, input) === subjectText(tool, JSON.parse(request.input));
}

/** What the writer does with the question of an agent, in the transaction that holds its event. */
export function createPermissionAsks(db: WritableDb, ledger: Ledger, onFault: (fault: unknown) => void) {
  const requests = createPermissionRequestWriter(db);
  const rules = createPermissionRuleWriter(db);
  const configurations = createConfigurationWriter(db);
  const log = createPermissionLog(ledger);
  /** Sessions that may have an open question, so that the many events of all others cost nothing. */
  const asking = new Set<number>();

  function verdictOn(ask: PermissionAsk, subject: Parameters<typeof judge>[2], projectPk: number): Verdict {
    const holding = rules.holding(projectPk);
    return judge(
      holding.map((rule) => ({ ...rule, isOfProject: rule.projectPk !== null })),
      ask,
      subject,
    );
  }

  /** Null when the terminal alone is to ask. */
  function arrived(ask: PermissionAsk, event: CapturedEvent, session: TrackedSession): AskedPermission | null {
    const settings = readPermissionSettings(configurations.get(permissionSettingsKey));
    if (!settings.enabled) return null;
    const at = event.receivedAt;
    const id = newId(at);
    const expiresAt = at + settings.wait_seconds * 1_000;
    const cwd = event.cwd ?? '';
    // What the event keeps, which may be less: of excluded files there is no content.
    const shown = event.payload['tool_input'];
    const isReduced = ask.subject.kind !== 'path' && !isDeepStrictEqual(shown, ask.input);
    const { subject, ...said } = resolveSubject(ask.subject, cwd, session.root);
    const { summary, pattern } = isReduced
      ? { ...resolveSubject({ kind: 'input', text: JSON.stringify(shown ?? null) }, cwd, session.root), pattern: null }
      : said;
    requests.insert({
      id,
      sessionPk: session.pk,
      agentId: event.agentId,
      cwd,
      tool: ask.tool,
      summary,
      input: JSON.stringify(shown ?? null),
      allowable: ask.isShownWhole && !isReduced,
      pattern,
      permissionMode: ask.permissionMode,
      at,
      expiresAt,
    });
    const request = requests.find(id);
    const asked = { id, sessionId: session.id, expiresAt };
    if (request === null) return null;
    const verdict = verdictOn(ask, subject, session.projectPk);
    if (verdict === null) {
      asking.add(session.pk);
      log.requested(request, at);
      return { ...asked, answer: null };
    }
    const { behavior, rule } = verdict;
    const state = behavior === 'allow' ? 'allowed' : 'denied';
    const message = behavior === 'deny' ? rule.message : null;
    requests.decide(request.pk, { state, decidedBy: 'rule', ruleId: rule.id, message, at });
    rules.used(rule.id, at);
    log.decided(request, state, 'rule', at);
    return { ...asked, answer: { behavior, message } };
  }

  /**
   * The questions that this event shows to be over: answered in the terminal, which does not close the connection on which
   * the client asked us (seen with Claude Code 2.1.197). Their ids.
   */
  function ended(event: CapturedEvent, session: TrackedSession): string[] {
    if (!asking.has(session.pk) || !endingEvents.has(event.name)) return [];
    const open = requests.open(session.pk);
    if (open.length === 0) asking.delete(session.pk);
    const at = event.receivedAt;
    const over = open.filter((request) => isOver(request, event));
    // Of two equal questions one call answers one.
    const those = callEnds.has(event.name) ? over.slice(0, 1) : over;
    for (const request of those) {
      requests.decide(request.pk, { state: 'withdrawn', decidedBy: null, ruleId: null, message: null, at });
      log.decided(request, 'withdrawn', null, at);
    }
    return those.map(({ id }) => id);
  }

  return {
    /** What the event asks, and what it shows to be over. A bug here costs neither the event nor the agent: the terminal asks. */
    onHook(ask: PermissionAsk | null, event: CapturedEvent, session: TrackedSession | null): AskOutcome {
      if (session === null || (ask === null && !asking.has(session.pk))) return nothingAsked;
      try {
        return ledger.savepoint(() => ({
          permission: ask === null ? null : arrived(ask, event, session),
          endedPermissions: ended(event, session),
        }));
      } catch (fault) {
        if (!db.inTransaction()) throw fault;
        onFault(fault);
        return nothingAsked;
      }
    },
    /** Nobody waits for what an earlier process was asked. */
    closeOld(at: number): void {
      for (const request of requests.pending()) {
        requests.decide(request.pk, { state: 'expired', decidedBy: null, ruleId: null, message: null, at });
        log.decided(request, 'expired', null, at);
      }
    },
    prune: () => requests.prune(),
    /** After a transaction was rolled back. */
    reset(): void {
      for (const { session_pk: sessionPk } of requests.pending()) asking.add(sessionPk);
    },
  };
}
