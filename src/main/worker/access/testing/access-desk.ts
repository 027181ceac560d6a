import { randomUUID } from 'node:crypto';
import { type Access, createAccess, ownerCaller } from '../../../access/access.ts';
import type { Caller } from '../../../access/caller.ts';
import { hashPassword } from '../../../access/passwords.ts';
import type { AccessServices } from '../../../api/access-services.ts';
import type { Role, Scope } from '../../../../shared/access-views.ts';
import { readAccessStart } from '../../../store/tables/access-start.ts';
import { type TemporaryStore, temporaryStore } from '../../../store/testing/temporary-store.ts';
import { operatingReader } from '../../testing/operating-reader.ts';
import { operatingWriter } from '../../testing/operating-writer.ts';
import type { AccessEvent } from '../access-log.ts';
import { committed } from '../access-parts.ts';
import { createAccessServices } from '../access-services.ts';

export const goodPassword = 'correct horse battery';

export interface AccessDesk {
  store: TemporaryStore;
  access: Access;
  services: AccessServices & { close(): Promise<void> };
  /** Organisations whose memory was asked to go. */
  dropped: string[];
  /** What other organisations than the owner's were told. */
  told: { organizationId: string; event: AccessEvent }[];
  owner: Caller;
  organization(name: string): Promise<string>;
  /** A user with one membership and the good password. */
  person(organizationId: string, role: Role, name?: string): Promise<{ id: string; email: string; caller: Caller }>;
  /** A key of the maker; as whoever sends it. */
  key(maker: Caller, scopes: Scope[]): Promise<{ id: string; key: string; caller: () => Caller | null }>;
  login(email: string, password?: string, address?: string): ReturnType<AccessServices['auth']['login']>;
  /** The doors as they are after a start of the same file. */
  restarted(): Access;
  close(): Promise<void>;
}

/** The services of access over a real file, without threads but the one that hashes. */
export function accessDesk(): AccessDesk {
  const store = temporaryStore();
  const open = () => createAccess(store.dir, readAccessStart(store.writable, Date.now(), 0));
  const access = open();
  const dropped: string[] = [];
  const told: AccessDesk['told'] = [];
  const writer = operatingWriter(store.writable);
  let passwordHash: Promise<string> | null = null;
  const services = createAccessServices({
    memory: { reader: operatingReader(store.readable), writer },
    access,
    async removeOrganization(organizationId, leave) {
      const hasLeft = await leave();
      if (hasLeft) dropped.push(organizationId);
      return hasLeft;
    },
    tell: (organizationId, event) => void told.push({ organizationId, event }),
    onFault(fault) {
      throw fault;
    },
  });
  const login: AccessDesk['login'] = (email, password = goodPassword, address = '127.0.0.1') =>
    services.auth.login({ email, password }, { address, requestId: randomUUID() });

  return {
    store,
    access,
    services,
    dropped,
    told,
    owner: ownerCaller,
    login,
    organization: async (name) => (await services.organizations.create(ownerCaller, { name })).id,
    async person(organizationId, role, name = `${role} of ${organizationId}`) {
      const id = randomUUID();
      const email = `${id}@example.com`;
      // Hashed once for all: each costs a processor some 70 ms.
      passwordHash ??= hashPassword(goodPassword);
      const user = { id, email, name, passwordHash: await passwordHash, organizationId, role, at: Date.now() };
      await committed({ access, tell: () => {} }, writer.call('accessCreateUser', user));
      const caller = await access.authenticate(await access.tokens.issue({ userId: id, organizationId, login: id }));
      if (caller === null) throw new Error('The new user is not let in.');
      return { id, email, caller };
    },
    async key(maker, scopes) {
      const { key, api_key } = await services.keys.create(maker, { name: 'a key', scopes });
      return { id: api_key.id, key, caller: () => access.callerOf(key) };
    },
    restarted: open,
    async close() {
      await services.close();
      store.close();
    },
  };
}
