import type { Access } from '../../access/access.ts';
import type { AccessServices } from '../../api/access-services.ts';
import { absent } from '../absent.ts';
import type { Memory } from '../open-memory.ts';

/** People, keys and organisations, over the owner's file. */
export function createAccessServices(_memory: Pick<Memory, 'reader' | 'writer'>, _access: Access): AccessServices {
  return {
    auth: absent('auth'),
    users: absent('users'),
    organizations: absent('organizations'),
    keys: absent('keys'),
    audit: { list: () => Promise.reject(new Error('absent')), record: () => {} },
  };
}
