import { parentPort } from 'node:worker_threads';

/** Of the writer's thread for a hook of the load, the commit included (`perf record`, 1,000 a second). */
const workMs = 0.3;
let events = 0;

parentPort.on('message', (count) => {
  if (events === 0) setImmediate(work);
  events += count;
});

/** What came meanwhile is worked on together, as it is committed together. */
function work() {
  const count = events;
  events = 0;
  const until = performance.now() + count * workMs;
  while (performance.now() < until);
  parentPort.postMessage(count);
}
