/** Who wrote in an item, for the screens that say under whose name which words stand. */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { UserId } from '../../shared/ids.ts'
import type { WritersView } from '../../shared/protocol/http-api.ts'
import type { AdmittedItem } from './admission.ts'
import type { ConferenceParts } from './ports.ts'

/** Names as the directory has them now; empty for who is not there any more. */
export async function writersOf(
  parts: Pick<ConferenceParts, 'documents' | 'people'>,
  { conference, item }: Pick<AdmittedItem, 'conference' | 'item'>,
): Promise<WritersView> {
  const document = documentNameOf({ kind: 'item', itemId: item._id })
  const writers = await parts.documents.read(document, (_doc, owners) => [...owners])
  const known = new Map<UserId, { name: string; agencyId: WritersView['writers'][number]['agencyId'] }>()
  for (const userId of new Set(writers.map(([, userId]) => userId))) {
    const person = await parts.people.person(userId)
    const part = conference.participants.find(one => one.userId === userId)
    known.set(userId, { name: person?.name ?? '', agencyId: part?.agencyId ?? null })
  }
  return {
    writers: writers.map(([client, userId]) => ({
      client,
      userId,
      ...(known.get(userId) ?? { name: '', agencyId: null }),
    })),
  }
}
