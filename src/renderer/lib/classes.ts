/** Joins class names and drops what is false; the caller avoids conflicting utilities. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
