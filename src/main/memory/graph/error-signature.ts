import { shorten } from '../excerpts.ts';

const longestLooked = 4_000;
const longestSignature = 160;

/** Lines that say what went wrong, the clearest first. */
const telling = [
  /\b[A-Z]\w*(?:Error|Exception|Fault|Panic)\b|\b(?:E[A-Z]{4,}|SQLITE_[A-Z]+|TS\d{4}|E\d{4})\b/,
  /\b(?:fatal|panic|error|exception|assertion|failed|failure)\b|错误|异常|失败/i,
  /\b(?:cannot|can't|could not|unable|denied|refused|invalid|unknown|missing|unexpected|not found|no such|timed? ?out)\b|无法|不能|拒绝|超时|找不到/i,
];
/** Lines that are the same for all errors, or differ for the same one. */
const empty =
  /^(?:exit code \d+|at .+[:)]\d*|\^+|~+|[-=_*#\s]+|node\.js v[\d.]+|npm (?:err!|error)? ?(?:a complete log.*|.*_logs.*)?)$/i;

/** Without a folder only what has the ending of a file: `foo.bar` may be a module. */
const namedFile =
  /(?<![\w<])(?:(?:[\w@.-]+[\\/])+[\w@.-]+|[\w@.-]+\.(?:[cm]?[jt]sx?|json5?|ya?ml|toml|md|txt|csv|log|lock|html?|s?css|vue|svelte|py|ipynb|rb|rs|go|java|kt|swift|cs|c|cc|cpp|h|hpp|php|sh|ps1|sql|db|sqlite3?|env|cfg|ini|conf|xml|proto))(?::\d+){0,2}(?![\w/\\])/g;

/**
 * What an error is, without where and when it happened: paths, addresses, numbers, hashes and times are out, so that the same
 * error tomorrow is the same. Null when nothing is left that tells it from others.
 */
export function errorSignature(error: string): string | null {
  const lines = error
    .slice(0, longestLooked)
    .split('\n')
    .map((line) => line.replace(/^\s*(?:npm err!|npm error)\s+/i, '').trim())
    .filter((line) => line !== '' && !empty.test(line));
  const line = telling.map((pattern) => lines.find((said) => pattern.test(said))).find(Boolean) ?? lines[0];
  if (line === undefined) return null;
  const signature = withoutPlace(line);
  // Chinese says in two characters what takes English a word.
  return (signature.replaceAll(/<\w+>/g, '').match(/\p{L}/gu)?.length ?? 0) < 2
    ? null
    : shorten(signature, longestSignature);
}

function withoutPlace(line: string): string {
  return (
    line
      .replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/[^\s'"`<>)\]]+/gi, '<url>')
      .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>')
      .replaceAll(/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?\b/g, '<time>')
      .replaceAll(/\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b/g, '<time>')
      // A drive, a root, a dot or a home begins a path; so does a name with an ending and a place in the file.
      .replaceAll(
        /(?:\b[A-Za-z]:[\\/]|(?<![\w<])(?:~|\.{1,2})?[\\/])(?:[^\s:'"`<>()[\],;]+[\\/])*[^\s:'"`<>()[\],;]+(?::\d+){0,2}/g,
        '<path>',
      )
      .replaceAll(namedFile, '<path>')
      .replaceAll(/\b0x[0-9a-f]+\b/gi, '<n>')
      .replaceAll(/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,}\b/gi, '<hash>')
      .replaceAll(/(?<![\p{L}\p{N}_])[-+]?\d+(?:[.,]\d+)*(?:(?:ms|s|kb|mb|gb|%)\b)?(?![\p{L}\p{N}_])/giu, '<n>')
      .replaceAll(/\s+/g, ' ')
      .trim()
  );
}
