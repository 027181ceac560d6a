import type { Ledger } from '../../capture/ledger.ts';
import type { WritableDb } from '../../store/database.ts';
import { createPermissionRequestWriter } from '../../store/tables/permission-requests.ts';
import { createPermissionLog } from './permission-log.ts';

/** Closes what a session waits for, before it is deleted: nobody could answer it any more, and it would come back as waiting. */
export function createWithdrawalOfSession(db: WritableDb, ledger: Pick<Ledger, 'log'>) {
  const requests = createPermissionRequestWriter(db);
  const log = createPermissionLog(ledger);
  return (sessionPk: number, at: number): void => {
    for (const request of requests.open(sessionPk)) {
      requests.decide(request.pk, { state: 'withdrawn', decidedBy: null, ruleId: null, message: null, at });
      log.decided(request, 'withdrawn', null, at);
    }
  };
}
