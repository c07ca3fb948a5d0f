/**
 * Reads Yjs updates (format version 1) strictly and without trusting a single number in them. Nothing is allocated by a claimed count: a
 * list grows only by what was really read. Whatever Yjs itself would not have written is refused: bytes left over, numbers written longer than
 * needed or above 2³², clients out of order, empty structs, text that is no UTF-8, gaps (`Skip`), subdocuments, binary and embedded content.
 *
 * The layout of the bytes, as `yjs` 13.6 writes them (every number a varUint):
 *
 *   sections { structs, client, clock, struct* }*   clients descending
 *   struct   info byte; its low 5 bits: 0 = GC { length }, else an item:
 *            [0x80: origin { client, clock }] [0x40: right origin { client, clock }]
 *            [neither: 1 { root name } or 0 { parent client, clock }; and with 0x20 the key] content
 *   deletions clients { client, ranges { clock, length }* }*   clients descending, ranges ascending and apart
 */
import { Cursor, decodeText, MAX_NUMBER, MalformedUpdate, type PlainAny, type Reference } from './update-cursor.ts'

/** The kinds of shared type, by the number that stands for them on the wire. */
export const TYPE_ARRAY = 0
export const TYPE_MAP = 1
export const TYPE_TEXT = 2
export const TYPE_XML_ELEMENT = 3
export const TYPE_XML_FRAGMENT = 4
export const TYPE_XML_HOOK = 5
export const TYPE_XML_TEXT = 6

export type UpdateContent =
  | { is: 'deleted' }
  /** `start` and `end` are offsets of the UTF-8 bytes in the update: the guard needs the length alone. */
  | { is: 'string'; start: number; end: number }
  | { is: 'format'; key: string; value: unknown }
  | { is: 'type'; type: number; name: string | undefined }
  | { is: 'any'; values: PlainAny[] }

export interface ReadItem {
  is: 'item'
  clock: number
  /** In clock steps; for text, UTF-16 code units. */
  length: number
  origin: Reference | undefined
  rightOrigin: Reference | undefined
  /** The root's name or the parent's id; only where there is neither origin. */
  parent: string | Reference | undefined
  key: string | undefined
  content: UpdateContent
}

export interface ReadGap {
  is: 'gc'
  clock: number
  length: number
}

export type ReadStruct = ReadItem | ReadGap

export interface ReadSection {
  client: number
  /** Of its first struct. */
  clock: number
  /** One past its last. */
  end: number
  structs: ReadStruct[]
}

export interface ReadDeletions {
  client: number
  /** Pairs: clock, length, clock, length, … */
  ranges: number[]
}

export interface ReadUpdate {
  sections: ReadSection[]
  deletions: ReadDeletions[]
}

/** Clocks beyond this would take decades of typing; staying below it keeps sums exact. */
const MAX_CLOCK = 2 ** 31

const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_KEY = 0x20

/**
 * Reads a whole update.
 * @param mostStructs refuses, as `structs`, an update with more structs or ranges than this
 * @throws MalformedUpdate
 */
export function readUpdate(bytes: Uint8Array, mostStructs = 200_000): ReadUpdate {
  const cursor = new Cursor(bytes)
  const update = { sections: readSections(cursor, mostStructs), deletions: readDeletions(cursor, mostStructs) }
  if (cursor.at !== bytes.length) throw new MalformedUpdate('trailing bytes')
  return update
}

/** The text of a string content. */
export function textOf(bytes: Uint8Array, content: { start: number; end: number }): string {
  return decodeText(bytes.subarray(content.start, content.end))
}

