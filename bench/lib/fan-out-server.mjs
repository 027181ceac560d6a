// The least that telling many clients of each event could cost: no gate, no file, no queue.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { Worker } from 'node:worker_threads';

/** With `--thread` an event is told when a thread has worked on it for as long as a commit takes, though nothing is written. */
const thread = process.argv.includes('--thread') ? new Worker(new URL('working-thread.mjs', import.meta.url)) : null;
const waiting = [];
let asked = 0;
thread?.on('message', (count) => waiting.splice(0, count).forEach((goOn) => goOn()));

/** In the order in which they came. */
function whenWorkedOn(goOn) {
  waiting.push(goOn);
  if (asked++ > 0) return;
  setImmediate(() => {
    thread.postMessage(asked);
    asked = 0;
  });
}

const streams = new Set();
const sockets = new Set();

const server = createServer((request, response) => {
  if (request.url === '/rounds') {
    response.end(JSON.stringify(rounds));
    return;
  }
  if (request.method === 'GET') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(': connected\n\n');
    streams.add(response);
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { tool_input: input, session_id } = JSON.parse(Buffer.concat(chunks).toString());
    const told = () => {
      tell(JSON.stringify({ id: 1, type: 'observation.created', session_id, data: { title: input.command } }));
      response.writeHead(204).end();
    };
    if (thread === null) told();
    else whenWorkedOn(told);
  });
});

let events = [];
let frames = [];
/** What the writes to all clients take, together, when each gets one. */
const rounds = { count: 0, ms: 0 };

/** What comes in one turn of the loop goes out in one write each: with a write for each event it could not keep up. */
function tell(json) {
  const payload = Buffer.from(json);
  if (events.length === 0) setImmediate(send);
  events.push(Buffer.from(`id: 1\nevent: observation.created\ndata: ${json}\n\n`));
  frames.push(Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]), payload);
}

function send() {
  const [event, frame] = [Buffer.concat(events), Buffer.concat(frames)];
  events = [];
  frames = [];
  const began = performance.now();
  for (const stream of streams) stream.write(event);
  for (const socket of sockets) socket.write(frame);
  rounds.ms += performance.now() - began;
  rounds.count++;
}

server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  const text = Buffer.from('{"type":"subscribed"}');
  socket.write(Buffer.concat([Buffer.from([0x81, text.length]), text]));
  socket.on('error', () => {});
  sockets.add(socket);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ event: 'ready', url: `http://127.0.0.1:${server.address().port}` }));
});
process.once('SIGTERM', () => process.exit(0));
