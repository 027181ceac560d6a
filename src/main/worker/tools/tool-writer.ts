import type { NewTool, ToolService } from '../../api/record-services.ts';
import { createConfigurationWriter } from '../../store/tables/configurations.ts';
import { createToolWriter } from '../../store/tables/tools.ts';
import type { ToolSettings } from '../../../shared/tool-views.ts';
import { Refusal } from '../refusal.ts';
import type { WriterOperationParts } from '../writer-operations.ts';
import { readToolSettings, toolSettingsKey } from './tool-settings.ts';

export interface ToolUse {
  name: string;
  count: number;
  failures: number;
  totalMs: number;
  at: number;
}

type ToolChange = Parameters<ToolService['update']>[1];

/** What the writer does about tools; whoever calls it has looked at source and schema. */
export function createToolOperations({ db, ledger }: WriterOperationParts) {
  const tools = createToolWriter(db);
  const configurations = createConfigurationWriter(db);

  function tell(name: string, change: string, at: number): void {
    ledger.log({ type: 'tool.changed', at, projectPk: null, sessionPk: null, data: { name, change } });
  }

  return {
    /** Refuses with CONFLICT when there is one of that name. */
    toolCreate({ tool, at }: { tool: NewTool; at: number }): void {
      if (tools.find(tool.name) !== null) {
        throw new Refusal('CONFLICT', `There is a tool named ${tool.name} already.`);
      }
      const input_schema = JSON.stringify(tool.input_schema);
      tools.put({ ...tool, input_schema, enabled: 1, created_at: at, updated_at: at });
      tell(tool.name, 'created', at);
    },
    toolUpdate({ name, change, at }: { name: string; change: ToolChange; at: number }): boolean {
      const row = tools.find(name);
      if (row === null) return false;
      tools.put({
        ...row,
        title: change.title ?? row.title,
        description: change.description ?? row.description,
        input_schema: change.input_schema === undefined ? row.input_schema : JSON.stringify(change.input_schema),
        source: change.source ?? row.source,
        enabled: change.enabled === undefined ? row.enabled : Number(change.enabled),
        updated_at: at,
      });
      tell(name, 'updated', at);
      return true;
    },
    toolDelete({ name, at }: { name: string; at: number }): boolean {
      if (!tools.remove(name)) return false;
      tell(name, 'deleted', at);
      return true;
    },
    /** Of a built-in tool. */
    toolEnable({ name, isEnabled, at }: { name: string; isEnabled: boolean; at: number }): void {
      tools.setEnabled(name, isEnabled, at);
      tell(name, isEnabled ? 'enabled' : 'disabled', at);
    },
    toolSetSettings({ settings, at }: { settings: ToolSettings; at: number }): ToolSettings {
      configurations.put(toolSettingsKey, JSON.stringify(settings), at);
      ledger.log({ type: 'setting.changed', at, projectPk: null, sessionPk: null, data: { key: toolSettingsKey } });
      return readToolSettings(settings);
    },
    toolUsed(uses: readonly ToolUse[]): void {
      for (const use of uses) tools.count(use);
    },
  };
}
