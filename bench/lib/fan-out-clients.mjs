// Plain JavaScript: the clients of a bench are to cost next to nothing beside what they measure.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * Opens streams and sockets on a port and, for one in ten of each, times every event by the stamp in its text (`t=` and
 * nanoseconds of the monotonic clock, which all processes of a machine share). Commands on stdin: `take`, `quiet`.
 */
const [port, token, streams, sockets, mode] = process.argv.slice(2);
const stamp = Buffer.from('t=');
const stampLength = 16;
/** For all of them: what a read brings is looked at before the next one. */
const received = Buffer.alloc(256 * 1024);
const samples = { sse: [], websocket: [] };
let isTaking = false;
let frames = 0;

const head = (path, more) =>
  [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, `Authorization: Bearer ${token}`, ...more, '', ''].join('\r\n');
const upgrade = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
];

function masked(text) {
  const payload = Buffer.from(text);
  const mask = randomBytes(4);
  const body = Buffer.from(payload.map((byte, index) => byte ^ mask[index % 4]));
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length]), mask, body]);
}

function open(kind, isTimed) {
  return new Promise((resolve, reject) => {
    let isOpen = false;
    const take = (length) => {
      const chunk = received.subarray(0, length);
      if (isOpen) {
        if (isTimed && isTaking) time(kind, chunk);
        return;
      }
      const text = chunk.toString('latin1');
      if (kind === 'sse' ? text.includes(': connected') : text.includes('"subscribed"')) {
        isOpen = true;
        if (mode === 'deaf') socket.pause();
        resolve(socket);
      } else if (text.startsWith('HTTP/1.1 101')) socket.write(masked('{"type":"subscribe"}'));
      else if (!text.startsWith('HTTP/1.1 200')) reject(new Error(text.slice(0, 200)));
    };
    const socket = connect({
      port: Number(port),
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: received, callback: take },
    });
    socket.on('error', reject);
    socket.write(kind === 'sse' ? head('/api/v1/stream/events', []) : head('/api/v1/ws', upgrade));
  });
}

function time(kind, chunk) {
  const now = Number(process.hrtime.bigint());
  for (let at = chunk.indexOf(stamp); at >= 0; at = chunk.indexOf(stamp, at + 1)) {
    // One that the end of the chunk cuts is left out: its number would be another.
    if (at + 2 + stampLength > chunk.length) break;
    const sent = Number(chunk.toString('latin1', at + 2, at + 2 + stampLength));
    if (sent > 0) samples[kind].push((now - sent) / 1e6);
    frames++;
  }
}

for (let n = 0; n < Number(streams); n++) await open('sse', n % 10 === 9);
for (let n = 0; n < Number(sockets); n++) await open('websocket', n % 10 === 9);
console.log(JSON.stringify({ event: 'ready', url: `http://127.0.0.1:${port}` }));
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'take') {
    isTaking = true;
    return;
  }
  isTaking = false;
  process.stdout.write(`${JSON.stringify({ event: 'samples', frames, ...samples })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
