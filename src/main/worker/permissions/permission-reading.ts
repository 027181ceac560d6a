import type { PermissionRuleView, PermissionSettings } from '../../../shared/permission-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createConfigurationReader } from '../../store/tables/configurations.ts';
import {
  createPermissionRequestReader,
  type PermissionRequestQuery,
} from '../../store/tables/permission-request-reader.ts';
import { createPermissionRuleReader } from '../../store/tables/permission-rules.ts';
import { permissionSettingsKey, readPermissionSettings } from './permission-settings.ts';
import { inOrder } from './rules/judge.ts';

/** What the reader threads know of permission requests and rules. */
export function createPermissionReading(db: ReadableDb) {
  const requests = createPermissionRequestReader(db);
  const rules = createPermissionRuleReader(db);
  const configurations = createConfigurationReader(db);
  return {
    permissionList: (query: PermissionRequestQuery) => requests.list(query),
    permissionGet: (id: string) => requests.get(id),
    /** In the order in which they are asked. */
    permissionRules(query: { project_id?: string | undefined }): PermissionRuleView[] {
      const views = rules.list(query.project_id);
      return inOrder(views.map((view) => ({ ...view, isOfProject: view.project !== null, view }))).map(
        ({ view }) => view,
      );
    },
    permissionRule: (id: string) => rules.get(id),
    permissionSettings: (): PermissionSettings => readPermissionSettings(configurations.get(permissionSettingsKey)),
  };
}
