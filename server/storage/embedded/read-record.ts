/**
 * The record of stored bytes (BSON). Most records of the large collections are flat and of plain words: ids, codes, times, numbers. Those are read
 * here, in one pass over one string; whatever else there is (sealed bytes, lists, records in records, a sign that is not ASCII) is the library's.
 * Both give the same record (`read-record.property.test.ts`); a record of access is read here in a third to half of the library's time.
 */
import { deserialize } from 'bson'

export type Fields = Record<string, unknown> & { _id: string }

/** Types of BSON's elements that are read here (bsonspec.org, version 1.1). */
const TYPE = { end: 0, double: 1, string: 2, boolean: 8, date: 9, null: 10, int: 16 } as const

const NOT_ASCII = /[^\0-\x7f]/

/** Records that lie beside each other have the same names in the same order: each name, with the zero behind it, by its place. */
type Names = { name: string; ended: string }[]

/**
 * @returns a function that reads one record after another. Without a size the bytes are the caller's own, and binary fields are views of them; with one
 * they are lent, so many of them, and nothing of them is kept
 */
export function createRecordReader(): (stored: Buffer, lent?: number) => Fields {
  const names: Names = []
  return (stored, lent) => {
    const fields =
      readFlat(stored, lent ?? stored.length, names) ?? deserialize(ownedOf(stored, lent), { promoteBuffers: true })
    const id: unknown = fields._id
    if (typeof id !== 'string') throw new Error('A stored record without an id')
    return fields as Fields
  }
}

/** For single records. What it remembers makes it faster, never different. */
export const toFields = createRecordReader()

/** `subarray` would look at the length that the lender has put on its buffer. */
function ownedOf(stored: Buffer, lent: number | undefined): Uint8Array {
  return lent === undefined ? stored : Uint8Array.prototype.slice.call(stored, 0, lent)
}

/** Undefined when there is something in it that is not for us. */
function readFlat(stored: Buffer, size: number, names: Names): Record<string, unknown> | undefined {
  const text = stored.toString('latin1', 0, size)
  const fields: Record<string, unknown> = {}
  let at = 4
  for (let place = 0; ; place++) {
    const type = stored[at]
    if (type === TYPE.end) return fields
    const name = nameAt(text, at + 1, place, names)
    if (name === undefined) return undefined
    at += name.length + 2
    switch (type) {
      case TYPE.string: {
        const length = stored.readInt32LE(at)
        const value = text.slice(at + 4, at + 3 + length)
        if (NOT_ASCII.test(value)) return undefined
        fields[name] = value
        at += 4 + length
        break
      }
      case TYPE.int:
        fields[name] = stored.readInt32LE(at)
        at += 4
        break
      case TYPE.double:
        fields[name] = stored.readDoubleLE(at)
        at += 8
        break
      case TYPE.date:
        fields[name] = new Date(stored.readUInt32LE(at) + stored.readInt32LE(at + 4) * 0x1_0000_0000)
        at += 8
        break
      case TYPE.boolean:
        fields[name] = stored[at] === 1
        at += 1
        break
      case TYPE.null:
        fields[name] = null
        break
      default:
        return undefined
    }
  }
}

function nameAt(text: string, from: number, place: number, names: Names): string | undefined {
  const known = names[place]
  if (known !== undefined && text.startsWith(known.ended, from)) return known.name
  const end = text.indexOf('\0', from)
  const name = text.slice(from, end)
  // The library knows what to do with a name that means something to the language.
  if (end < 0 || name === '__proto__' || NOT_ASCII.test(name)) return undefined
  names[place] = { name, ended: `${name}\0` }
  return name
}
