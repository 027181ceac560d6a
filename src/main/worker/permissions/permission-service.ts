import { TRPCError } from '@trpc/server';
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../access/caller.ts';
import type { AuditService } from '../../api/access-services.ts';
import type { PermissionService } from '../../api/record-services.ts';
import type { HookAnswer } from '../../http/hook-route.ts';
import type { EventBus } from '../event-bus.ts';
import type { Reader } from '../reader-pool.ts';
import { asCallersError } from '../settings/callers-error.ts';
import { withPage } from '../with-page.ts';
import type { WriterClient } from '../writer-client.ts';
import { createHeldRequests } from './held-requests.ts';
import type { AskedPermission } from './permission-asks.ts';

export interface PermissionParts {
  organizationId: string;
  reader: Pick<Reader, 'call'>;
  writer: Pick<WriterClient, 'call'>;
  audit: Pick<AuditService, 'record'>;
  listen: EventBus['listen'];
  onFault(fault: unknown): void;
}

export interface Permissions {
  service: PermissionService;
  /** The answer to a PermissionRequest hook, when there is one; null leaves the question to the terminal. */
  answer(asked: AskedPermission, whenGone: (gone: () => void) => void): Promise<HookAnswer | null>;
  /** Nobody waits for an answer to these any more. */
  ended(ids: readonly string[]): void;
  /** Leaves every open question to its terminal, so that nothing waits for a worker that closes. */
  release(): void;
}

/** Questions of agents: held here, decided by people and rules, kept by the writer. */
export function createPermissions({
  organizationId,
  reader,
  writer,
  audit,
  listen,
  onFault,
}: PermissionParts): Permissions {
  const held = createHeldRequests({
    expired: (id) => void writer.call('permissionExpire', { id, at: Date.now() }).catch(onFault),
    withdrawn: (id) => void writer.call('permissionWithdraw', { id, at: Date.now() }).catch(onFault),
  });
  const find = (id: string) => reader.call('permissionGet', id);

  async function changedRule(id: string) {
    const rule = await reader.call('permissionRule', id);
    if (rule === null) throw new TRPCError({ code: 'CONFLICT', message: 'The rule was deleted again at once.' });
    return rule;
  }

  const service: PermissionService = {
    list: (request) => withPage(reader.call('permissionList', request)),
    get: find,
    async decide(id, decision) {
      let claim = held.claim(id);
      if (claim === null) {
        const request = await find(id);
        if (request === null) return null;
        // Whoever hears of a request with its commit may be quicker than its way to here.
        if (request.state === 'pending') claim = held.claim(id);
      }
      if (claim === null) {
        throw new TRPCError({ code: 'CONFLICT', message: 'It was decided already, or the agent no longer waits.' });
      }
      try {
        const answer = await asCallersError(writer.call('permissionDecide', { id, ...decision, at: Date.now() }));
        claim.answer(answer);
      } catch (error) {
        // A wish that cannot be met leaves the question open; anything else leaves it to the terminal.
        if (error instanceof TRPCError && error.code === 'BAD_REQUEST') claim.letGo();
        else claim.giveUp();
        throw error;
      }
      return find(id);
    },
    rules: (request) => reader.call('permissionRules', request),
    rule: (id) => reader.call('permissionRule', id),
    async createRule(rule) {
      return changedRule(await asCallersError(writer.call('permissionRuleCreate', { rule, at: Date.now() })));
    },
    async updateRule(id, change) {
      const isThere = await asCallersError(writer.call('permissionRuleUpdate', { id, change, at: Date.now() }));
      return isThere ? changedRule(id) : null;
    },
    deleteRule: (id) => writer.call('permissionRuleDelete', { id, at: Date.now() }),
    settings: () => reader.call('permissionSettings'),
    async setSettings(settings) {
      await writer.call('permissionSettingsPut', { settings, at: Date.now() });
      return reader.call('permissionSettings');
    },
  };

  return {
    service,
    answer(asked, whenGone) {
      if (asked.answer !== null) {
        audit.record(ruleEntry(organizationId, asked.id, asked.answer.behavior));
        return held.hold(asked, whenGone);
      }
      // The deletion of its session closes it as well. Only while it waits: the bus is not free.
      const stop = listen((event) => {
        if (event.type !== 'permission.decided' || event.data.state !== 'withdrawn') return;
        if (event.data.request_id === asked.id) held.drop(asked.id);
      });
      return held.hold(asked, whenGone).finally(stop);
    },
    ended: (ids) => ids.forEach((id) => held.drop(id)),
    release: held.release,
  };
}

/** Rules act for the hooks that brought the question. */
function ruleEntry(organizationId: string, target: string, behavior: 'allow' | 'deny') {
  const caller: Caller = {
    kind: 'hook',
    id: null,
    name: 'rule',
    organizationId,
    role: null,
    scopes: new Set(),
    requestsPerMinute: null,
    expiresAt: null,
  };
  const entry = { action: 'permissions.decide', target, outcome: 'done', code: behavior.toUpperCase() } as const;
  return { ...entry, caller, requestId: randomUUID(), address: null };
}
