import { z } from 'zod';
import type { ToolSettings } from '../../../shared/tool-views.ts';

/** Where they are kept. They are not among the settings that an administrator may change: what runs here is the owner's to say. */
export const toolSettingsKey = 'tools.settings';

const defaults: ToolSettings = { scripts_enabled: false, timeout_seconds: 30, memory_mb: 128 };
const settings = z.object({
  scripts_enabled: z.boolean(),
  timeout_seconds: z.number().int().min(1).max(300),
  memory_mb: z.number().int().min(16).max(1_024),
});

/** What was stored, or what it ships with: scripts are off until somebody says otherwise. */
export function readToolSettings(stored: unknown): ToolSettings {
  const parsed = settings.safeParse(stored);
  return parsed.success ? parsed.data : defaults;
}
