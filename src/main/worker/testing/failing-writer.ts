import { parentPort } from 'node:worker_threads';
import type { FromWriter, ToWriter } from '../thread-messages.ts';

/** A writer that dies of the body "die" and stores everything else, for the test of what then happens. */
const port = parentPort;
const post = (message: FromWriter) => port?.postMessage(message);
post({
  ready: {
    paused: false,
    pausedSince: null,
    schemaVersion: 1,
    access: { organizations: [], users: [], keys: [], viewerKeys: [], endedLogins: [] },
    caughtUpTo: null,
    embedding: { settings: null, answering: null, paused: true, done: null },
    settings: [],
  },
});
port?.on('message', (message: ToWriter) => {
  if ('close' in message) return post({ closed: true });
  for (const task of message.tasks) {
    if (task.kind === 'hook' && task.body === 'die') throw new Error('It was told to.');
    post({ done: [task.ticket], answers: [], results: [], failures: [], entries: '', faults: [] });
  }
});
