/** Settings by name, each with its type, default and bounds. */

export type SettingValue = string | number | boolean | string[] | null;

export interface SettingView {
  key: string;
  value: SettingValue;
  default_value: SettingValue;
  type: 'string' | 'number' | 'boolean' | 'list';
  /** A sentence that says what it does. */
  description: string;
  minimum: number | null;
  maximum: number | null;
  /** Set for strings that are one of these. */
  choices: string[] | null;
  updated_at: string | null;
}
