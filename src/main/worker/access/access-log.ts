import { defaultOrganizationId } from '../../access/caller.ts';
import type { Ledger } from '../../capture/ledger.ts';

export interface AccessEvent {
  what: 'user' | 'key' | 'organization';
  /** Null in the owner's log for what is in other organisations only: whoever hears that log does not learn of it. */
  id: string | null;
  at: number;
}

/** A change that was said in the owner's log, and is the business of these organisations. */
export interface AccessTold extends AccessEvent {
  id: string;
  organizationIds: readonly string[];
}

/** Says in a memory's log that people, keys or organisations have changed. */
export function createAccessLog(ledger: Pick<Ledger, 'log'>) {
  function tell({ what, id, at }: AccessEvent): void {
    ledger.log({ type: 'access.changed', at, projectPk: null, sessionPk: null, data: { what, id } });
  }
  return {
    tell,
    /** In the owner's log, from which the owner's window learns of all organisations. */
    tellOwner(told: AccessTold): AccessTold {
      tell({ ...told, id: told.organizationIds.includes(defaultOrganizationId) ? told.id : null });
      return told;
    },
  };
}
