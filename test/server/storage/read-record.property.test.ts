import { Binary, deserialize, Long, serialize } from 'bson'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRecordReader } from '../../../server/storage/embedded/read-record.ts'

const plain = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '김○○', '\0', 'é', '\x7f', '\x80'),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.constantFrom(2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 53, 0),
  fc.date({ noInvalidDate: true }),
  fc.constantFrom(new Date(0), new Date(-1), new Date(8.64e15), new Date(-8.64e15)),
  fc.boolean(),
  fc.constant(null),
)
const other = fc.oneof(
  fc.uint8Array({ maxLength: 20 }).map(bytes => new Binary(bytes)),
  fc.array(plain, { maxLength: 3 }),
  fc.record({ inner: plain }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(value => Long.fromBigInt(value)),
)
/** Names as they are and names that mean something elsewhere; none holds a zero, which BSON refuses. */
const name = fc.oneof(
  fc.constantFrom('at', 'sequence', 'actor', '_v', 'hash', 'form', '__proto__', 'constructor', '이름'),
  fc.string({ maxLength: 8 }).filter(text => !text.includes('\0')),
)
const record = (value: fc.Arbitrary<unknown>) =>
  fc
    .tuple(fc.string(), fc.array(fc.tuple(name, value), { maxLength: 9 }))
    .map(([id, fields]) => Object.fromEntries([['_id', id], ...fields.filter(([key]) => key !== '_id')]))

const RUNS = Number(process.env.SEEDS ?? 20) * 15

test.each([
  ['flat records', record(plain)],
  ['records with more in them', record(fc.oneof({ weight: 4, arbitrary: plain }, { weight: 1, arbitrary: other }))],
])('%s read one after another are what the library reads', (_, records) => {
  fc.assert(
    fc.property(fc.array(records, { minLength: 1, maxLength: 6 }), all => {
      const read = createRecordReader()
      for (const each of all) {
        const bytes = Buffer.from(serialize(each))
        const expected = deserialize(bytes, { promoteBuffers: true })
        const found = read(bytes)
        expect(found).toEqual(expected)
        expect(Object.keys(found)).toEqual(Object.keys(expected))
        expect(Object.getPrototypeOf(found)).toBe(Object.prototype)
        // Lent bytes are used again at once, and behind them lies what was read before.
        const lent = Buffer.concat([bytes, Buffer.alloc(40, 0xff)])
        const kept = createRecordReader()(lent, bytes.length)
        lent.fill(0)
        expect(kept).toEqual(expected)
      }
    }),
    { numRuns: RUNS },
  )
})

test('a record without an id is refused', () => {
  expect(() => createRecordReader()(Buffer.from(serialize({ at: 1 })))).toThrow('without an id')
})
