import type { EventFeed, EventFrame, FeedCounters, FeedHandle } from '../api/event-feed.ts';
import type { MemoryEvent } from '../../shared/views.ts';
import type { LogPage } from '../store/tables/event-log.ts';
import { createLanes, type EventPage, matches, type Member } from './event-lanes.ts';
import { createEventRing } from './event-ring.ts';
import { createEventRounds } from './event-rounds.ts';

/** Looked through at once for a client that catches up. */
const pageSize = 256;
/** Handed at once to such a client: about what its socket holds. */
const pieceBytes = 64 * 1024;
/** What may wait for the next round before it is begun at once. */
const mostPending = 2_000;

export interface FeedSource {
  /** Resolves when entries are passed on, until `leave`. */
  listen(): Promise<void>;
  leave(): void;
  eventPage(place: { after: number; limit: number }): Promise<LogPage>;
}

export interface RunningFeed extends EventFeed {
  publish(events: readonly MemoryEvent[]): void;
  counters(): FeedCounters;
  close(): void;
}

const deletions: ReadonlySet<MemoryEvent['type']> = new Set(['session.deleted', 'observation.deleted']);

const fresh = { isClosed: false, isPumped: false, hasCaughtUp: false, rest: null };

/**
 * Sends the log to many clients. One that reads as fast as things happen shares its bytes with all others like it; one that
 * does not is left behind and costs a number: when it takes bytes again it is led through the log until it has caught up.
 */
