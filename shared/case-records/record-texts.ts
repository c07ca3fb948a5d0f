/** What of a record is free text, and which codes it holds. Pure; for search, for the look for resident numbers and for what is offered. */
import type { CodeSetName } from '../code-sets/shipped.ts'
import type { RecordContent } from '../protocol/case-records.ts'

/** Every text that somebody typed, the longest last: in a search what says more is shown. */
export function textsOf(content: RecordContent): string[] {
  switch (content.kind) {
    case 'process_note':
      return [content.contact, content.text]
    case 'intake':
      return [content.contact, content.phone, content.team, content.wish, content.text]
    case 'monitoring':
      return [...content.rows.flatMap(({ service, note }) => [service, note]), content.text]
    case 'joint_visit':
      return [content.purpose, content.safety, content.text]
    case 'risk':
      return [content.override?.reason ?? '', content.text]
  }
}

/** The codes of editable sets in it (`shared/code-sets`). */
export function codesIn(content: RecordContent): (readonly [set: CodeSetName, code: string])[] {
  switch (content.kind) {
    case 'process_note':
      return [
        ['contact_method', content.method],
        ['contact_purpose', content.purpose],
        ['service', content.service],
      ]
    case 'intake':
      return [['contact_method', content.method]]
    case 'monitoring':
      return [
        ['monitoring_type', content.type],
        ...content.satisfaction.map(({ item }) => ['satisfaction_item', item] as const),
      ]
    case 'joint_visit':
    case 'risk':
      return []
  }
}
