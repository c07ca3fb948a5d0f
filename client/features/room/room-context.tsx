/** What every part of the room's screen needs: the room's client, the conference's record, who I am in it, how agencies look. */
import { createContext, use, useSyncExternalStore } from 'react'
import { must } from '../../../shared/assert.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import type { RoomClient, RoomState } from '../../room/room-client.ts'
import type { CaretLook } from './text/carets.ts'
import type { PasteRemark } from './text/pasting.ts'

export interface AgencyLook {
  agencyId: AgencyId
  name: string
  shortName: string
  colour: number
}

export interface Room {
  client: RoomClient
  view: ConferenceView
  me: { userId: UserId; name: string; agencyId: AgencyId | null }
  agencies: ReadonlyMap<AgencyId, AgencyLook>
  caretLookOf(user: unknown): CaretLook
  remarkOnPaste(remark: PasteRemark): void
}

export const RoomContext = createContext<Room | undefined>(undefined)

export function useRoom(): Room {
  return must(use(RoomContext), 'room')
}

export function useRoomState(): RoomState {
  const { client } = useRoom()
  return useSyncExternalStore(client.subscribe, client.getState)
}

/** A new id of our form. */
export function randomBytes(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(16))
}
