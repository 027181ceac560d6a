import { z } from 'zod';
import type { SettingView } from '../../../shared/configuration-views.ts';
import { isoTime, shapeOf } from './shape.ts';

const settingValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

export const settingOutput = shapeOf<SettingView>()(
  'Setting',
  z.object({
    key: z.string(),
    value: settingValue,
    default_value: settingValue,
    type: z.enum(['string', 'number', 'boolean', 'list']),
    description: z.string(),
    minimum: z.number().nullable(),
    maximum: z.number().nullable(),
    choices: z.array(z.string()).nullable(),
    updated_at: isoTime.nullable(),
  }),
);

export const settingsOutput = z.array(settingOutput);
