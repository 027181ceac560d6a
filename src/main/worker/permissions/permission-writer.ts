import type { NewPermissionRule } from '../../api/record-services.ts';
import { redactSecrets } from '../../capture/secrets.ts';
import type { PermissionSettings } from '../../../shared/permission-views.ts';
import { newId } from '../../store/ids.ts';
import { createConfigurationWriter } from '../../store/tables/configurations.ts';
import { createPermissionRequestWriter, type PermissionRequestRecord } from '../../store/tables/permission-requests.ts';
import { createPermissionRuleWriter, type RuleContent } from '../../store/tables/permission-rules.ts';
import { Refusal } from '../refusal.ts';
import type { WriterOperationParts } from '../writer-operations.ts';
import { createPermissionLog } from './permission-log.ts';
import { permissionSettingsKey } from './permission-settings.ts';
import { literalPattern } from './rules/glob.ts';
import { patternFault } from './rules/pattern-fit.ts';

/** Each of them is looked at for every question. */
const mostRules = 1_000;

export interface PersonsDecision {
  id: string;
  behavior: 'allow' | 'deny';
  message?: string | undefined;
  remember?: { pattern?: string | null | undefined; everywhere: boolean } | undefined;
  at: number;
}

export type RuleChange = { [Name in keyof NewPermissionRule]?: NewPermissionRule[Name] | undefined };

/** What the writer does about permission requests and rules when a person, or the time, decides. */
export function createPermissionOperations({ db, ledger }: WriterOperationParts) {
  const requests = createPermissionRequestWriter(db);
  const rules = createPermissionRuleWriter(db);
  const configurations = createConfigurationWriter(db);
  const log = createPermissionLog(ledger);
  const project = db.prepare<[string], number>('SELECT pk FROM projects WHERE id = ?').pluck();

  function projectPk(id: string | null | undefined): number | null {
    if (id === null || id === undefined) return null;
    const pk = project.get(id);
    if (pk === undefined) throw new Refusal('NOT_FOUND', `There is no project with the id ${id}.`);
    return pk;
  }

  /** The same rule twice is one rule, and it holds again. */
  function put(content: RuleContent, at: number): string {
    const same = rules.findSame(content);
    if (same !== null) {
      rules.update(same.pk, content, at);
      return same.id;
    }
    if (rules.count() >= mostRules) {
      throw new Refusal('REFUSED', `There are ${mostRules} rules already: delete some first.`);
    }
    const id = newId(at);
    rules.insert(id, withoutSecrets(content), at);
    return id;
  }

  function tellRules(at: number): void {
    ledger.log({ type: 'setting.changed', at, projectPk: null, sessionPk: null, data: { key: 'permissions.rules' } });
  }

  function rememberedRule(request: PermissionRequestRecord, decision: PersonsDecision): string | null {
    const { remember, behavior, message = null, at } = decision;
    if (remember === undefined) return null;
    const pattern = remember.pattern === undefined ? request.pattern : remember.pattern;
    if (remember.pattern === undefined && pattern === null) {
      throw new Refusal(
        'REFUSED',
        'This cannot be remembered as it is: give a pattern, or null for anything this tool does.',
      );
    }
    const question = requests.questionOf(request.pk);
    const fault = pattern === null || question === null ? null : patternFault(pattern, behavior, question);
    if (fault !== null) throw new Refusal('REFUSED', fault);
    const content = {
      effect: behavior,
      tool: literalPattern(request.tool),
      pattern,
      projectPk: remember.everywhere ? null : request.project_pk,
      message: behavior === 'deny' ? message : null,
      enabled: true,
    };
    const id = put(content, at);
    tellRules(at);
    return id;
  }

  function close(id: string, state: 'expired' | 'withdrawn', at: number, alsoDecided: boolean): void {
    const request = requests.find(id);
    if (request === null || (request.state !== 'pending' && !alsoDecided)) return;
    requests.decide(request.pk, { state, decidedBy: null, ruleId: null, message: null, at });
    log.decided(request, state, null, at);
  }

  return {
    /** Gives what the agent is to be told. Refuses what was decided, is over, or is not shown whole. */
    permissionDecide(decision: PersonsDecision): { behavior: 'allow' | 'deny'; message: string | null } {
      const { id, behavior, at } = decision;
      const request = requests.find(id);
      if (request === null) throw new Refusal('NOT_FOUND', `There is no permission request with the id ${id}.`);
      if (request.state !== 'pending' || request.expires_at <= at) {
        throw new Refusal('CONFLICT', 'It was decided already, or the agent no longer waits.');
      }
      if (behavior === 'allow' && request.allowable === 0) {
        throw new Refusal('REFUSED', 'Not all of it is shown here, so it can be allowed only in the terminal.');
      }
      const ruleId = rememberedRule(request, decision);
      const message = behavior === 'deny' ? (decision.message ?? null) : null;
      const state = behavior === 'allow' ? 'allowed' : 'denied';
      requests.decide(request.pk, { state, decidedBy: 'person', ruleId, message, at });
      log.decided(request, state, 'person', at);
      return { behavior, message };
    },
    permissionExpire: ({ id, at }: { id: string; at: number }): void => close(id, 'expired', at, false),
    /** Also after a decision, when it did not reach the agent. */
    permissionWithdraw: ({ id, at }: { id: string; at: number }): void => close(id, 'withdrawn', at, true),
    permissionRuleCreate({ rule, at }: { rule: NewPermissionRule; at: number }): string {
      const { effect, tool, pattern = null, message = null, enabled } = rule;
      const id = put({ effect, tool, pattern, message, enabled, projectPk: projectPk(rule.project_id) }, at);
      tellRules(at);
      return id;
    },
    /** False when there is no such rule. */
    permissionRuleUpdate({ id, change, at }: { id: string; change: RuleChange; at: number }): boolean {
      const known = rules.find(id);
      if (known === null) return false;
      const { effect = known.effect, tool = known.tool, enabled = known.enabled } = change;
      const pattern = change.pattern === undefined ? known.pattern : change.pattern;
      const message = change.message === undefined ? known.message : change.message;
      const place = change.project_id === undefined ? known.projectPk : projectPk(change.project_id);
      rules.update(known.pk, withoutSecrets({ effect, tool, pattern, message, enabled, projectPk: place }), at);
      tellRules(at);
      return true;
    },
    permissionRuleDelete({ id, at }: { id: string; at: number }): boolean {
      const isGone = rules.remove(id);
      if (isGone) tellRules(at);
      return isGone;
    },
    permissionSettingsPut({ settings, at }: { settings: PermissionSettings; at: number }): void {
      configurations.put(permissionSettingsKey, JSON.stringify(settings), at);
      const data = { key: permissionSettingsKey };
      ledger.log({ type: 'setting.changed', at, projectPk: null, sessionPk: null, data });
    },
  };
}

function withoutSecrets(content: RuleContent): RuleContent {
  for (const text of [content.pattern, content.message]) {
    if (text !== null && redactSecrets(text) !== text) {
      throw new Refusal('REFUSED', 'It holds what looks like a secret, which is never stored: put a * in its place.');
    }
  }
  return content;
}
