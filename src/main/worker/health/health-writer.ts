/** What health asks of the writer thread: an answer that comes with the next commit, as that of every hook. */
export function createHealthOperations() {
  return { healthCommit: (): true => true };
}
