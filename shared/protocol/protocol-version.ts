/**
 * The version of the document wire. A client announces that it understands Dure's own messages by offering the WebSocket subprotocol; a
 * change that an older client could not read gets a new name here, and the server goes on serving the older ones for as long as they
 * stand in {@link SERVED_SUBPROTOCOLS}.
 *
 *   1  receipts (120), write right (121), records changed (122)
 */
export const RECEIPTS_SUBPROTOCOL = 'dure.receipts.1'

/** Subprotocols the server answers with, newest first. A client that offers none is a stock client and gets the plain protocol. */
export const SERVED_SUBPROTOCOLS = [RECEIPTS_SUBPROTOCOL] as const
