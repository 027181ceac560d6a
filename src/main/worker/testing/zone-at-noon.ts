/**
 * A time zone in which it is between noon and one o'clock: where it is `TZ` before a worker starts, its threads included, no
 * midnight comes between what a test about days and months does and what it looks at.
 */
export function zoneAtNoon(now = new Date()): string {
  const ahead = 12 - now.getUTCHours();
  // The signs of these names are the other way round: Etc/GMT-3 is three hours ahead of Greenwich.
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}
