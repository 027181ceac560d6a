import { likeness, likenessKeys } from '../../src/main/memory/aging/name-likeness.ts';

export interface LikenessResult {
  threshold: number;
  /** Of the pairs that are tied, those that are the same error in other words. */
  precision: number;
  /** Of those that are, the ones that are tied. */
  recall: number;
}

/** Signatures as `errorSignature` makes them: the same error about another name, place or amount. */
const same: [string, string][] = [
  [
    "TypeError: Cannot read properties of undefined (reading 'id')",
    "TypeError: Cannot read properties of undefined (reading 'name')",
  ],
  [
    "TypeError: Cannot read properties of null (reading 'length')",
    "TypeError: Cannot read properties of undefined (reading 'length')",
  ],
  ['fatal: bad object <hash>', 'fatal: bad object <hash> in tree'],
  [
    "error TS2339: Property 'foo' does not exist on type 'Bar'.",
    "error TS2339: Property 'size' does not exist on type 'Page'.",
  ],
  ["error TS2304: Cannot find name 'expect'.", "error TS2304: Cannot find name 'describe'."],
  ["ModuleNotFoundError: No module named 'requests'", "ModuleNotFoundError: No module named 'numpy.linalg'"],
  ["Error: Cannot find module '<path>'", "Error: Cannot find module '<path>' imported from <path>"],
  [
    'Error: listen EADDRINUSE: address already in use <n>:<n>',
    'Error: listen EADDRINUSE: address already in use <path>',
  ],
  ['AssertionError: expected <n> to be <n>', 'AssertionError: expected <n> to be <n> at <time>'],
  ["AssertionError: expected 'a' to equal 'b'", "AssertionError: expected 'left' to equal 'right'"],
  ['ENOENT: no such file or directory, open <path>', 'ENOENT: no such file or directory, scandir <path>'],
  ['panic: runtime error: index out of range [<n>] with length <n>', 'panic: runtime error: index out of range [<n>]'],
  ['error[E0308]: mismatched types', 'error[E0308]: mismatched types: expected'],
  ['npm error 404 Not Found - GET <url>', 'npm error 404 Not Found - PUT <url>'],
  ['Connection refused: connect to <n>:<n> failed', 'Connection refused: connect to localhost failed'],
  ['fatal: not a git repository (or any of the parent directories): .git', 'fatal: not a git repository: .git'],
  ['Permission denied (publickey).', 'git@host: Permission denied (publickey).'],
  ['错误：连接 <n>:<n> 超时 <n>', '错误：连接 <n> 超时'],
  ['错误：找不到模块 lodash', '错误：找不到模块 express'],
];
/** Two that share words and are not the same. */
const different: [string, string][] = [
  ['error TS2345: Argument of type is not assignable', 'error TS2322: Type is not assignable'],
  ['ENOENT: no such file or directory, open <path>', 'EACCES: permission denied, open <path>'],
  ['SQLITE_BUSY: database is locked', 'SQLITE_CORRUPT: database disk image is malformed'],
  ['TypeError: x is not a function', 'TypeError: x is not iterable'],
  ['TypeError: Cannot read properties of undefined', 'TypeError: Cannot set properties of undefined'],
  ['ReferenceError: x is not defined', 'TypeError: x is not a function'],
  ['cat: <path>: No such file or directory', 'cat: <path>: Is a directory'],
  ['fatal: bad object <hash>', 'fatal: bad revision <hash>'],
  ['fatal: not a git repository', 'fatal: not a valid object name'],
  ['npm error 404 Not Found - GET <url>', 'npm error 403 Forbidden - GET <url>'],
  ['Error: connect ECONNREFUSED <n>:<n>', 'Error: connect ETIMEDOUT <n>:<n>'],
  ['AssertionError: expected <n> to be <n>', 'AssertionError: expected promise to reject'],
  ['String to replace not found in file.', 'File has not been read yet.'],
  ['error: failed to push some refs to <url>', 'error: failed to fetch some refs from <url>'],
  [
    'panic: runtime error: index out of range',
    'panic: runtime error: invalid memory address or nil pointer dereference',
  ],
  ["error TS2304: Cannot find name 'x'.", "error TS2307: Cannot find module 'x'."],
  ['Timeout of <n> exceeded waiting for the selector', 'Timeout of <n> exceeded while loading the page'],
  ['错误：连接超时', '错误：连接被拒绝'],
  ['错误：找不到文件', '错误：无法写入文件'],
];

/** How well the overlap of words tells the same error from another one, at several thresholds. */
export function measureLikeness(): LikenessResult[] {
  const values = (pairs: readonly [string, string][]) => pairs.map(([one, other]) => valueOf(one, other));
  const [mine, others] = [values(same), values(different)];
  return [0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9].map((threshold) => {
    const right = mine.filter((value) => value >= threshold).length;
    const wrong = others.filter((value) => value >= threshold).length;
    return { threshold, precision: right + wrong === 0 ? 1 : right / (right + wrong), recall: right / mine.length };
  });
}

function valueOf(one: string, other: string): number {
  const keys = new Set(likenessKeys('error', one));
  return likenessKeys('error', other).some((key) => keys.has(key)) ? likeness('error', one, other) : 0;
}
