/** News of presence as frames: one for everybody whom it does not concern, and one each for those it is about, without their own line. */
import { writeAwareness } from '../../shared/protocol/sync-frames.ts'
import type { Awareness } from './awareness.ts'
import type { Session } from './session.ts'

const NOTHING: readonly Uint8Array[] = []

export function presenceNewsFor(
  awareness: Awareness<Session>,
  now: number,
): (session: Session) => readonly Uint8Array[] {
  if (!awareness.hasNews) return () => NOTHING
  const news = awareness.takeNews(now)
  const about = new Set(news.map(line => line.about))
  const forAll = [writeAwareness(news.map(line => line.entry))]
  return session => {
    if (!about.has(session)) return forAll
    const others = news.filter(line => line.about !== session).map(line => line.entry)
    return others.length === 0 ? NOTHING : [writeAwareness(others)]
  }
}
