/**
 * Ids of the demo, made from names instead of chance, so that a demo whose loading was interrupted finds what it has already and goes on. Real
 * ids are never made this way.
 */
import { createHash } from 'node:crypto'
import { idFromBytes } from '../../shared/ids.ts'

/** The same id for the same words, always. */
export function fixedId<T extends string>(kind: string, name: string): T {
  return idFromBytes<T>(createHash('sha256').update(`dure demo|${kind}|${name}`).digest().subarray(0, 16))
}
