import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createPresence } from './presence.ts';

// Catches: a connection that is not counted, counted for ever, or forgotten because another one ended.
test('somebody is there until the last connection is closed', async () => {
  const presence = createPresence();
  expect(presence.quietSince()).toBeLessThanOrEqual(Date.now());
  const server = createServer((socket) => socket.resume()).on('connection', presence.came);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const ends = [];
  for (let count = 0; count < 2; count++) {
    const arrived = new Promise<Socket>((resolve) => server.once('connection', resolve));
    const client = connect(port, '127.0.0.1');
    const accepted = await arrived;
    ends.push(async () => {
      client.destroy();
      await once(accepted, 'close');
    });
  }
  expect(presence.quietSince()).toBeNull();
  await ends[0]?.();
  expect(presence.quietSince()).toBeNull();
  const before = Date.now();
  await ends[1]?.();
  expect(presence.quietSince()).toBeGreaterThanOrEqual(before);
  server.close();
});
