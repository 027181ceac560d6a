/** The texts of a list as a column holds it, in JSON. Throws when it is no JSON. */
export function stringsIn(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
