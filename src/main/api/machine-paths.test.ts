import { expect, test } from 'vitest';
import { withoutFolders } from './machine-paths.ts';

// Catches: a message of the system that tells a guest where the memory lies and who its owner is, and one that loses its address.
test.each([
  [
    "ENOENT: no such file or directory, open '/home/ada/data/memory.db'",
    "ENOENT: no such file or directory, open 'memory.db'",
  ],
  ["EACCES: permission denied, open '/Users/Ada Lovelace/a b/c.db'", "EACCES: permission denied, open 'c.db'"],
  [String.raw`cannot read C:\Users\ada\claude-mem\memory.db now`, 'cannot read memory.db now'],
  ['Error: no\n    at run (file:///srv/app/out/main/worker.js:12:3)', 'Error: no\n    at run (worker.js:12:3)'],
  ['There is too little room in /srv/memory: 5 MB more', 'There is too little room in memory: 5 MB more'],
  ['http://127.0.0.1:11434/api/embed answers 404', 'http://127.0.0.1:11434/api/embed answers 404'],
  ['https://models.example/v1/chat is not there', 'https://models.example/v1/chat is not there'],
  ['3 of 4 and/or 1/2', '3 of 4 and/or 1/2'],
  ['a / b', 'a / b'],
])('%j', (message, told) => {
  expect(withoutFolders(message)).toBe(told);
});
