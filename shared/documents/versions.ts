/**
 * The version of the layouts. A document carries no version of its own: what it holds says what it is, and a layout only ever gains roots
 * and fields that older readers do not ask for. A change that older code could not live with raises this number; the server then answers
 * older clients `client-too-old`, and brings each document up as it opens it, before anybody else is in it.
 */
import type * as Y from 'yjs'
import type { DocumentKind } from './document-names.ts'

/** See the history at the end of SCHEMA.md. */
export const LAYOUT_VERSION = 1

export interface Migration {
  /** The version that it makes. */
  to: number
  kind: DocumentKind
  /** Changes the document in one transaction. Doing it twice must change nothing more: it is asked of every document that is opened. */
  apply(doc: Y.Doc): void
}

/** In ascending order. None yet: version 1 is the first. */
export const MIGRATIONS: readonly Migration[] = []

/** Brings a document up to the newest layout. Changes nothing when it is. */
export function migrateDocument(doc: Y.Doc, kind: DocumentKind, migrations: readonly Migration[] = MIGRATIONS): void {
  for (const migration of migrations) if (migration.kind === kind) migration.apply(doc)
}
