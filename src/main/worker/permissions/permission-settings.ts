import { z } from 'zod';
import type { PermissionSettings } from '../../../shared/permission-views.ts';

/** Under this name they are kept. */
export const permissionSettingsKey = 'permissions.settings';

/** On by default: the terminal shows its question at the same time, so that holding it here delays nobody. */
const stored = z.object({
  enabled: z.boolean().catch(true),
  wait_seconds: z.number().int().min(1).max(600).catch(60),
  notify: z.boolean().catch(true),
});

/** Takes what holds of what was stored; the rest is as it ships. */
export function readPermissionSettings(value: unknown): PermissionSettings {
  return stored.parse(typeof value === 'object' && value !== null ? value : {});
}
