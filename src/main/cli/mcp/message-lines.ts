/** Longer than any message of an agent; what is longer is no JSON-RPC, and must not fill the memory. */
const longestLine = 10 * 1024 * 1024;

/** Puts chunks of a stream together to lines. `onTooLong` hears of a line that is too long, which is passed over. */
export function messageLines(onLine: (line: string) => void, onTooLong: () => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let size = 0;
  let isTooLong = false;

  function end(rest: Buffer): void {
    const line = isTooLong
      ? ''
      : Buffer.concat([...parts, rest])
          .toString('utf8')
          .trim();
    parts = [];
    size = 0;
    isTooLong = false;
    if (line !== '') onLine(line);
  }

  return (chunk) => {
    let from = 0;
    for (let at = chunk.indexOf(10, from); at >= 0; at = chunk.indexOf(10, from)) {
      end(chunk.subarray(from, at));
      from = at + 1;
    }
    const rest = chunk.subarray(from);
    size += rest.length;
    if (size > longestLine) {
      if (!isTooLong) onTooLong();
      isTooLong = true;
      parts = [];
    } else if (rest.length > 0) {
      parts.push(rest);
    }
  };
}
