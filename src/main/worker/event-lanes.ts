import type { EventFrame, FeedClient, FeedEncoder, FeedRequest } from '../api/event-feed.ts';
import type { EventSubscription } from '../api/services.ts';
import type { MemoryEvent } from '../../shared/views.ts';

/** Clients that are sent the same bytes. */
export interface Lane {
  key: string;
  encoder: FeedEncoder;
  filter: EventSubscription;
  live: Set<Member>;
  size: number;
}

export interface Member {
  client: FeedClient;
  lane: Lane;
  slow: FeedRequest['slow'];
  /** The last entry that was dealt with: sent, or none of the client's business. */
  position: number;
  isClosed: boolean;
  isPumped: boolean;
  /** What of a page it has not taken yet. */
  rest: EventPage | null;
  hasCaughtUp: boolean;
}

export interface EventPage {
  frames: readonly EventFrame[];
  /** Everything up to this id was looked at. */
  through: number;
}

/** Puts clients of one encoder and one filter together. */
export function createLanes() {
  const lanes = new Map<string, Lane>();
  return {
    all: () => lanes.values(),
    join({ encoder, types, project_id, session_id }: FeedRequest): Lane {
      const filter = { types, project_id, session_id };
      const key = JSON.stringify([encoder.name, types?.toSorted() ?? null, project_id ?? null, session_id ?? null]);
      const lane = lanes.get(key) ?? { key, encoder, filter, live: new Set<Member>(), size: 0 };
      lanes.set(key, lane);
      lane.size++;
      return lane;
    },
    leave(member: Member): void {
      const { lane } = member;
      lane.live.delete(member);
      lane.size--;
      if (lane.size === 0) lanes.delete(lane.key);
    },
  };
}

/** Whether a subscription is about an event. */
export function matches(event: MemoryEvent, { types, project_id, session_id }: EventSubscription): boolean {
  return (
    (types === undefined || types.includes(event.type)) &&
    (project_id === undefined || project_id === event.project_id) &&
    (session_id === undefined || session_id === event.session_id)
  );
}
