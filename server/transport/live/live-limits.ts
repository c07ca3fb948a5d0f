/** How much one connection, one person and one address may ask of the live channel's transport. Tests pass smaller ones. */
export interface LiveLimits {
  /** One WebSocket message or one polling body. A document's frame of 1 MB is 1.4 MB in base64, as polling carries it. */
  maxMessageBytes: number
  maxFragments: number
  maxBufferedChunks: number
  /** Requests that wait for their answer, in all and per address. */
  maxPending: number
  maxPendingPerAddress: number
  /** An agency's whole staff may come from one address. */
  maxPerAddress: number
  /** Connections of one person, whatever they carry: several tabs on several machines. */
  maxPerUser: number
  /** In all, for the answer to who it is. */
  admissionDeadlineMs: number
  /** A connection without a namespace is closed after so long; traffic does not extend it. */
  connectTimeoutMs: number
  /** What a client may send as `auth` when it enters a namespace: values in all. */
  maxAuthValues: number
  /** Packets of one connection at once and per second. A fast typist's documents make some tens a second. */
  packetBurst: number
  packetsPerSecond: number
  /** Sent and not yet taken by the network; what a connection carries may have stricter ones of its own. */
  maxBufferedBytes: number
  /** Messages that wait while the sign-in is being asked again. */
  maxHeld: number
  /** The sign-in's answer after a change; with the close within a second in all. */
  standingDeadlineMs: number
  /** A client that does not answer the close is cut. */
  closeWithinMs: number
  /** A client notices a dead line after both together, the server likewise. */
  pingEveryMs: number
  pingAnswerMs: number
}

export const LIVE_LIMITS: LiveLimits = {
  maxMessageBytes: 1_500_000,
  maxFragments: 64,
  maxBufferedChunks: 4096,
  maxPending: 1000,
  maxPendingPerAddress: 500,
  maxPerAddress: 4000,
  maxPerUser: 40,
  admissionDeadlineMs: 5_000,
  connectTimeoutMs: 5_000,
  maxAuthValues: 20,
  packetBurst: 6000,
  packetsPerSecond: 600,
  maxBufferedBytes: 32 << 20,
  maxHeld: 1000,
  standingDeadlineMs: 500,
  closeWithinMs: 400,
  pingEveryMs: 12_000,
  pingAnswerMs: 15_000,
}