export function createEventFeed(source: FeedSource): RunningFeed {
  const lanes = createLanes();
  const members = new Set<Member>();
  const ring = createEventRing();
  const pages = new Map<number, Promise<SharedPage>>();
  let pending: EventFrame[] = [];
  /** What all clients that keep up have been sent; -1 while nobody listens. */
  let head = -1;
  let tail = -1;
  let listening: Promise<void> | null = null;
  const rounds = createEventRounds(round);
  const totals = { sent: 0, gaps: 0, slow: 0 };

  function listen(): Promise<void> {
    listening ??= source.listen().then(async () => {
      const { last } = await logPage(Number.MAX_SAFE_INTEGER);
      if (tail < 0) begin(last ?? 0);
    });
    return listening;
  }

  function begin(id: number): void {
    head = id;
    tail = id;
    ring.reset(id);
  }

  function stopListening(): void {
    if (listening === null) return;
    listening = null;
    rounds.stop();
    pending = [];
    begin(-1);
    source.leave();
  }

  /** Clients that come back together ask for the same. */
  function logPage(after: number): Promise<SharedPage> {
    const asked = pages.get(after) ?? source.eventPage({ after, limit: pageSize }).then(toShared);
    if (!pages.has(after)) {
      pages.set(after, asked);
      const forget = () => void pages.delete(after);
      asked.then(forget, forget);
    }
    return asked;
  }

  function publish(events: readonly MemoryEvent[]): void {
    if (listening === null) return;
    for (const event of events) {
      if (tail < 0) begin(event.id - 1);
      if (event.id <= tail) continue;
      if (event.id > tail + 1) skipTo(event.id - 1);
      const frame = toFrame(event);
      tail = event.id;
      ring.push(frame);
      pending.push(frame);
      // What tells of it left the log: whoever is behind reads there what is left.
      if (deletions.has(event.type)) skipTo(event.id);
    }
    if (pending.length >= mostPending) rounds.finish();
    else if (pending.length > 0) rounds.ask();
  }

  /** What was committed up to here is not in memory, or not to be told from there: whoever has not heard of it reads it from the log. */
  function skipTo(id: number): void {
    rounds.finish();
    begin(id);
  }

  /** All clients that keep up are sent what has gathered; a step for each of them. */
  function* round(): Generator<void> {
    const frames = pending;
    const from = head;
    pending = [];
    head = tail;
    const apart: Member[] = [];
    for (const lane of lanes.all()) {
      const members = [...lane.live];
      const wanted = frames.filter(({ event }) => matches(event, lane.filter));
      const bytes = wanted.length === 0 || members.length === 0 ? null : lane.encoder.events(wanted);
      for (const member of members) {
        // It may have gone, or have caught up by itself, since the round began.
        if (!lane.live.has(member) || member.position === head) continue;
        if (member.position !== from) {
          lane.live.delete(member);
          apart.push(member);
          continue;
        }
        member.position = head;
        if (bytes === null) continue;
        write(member, bytes, wanted.length);
        yield;
      }
    }
    for (const member of apart) pump(member);
  }

  /** False when the client takes no more for now. */
  function write(member: Member, bytes: Uint8Array, count: number): boolean {
    totals.sent += count;
    if (member.client.write(bytes)) return true;
    totals.slow++;
    member.lane.live.delete(member);
    return false;
  }

  /** Leads a client to where all others are, as fast as it takes bytes. */
  function pump(member: Member): void {
    if (member.isPumped) return;
    member.isPumped = true;
    void follow(member).catch(() => end(member));
  }

  async function follow(member: Member): Promise<void> {
    try {
      while (!member.isClosed) {
        if (member.position >= head) {
          member.lane.live.add(member);
          member.hasCaughtUp = true;
          return;
        }
        const page = member.rest ?? (member.position < ring.after ? await fromLog(member) : fromRing(member));
        if (page === null || !hand(member, page)) return;
      }
    } finally {
      // In the same turn as the last write: `drained` may come in the next one.
      member.isPumped = false;
    }
  }

  /** False when the client takes no more for now; what is left of the page waits with it. */
  function hand(member: Member, { frames, through }: EventPage): boolean {
    let left = frames.filter(({ event }) => matches(event, member.lane.filter));
    member.rest = null;
    while (left.length > 0) {
      const piece = left.slice(0, pieceLength(left));
      left = left.slice(piece.length);
      member.position = piece.at(-1)?.event.id ?? member.position;
      if (write(member, member.lane.encoder.events(piece), piece.length)) continue;
      if (left.length > 0) member.rest = { frames: left, through };
      return false;
    }
    member.position = Math.max(through, member.position);
    return true;
  }

  function fromRing(member: Member): EventPage {
    const frames = ring.between(member.position, head, pageSize);
    return { frames, through: frames.at(-1)?.event.id ?? head };
  }

  /** The next page of the log for one client, told of a gap before it; null when it takes no more after that. */
  async function fromLog(member: Member): Promise<EventPage | null> {
    const from = member.position;
    const { first, frames, through } = await logPage(from);
    if (member.isClosed) return null;
    if (first !== null && first > from + 1) {
      member.position = first - 1;
      if (!sendGap(member, from, first)) return null;
    }
    return { frames, through };
  }

  function sendGap(member: Member, after: number, next: number): boolean {
    totals.gaps++;
    return write(member, member.lane.encoder.gap({ type: 'gap', after, next }), 0);
  }

  function end(member: Member): void {
    close(member);
    member.client.ended();
  }

  function close(member: Member): void {
    if (member.isClosed) return;
    member.isClosed = true;
    members.delete(member);
    lanes.leave(member);
    if (members.size === 0) stopListening();
  }

  /** Where a client begins. Ids from another data folder lie ahead of ours: what follows is everything. */
  async function begins(after: number | undefined): Promise<number> {
    await listen();
    if (after === undefined) return head;
    if (after <= tail) return after;
    const { last } = await logPage(after);
    return after > (last ?? 0) ? 0 : after;
  }

  async function start(member: Member, after: number | undefined): Promise<void> {
    member.position = await begins(after);
    if (!member.isClosed) pump(member);
  }

  return {
    publish,
    open(request, client): FeedHandle {
      const lane = lanes.join(request);
      const member: Member = { client, lane, slow: request.slow, position: 0, ...fresh };
      members.add(member);
      const ready = start(member, request.after);
      ready.catch(() => close(member));
      return {
        ready,
        drained() {
          if (member.isClosed || member.isPumped || lane.live.has(member)) return;
          if (member.slow === 'gap' && member.hasCaughtUp && member.position < head) {
            const after = member.position;
            member.position = head;
            member.rest = null;
            if (!sendGap(member, after, head + 1)) return;
          }
          pump(member);
        },
        close: () => close(member),
      };
    },
    counters: () => ({ clients: members.size, ...totals }),
    close() {
      for (const member of members) end(member);
    },
  };
}

/** How many of them make about one piece. */
function pieceLength(frames: readonly EventFrame[]): number {
  let bytes = 0;
  const last = frames.findIndex(({ json }) => (bytes += json.byteLength) >= pieceBytes);
  return last < 0 ? frames.length : last + 1;
}

interface SharedPage extends EventPage {
  first: number | null;
  last: number | null;
}

function toShared({ first, last, events, through }: LogPage): SharedPage {
  return { first, last, through, frames: events.map(toFrame) };
}

function toFrame(event: MemoryEvent): EventFrame {
  return { event, json: Buffer.from(JSON.stringify(event)) };
}
