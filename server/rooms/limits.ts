/** How much one session, one room and the whole of a server may ask for. Tests pass smaller ones. */
export interface RoomLimits {
  /** One message from a client. The transport's limit is the same; socket.io's has its own. */
  maxFrameBytes: number
  /** Frames a session may send at once and per second. A fast typist makes 15 updates and as many cursors a second. */
  frameBurst: number
  framesPerSecond: number
  /** Bytes at once (a whole offline day as step 2 fits) and per second. */
  byteBurst: number
  bytesPerSecond: number
  /** Answers to step 1 at once and per second: each costs the size of the document, a client needs one per connection. */
  step1Burst: number
  step1PerSecond: number
  /** What waits of one session while its room opens or its access is asked again. */
  maxInboxBytes: number
  maxInboxFrames: number
  maxOutboxBytes: number
  /** Backlog of one socket, beyond a step 2 that is on its way. */
  maxBufferedBytes: number
  /** What may wait for the store, per room: at 1 MB frames some seconds of a dead disk. */
  maxUnstoredBytes: number
  /** The store's time for one append or load; after it the session is told to come back. */
  storeDeadlineMs: number
  /** DESIGN §4: withdrawn access is felt within a second, so asking again may take a little less. */
  accessDeadlineMs: number
  /** Compaction is due after so many records or bytes since the last snapshot … */
  compactAfterRecords: number
  compactAfterBytes: number
  /** … and waits for so long a pause in writing, but not beyond four times the figures above. */
  compactIdleMs: number
  /** When a room closes, this many records are enough for a compaction: the next opening is then served from bytes. */
  compactOnCloseRecords: number
  /** How long an empty room is kept, so that a reload of the page does not load the document anew. */
  lingerMs: number
  /** Presence that its client has not repeated for so long is gone (stock clients repeat every 15 s). */
  silenceMs: number
  /** Client ids one session may be present under: one is usual, a second comes with a replaced document. */
  maxPresencesPerSession: number
  /** Graceful stop, in all. */
  stopDeadlineMs: number
}

export const DEFAULT_ROOM_LIMITS: RoomLimits = {
  maxFrameBytes: 1 << 20,
  frameBurst: 3000,
  framesPerSecond: 300,
  byteBurst: 8 << 20,
  bytesPerSecond: 512 << 10,
  step1Burst: 10,
  step1PerSecond: 1,
  maxInboxBytes: 2 << 20,
  maxInboxFrames: 2000,
  maxOutboxBytes: 2 << 20,
  maxBufferedBytes: 4 << 20,
  maxUnstoredBytes: 16 << 20,
  storeDeadlineMs: 10_000,
  accessDeadlineMs: 900,
  compactAfterRecords: 500,
  compactAfterBytes: 512 << 10,
  compactIdleMs: 2_000,
  compactOnCloseRecords: 20,
  lingerMs: 3_000,
  silenceMs: 30_000,
  maxPresencesPerSession: 4,
  stopDeadlineMs: 9_000,
}
