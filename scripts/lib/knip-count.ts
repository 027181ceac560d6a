import type { ReporterOptions } from 'knip';

/** A reporter for knip: how many files it analysed, since its own reporters are silent when there is nothing to say. */
// oxlint-disable-next-line import/no-default-export -- knip wants one
export default function reportCount({ counters, write }: ReporterOptions): void {
  write?.(`Analysed ${counters.processed} files.`);
}
