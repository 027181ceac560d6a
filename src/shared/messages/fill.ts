export type MessageValues = Record<string, string | number>;

/** Fills `{{name}}` in a message; a name without a value stays visible. */
export function fill(message: string, values: MessageValues): string {
  return message.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}

/** The languages that every text for people exists in. */
export type Locale = 'en' | 'zh-CN';
