import { expect, test } from 'vitest';
import { desktopMessages } from '../../shared/messages/desktop.ts';
import { PortError } from '../http/listen.ts';
import { StoreError } from '../store/store-error.ts';
import { describeStartupFailure } from './startup-failure.ts';

const place = { folder: '/home/dev/memory', port: 37_700 };
const held = new StoreError('DATA_FOLDER_IN_USE', 'in use', { holder: { pid: 4711, url: 'http://127.0.0.1:37700' } });
const taken = Object.assign(new Error('listen EADDRINUSE'), { code: 'PORT_IN_USE' });

// Catches: a dialog that leaves the person with a code, or with a gap where a value belongs.
test.each([
  ['a folder that is in use', held, ['4711', 'http://127.0.0.1:37700', '/home/dev/memory']],
  [
    'a holder on the error itself',
    Object.assign(new Error('x'), { code: 'DATA_FOLDER_IN_USE', pid: 7, url: 'u:1' }),
    ['7', 'u:1'],
  ],
  ['a newer file', new StoreError('NEWER_DATABASE', 'newer'), ['/home/dev/memory']],
  ['a foreign file', new StoreError('NOT_A_DATABASE', 'no'), ['/home/dev/memory']],
  ['a folder without rights', new StoreError('DATA_FOLDER_UNUSABLE', 'EACCES: no'), ['/home/dev/memory', 'EACCES: no']],
  ['a port that is taken', taken, ['37700']],
  ['a port of another memory', new PortError('PORT_IN_USE', 'in use', taken, 4711), ['37700', '4711']],
  ['anything else', new Error('the moon'), ['the moon']],
  ['what is no error', 'the sun', ['the sun']],
])('%s is described in both languages', (_name, thrown, parts) => {
  for (const messages of Object.values(desktopMessages)) {
    const text = describeStartupFailure(thrown, place, messages);
    for (const part of parts) expect(text).toContain(part);
    expect(text).not.toContain('{{');
    expect(text).not.toContain('?');
  }
});