function readSections(cursor: Cursor, mostStructs: number): ReadSection[] {
  const sections: ReadSection[] = []
  let left = mostStructs
  let previous = MAX_NUMBER + 1
  for (let n = cursor.varUint(); n > 0; n -= 1) {
    const count = cursor.varUint()
    const client = cursor.varUint()
    if (client >= previous) throw new MalformedUpdate('clients out of order')
    if (count === 0) throw new MalformedUpdate('empty section')
    previous = client
    const first = cursor.varUint()
    let clock = first
    const structs: ReadStruct[] = []
    for (let i = 0; i < count; i += 1) {
      if (left === 0) throw new MalformedUpdate('structs')
      left -= 1
      const struct = readStruct(cursor, clock)
      clock += struct.length
      if (clock > MAX_CLOCK) throw new MalformedUpdate('clock')
      structs.push(struct)
    }
    sections.push({ client, clock: first, end: clock, structs })
  }
  return sections
}

function readStruct(cursor: Cursor, clock: number): ReadStruct {
  const info = cursor.byte()
  if (info === 0) return { is: 'gc', clock, length: cursor.length() }
  const origin = (info & HAS_ORIGIN) !== 0 ? cursor.reference() : undefined
  const rightOrigin = (info & HAS_RIGHT_ORIGIN) !== 0 ? cursor.reference() : undefined
  let parent: string | Reference | undefined
  let key: string | undefined
  if (origin === undefined && rightOrigin === undefined) {
    const named = cursor.varUint()
    if (named > 1) throw new MalformedUpdate('parent')
    parent = named === 1 ? cursor.name() : cursor.reference()
    if ((info & HAS_KEY) !== 0) key = cursor.name()
  }
  const item: ReadItem = { is: 'item', clock, length: 1, origin, rightOrigin, parent, key, content: DELETED }
  readContent(cursor, info & 0x1f, item)
  return item
}

const DELETED: UpdateContent = { is: 'deleted' }

function readContent(cursor: Cursor, kind: number, item: ReadItem): void {
  switch (kind) {
    case 1:
      item.length = cursor.length()
      return
    case 4: {
      const bytes = cursor.varUint()
      const start = cursor.at
      item.length = cursor.utf16Length(bytes)
      if (item.length === 0) throw new MalformedUpdate('empty text')
      item.content = { is: 'string', start, end: cursor.at }
      return
    }
    case 6:
      item.content = { is: 'format', key: cursor.name(), value: cursor.json() }
      return
    case 7: {
      const type = cursor.varUint()
      if (type > TYPE_XML_TEXT) throw new MalformedUpdate('type')
      const named = type === TYPE_XML_ELEMENT || type === TYPE_XML_HOOK
      item.content = { is: 'type', type, name: named ? cursor.name() : undefined }
      return
    }
    case 8: {
      const count = cursor.varUint()
      if (count === 0) throw new MalformedUpdate('empty values')
      const values: PlainAny[] = []
      for (let i = 0; i < count; i += 1) values.push(cursor.any())
      item.length = count
      item.content = { is: 'any', values }
      return
    }
    default:
      // 2 JSON, 3 binary, 5 embed, 9 subdocument, 10 skip: no document of ours holds any.
      throw new MalformedUpdate(`content ${kind}`)
  }
}

function readDeletions(cursor: Cursor, mostRanges: number): ReadDeletions[] {
  const deletions: ReadDeletions[] = []
  let left = mostRanges
  let previous = MAX_NUMBER + 1
  for (let n = cursor.varUint(); n > 0; n -= 1) {
    const client = cursor.varUint()
    if (client >= previous) throw new MalformedUpdate('clients out of order')
    previous = client
    const ranges: number[] = []
    let reached = -1
    const count = cursor.varUint()
    if (count === 0) throw new MalformedUpdate('empty section')
    for (let i = 0; i < count; i += 1) {
      if (left === 0) throw new MalformedUpdate('structs')
      left -= 1
      const clock = cursor.varUint()
      const length = cursor.length()
      if (clock <= reached) throw new MalformedUpdate('deletions out of order')
      reached = clock + length
      if (reached > MAX_CLOCK) throw new MalformedUpdate('clock')
      ranges.push(clock, length)
    }
    deletions.push({ client, ranges })
  }
  return deletions
}
