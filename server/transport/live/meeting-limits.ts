/** How much one socket and one person may ask of `/meeting`. Tests pass smaller ones. */
export interface MeetingChannelLimits {
  /** Events at once and per second, whatever becomes of them. The quickest minute-taker makes some in a second. */
  socketBurst: number
  socketPerSecond: number
  /** The same over all sockets of one person. */
  userBurst: number
  userPerSecond: number
  /** So many refusals for the rate in a row, and the connection is over. */
  maxTooFast: number
  /** Events of one socket that wait for the one before. */
  maxWaiting: number
  maxJoined: number
  maxDepth: number
  maxValues: number
  /** For one event's answer; whatever it does may still be done later. */
  deadlineMs: number
  /** Of the meeting's own, waiting for a reader. */
  maxUnreadBytes: number
}

export const MEETING_CHANNEL_LIMITS: MeetingChannelLimits = {
  socketBurst: 60,
  socketPerSecond: 20,
  userBurst: 120,
  userPerSecond: 40,
  maxTooFast: 200,
  maxWaiting: 50,
  maxJoined: 8,
  // A body is the second argument's value: arguments, body, a list in it, its entries, and some to spare.
  maxDepth: 8,
  maxValues: 2_000,
  deadlineMs: 10_000,
  maxUnreadBytes: 1 << 20,
}
