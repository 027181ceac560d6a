import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryStore, type TemporaryStore } from '../testing/temporary-store.ts';
import { createProjectWriter } from './projects.ts';
import { createSpeechWriter } from './prompts.ts';
import { createSessionWriter } from './sessions.ts';

let store: TemporaryStore;
beforeEach(() => void (store = temporaryStore()));
afterEach(() => store.close());

/** The title of a session in which these prompts were given, one after the other. */
function titleAfter(prompts: readonly string[]): string | null {
  const db = store.writable;
  const projectPk = createProjectWriter(db).resolve({ aliases: ['path:/a'], name: 'a', root: '/a', remote: null }, 1);
  const sessions = createSessionWriter(db);
  const { pk } = sessions.insert({
    id: 's',
    projectPk,
    agent: 'claude-code',
    cwd: '/a',
    branch: null,
    transcriptPath: null,
    at: 1,
  });
  const speech = createSpeechWriter(db);
  const event = db.prepare<[number, number, number]>(
    `INSERT INTO events (event_key, source, source_rank, name, session_pk, occurred_at, received_at, original_bytes, payload)
     VALUES (randomblob(16), 'hook', 3, 'UserPromptSubmit', ?, ?, ?, 2, '{}')`,
  );
  for (const [index, text] of prompts.entries()) {
    const occurredAt = index + 1;
    const eventPk = Number(event.run(pk, occurredAt, occurredAt).lastInsertRowid);
    speech.putPrompt({ sessionPk: pk, eventPk, promptId: null, text, occurredAt });
  }
  sessions.refreshTitle(pk);
  return db.prepare<[], string | null>('SELECT title FROM sessions').pluck().get() ?? null;
}

// Catches: a session in the list that is called by an empty line.
test.each([
  ['the first prompt, trimmed', ['\n\n  修复登录\n', 'and then'], '修复登录'],
  ['the first that says something', [' \t\r\n', '\u3000\u00A0', 'later'], 'later'],
  ['none when all are blank', ['   ', '\n'], null],
  ['none without a prompt', [], null],
  ['300 characters at most', ['文'.repeat(500)], '文'.repeat(300)],
])('title: %s', (_, prompts, title) => {
  expect(titleAfter(prompts)).toBe(title);
});
