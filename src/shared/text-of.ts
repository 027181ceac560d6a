/** The value when it is a text, else the empty one: for fields of payloads that are not ours. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
