/** Milliseconds since 1970 as ISO 8601 in UTC: the file keeps the one, the wire the other. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/** The same for a time that may not have come yet. */
export function isoTimeOrNull(at: number | null): string | null {
  return at === null ? null : isoTime(at);
}
