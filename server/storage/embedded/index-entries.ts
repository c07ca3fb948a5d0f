/**
 * Where a record stands in the indexes. An entry's key is collection, index and the indexed values as sortable bytes, then the
 * record's id unless the index is unique; its value is the id. A record without a field is indexed under null, as in MongoDB, so
 * every index knows every record.
 */
import type { IndexDeclaration } from '../port.ts'
import { UnsupportedByStore } from '../subset.ts'
import { valuesAt } from './field-path.ts'
import { encodeKeyPart, MAX_KEY_BYTES } from './index-key.ts'

export interface IndexField {
  path: string
  direction: 1 | -1
}

export interface Index {
  name: string
  fields: readonly IndexField[]
  unique: boolean
  /** Collection and name: what all keys of this index start with. */
  prefix: Buffer
  /** An array has been indexed once: a record may have several entries, so bounds cannot be combined and order means nothing. */
  multikey: boolean
}

export interface IndexEntry {
  index: Index
  key: Buffer
  isMultikey: boolean
}

export function createIndex(collection: string, declaration: IndexDeclaration): Index {
  const fields = Object.entries(declaration.key).map(([path, direction]) => ({ path, direction }))
  const name = fields.map(field => `${field.path}_${field.direction}`).join('_')
  const unique = declaration.unique === true
  const prefix = Buffer.from(`${collection}\0${name}${unique ? '_unique' : ''}\0`)
  return { name, fields, unique, prefix, multikey: false }
}

/** All entries of one record. @throws UnsupportedByStore when a value cannot be indexed */
export function indexEntriesOf(indexes: readonly Index[], record: { _id: string }): IndexEntry[] {
  const id = Buffer.from(record._id)
  return indexes.flatMap(index => entriesIn(index, record, id))
}

function entriesIn(index: Index, record: object, id: Buffer): IndexEntry[] {
  let keys: Buffer[] = [index.prefix]
  let manyField: string | undefined
  for (const field of index.fields) {
    const { values, many } = valuesAt(record, field.path)
    if (many && manyField !== undefined) {
      throw new UnsupportedByStore(`Index ${index.name}: both ${manyField} and ${field.path} hold arrays`)
    }
    if (many) manyField = field.path
    const codes = values.map(value => encodeKeyPart(value, field.direction))
    keys = keys.flatMap(key => codes.map(code => Buffer.concat([key, code])))
  }
  const isMultikey = manyField !== undefined
  const complete = index.unique ? keys : keys.map(key => Buffer.concat([key, id]))
  const distinct = isMultikey ? [...new Map(complete.map(key => [key.toString('latin1'), key])).values()] : complete
  return distinct.map(key => {
    if (key.length > MAX_KEY_BYTES) throw new UnsupportedByStore(`Index ${index.name}: values of ${key.length} bytes`)
    return { index, key, isMultikey }
  })
}
