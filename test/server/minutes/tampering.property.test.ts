/**
 * Bundles of minutes and what somebody with the file could do to them: letters, keys, order, leaves and signatures of other versions, everything hashed
 * anew, everything signed anew with another key. Each is found, and where it is in an item the item is named.
 */
import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { createVerifier } from '../../../server/minutes/signing-key.ts'
import { must } from '../../../shared/assert.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import { type BundleLeaf, kindOfLeaf, type MinutesBundle, PART_NAMES } from '../../../shared/minutes/bundle.ts'
import { canonicalJson, fromBase64Url, hashOf, normalised, toBase64Url } from '../../../shared/minutes/canonical.ts'
import type { LeafKey } from '../../../shared/minutes/minutes-record.ts'
import {
  headHash,
  leafHash,
  partHash,
  rootHash,
  signaturesHash,
  signedHead,
  signedLeaf,
  signedSeal,
  signedSignature,
  signedStamp,
  slipHash,
} from '../../../shared/minutes/tree.ts'
import { verifyMinutes } from '../../../shared/minutes/verify.ts'
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts'
import { DAY_MS, minutesUnderTest } from './minutes-under-test.ts'

/** `MUTANTS=2500` (the deep run) makes the published 10,000. */
const MUTANTS = Number(process.env.MUTANTS ?? 250)

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Path = (string | number)[]

const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value))

async function bundlesMade() {
  const m = await minutesUnderTest()
  try {
    await m.circulate()
    await m.sign(m.town.co, 'objected', '금액을 정한 적이 없다', m.leaf)
    await m.sign(m.town.partner)
    await m.correct('금액 오기')
    await m.write(m.item, doc => discussionOf(doc).push(paragraphsOf('금액은 정하지 않음')))
    await m.circulate()
    await m.sign(m.town.leader, 'noted', '확인함', m.leaf)
    const circulated = await m.bundle(m.town.leader)
    m.world.pass(6 * DAY_MS)
    await m.lapse()
    const cut = await m.bundle(m.town.partner)
    const redacted = await m.bundle(m.town.leader, { shows: (_leaf, part) => part === 'facts', hidesNames: true })
    const bundles = { sealed: await m.bundle(m.town.leader), circulated, cut, redacted }
    return { publicKey: m.parts.signer.publicKey, bundles, itemLeaf: m.leaf }
  } finally {
    await m.close()
  }
}

test('[MN15] every tampering with a bundle is found, and the item is named', async () => {
  const { publicKey, bundles } = await bundlesMade()
  const verify = must(createVerifier(publicKey), 'verifier')
  const found = { random: 0, rehashed: 0, spliced: 0, named: 0 }
  for (const [name, bundle] of Object.entries(bundles)) {
    const whole = await verifyMinutes(copyOf(bundle), publicKey, verify)
    expect([name, whole.problems]).toEqual([name, []])
    for (let seed = 1, made = 0; made < MUTANTS; seed++) {
      const random = seededRandom(seed)
      const mutant = copyOf(bundle)
      const how = random.pick(['random', 'random', 'rehashed', 'spliced'] as const)
      const leaf =
        how === 'random'
          ? tamper(mutant, random)
          : how === 'rehashed'
            ? rehash(mutant, random)
            : splice(mutant, bundles.sealed, random)
      if (leaf === 'nothing' || JSON.stringify(mutant) === JSON.stringify(bundle)) continue
      made++
      const { problems } = await verifyMinutes(mutant, publicKey, verify)
      const about = { name, seed, how, leaf }
      expect({ ...about, found: problems.length > 0 }).toEqual({ ...about, found: true })
      found[how]++
      if (leaf === undefined) continue
      // Its key may be what was changed: then its place says which it is.
      const item = Math.ceil(bundle.leaves.findIndex(one => one.key === leaf) / 2) || -1
      expect({ ...about, named: problems.some(one => one.leaf === leaf || one.item === item) }).toEqual({
        ...about,
        named: true,
      })
      found.named++
    }
  }
  console.log(`tampered: ${JSON.stringify(found)}`)
  for (const [what, count] of Object.entries(found)) expect([what, count > MUTANTS / 4]).toEqual([what, true])
})

test('[MN15] everything made anew under another key is another installation’s', async () => {
  const { publicKey, bundles } = await bundlesMade()
  const { publicKey: own, privateKey } = generateKeyPairSync('ed25519')
  const ownKey = must(own.export({ format: 'jwk' }).x, 'x')
  const resign = (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64url')
  const bundle = copyOf(bundles.sealed)
  rehash(bundle, seededRandom(1))
  bundle.publicKey = ownKey
  resignAll(bundle, resign)
  const underOwn = await verifyMinutes(copyOf(bundle), ownKey, must(createVerifier(ownKey), 'verifier'))
  expect(underOwn.problems).toEqual([])
  const report = await verifyMinutes(bundle, publicKey, must(createVerifier(publicKey), 'verifier'))
  expect(report.problems.map(problem => problem.what)).toContain('other-key')
  expect(report.final).toBeNull()
})

test('[MN14] a bundle says whose key it is and verifies part by part; what was only circulated is not final', async () => {
  const { publicKey, bundles, itemLeaf } = await bundlesMade()
  const verify = must(createVerifier(publicKey), 'verifier')
  const reports = await Promise.all(
    Object.values(bundles).map(async bundle => verifyMinutes(copyOf(bundle), publicKey, verify)),
  )
  expect(reports.map(report => [report.problems.length, report.final?.how ?? 'not final', report.version])).toEqual([
    [0, 'no_objection', 2],
    [0, 'not final', 2],
    [0, 'no_objection', 2],
    [0, 'no_objection', 2],
  ])
  const [sealed, , cut, redacted] = reports
  // There is no supervision of a general item that anybody reads.
  expect(sealed?.hidden).toBe(1)
  expect(cut?.hidden).toBe(3)
  expect((redacted?.hidden ?? 0) > (redacted?.shown ?? 0)).toBe(true)
  expect(bundles.sealed.publicKey).toBe(publicKey)
  expect(bundles.cut.leaves.find(leaf => leaf.key === itemLeaf)?.parts).toBeUndefined()
})

test('[MN12] equal records have one canonical text, different ones different texts', () => {
  for (let seed = 1; seed <= 500; seed++) {
    const random = seededRandom(seed)
    const value = anyJson(random, 0)
    expect(canonicalJson(shuffled(value, random))).toBe(canonicalJson(value))
    expect(JSON.parse(canonicalJson(value))).toEqual(value)
    const other = copyOf(value)
    const path = random.pick([...pathsOf({ other })])
    if (!mutate({ other }, path, random) || JSON.stringify(sorted(other)) === JSON.stringify(sorted(value))) continue
    // A fraction has none at all.
    const text = JSON.stringify(other).includes('.5') ? '' : canonicalJson(other)
    expect([seed, text === canonicalJson(value)]).toEqual([seed, false])
  }
  for (const bad of [undefined, 0.5, Number.NaN, -0, 2 ** 53, () => 1])
    expect(() => canonicalJson({ bad })).toThrow(TypeError)
  expect(normalised({ text: '각', gone: undefined })).toEqual({ text: '각' })
})

test('[MN13] hashes of different kinds differ for the same bytes, and bytes have one spelling', () => {
  const kinds = [0, 1, 2, 3, 4, 5].map(kind => hashOf(kind, 'x'))
  expect(new Set(kinds).size).toBe(kinds.length)
  for (let seed = 1; seed <= 200; seed++) {
    const bytes = seededRandom(seed).bytes(32)
    const text = toBase64Url(bytes)
    expect(text).toBe(Buffer.from(bytes).toString('base64url'))
    expect(fromBase64Url(text, 32)).toEqual(bytes)
    // The last letter of 43 carries two bits that say nothing: only one of four spellings is taken.
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.replace(text.slice(-1), '')
    for (const letter of last) {
      const other = fromBase64Url(text.slice(0, -1) + letter, 32)
      expect(other === undefined || Buffer.compare(other, bytes) !== 0).toBe(true)
    }
  }
})

// What somebody with the file can do.

/** Changes something anywhere. The leaf in which it was; undefined elsewhere; `nothing` where it could not be done. */
function tamper(bundle: MinutesBundle, random: SeededRandom): LeafKey | undefined | 'nothing' {
  const tree = bundle as object as { [key: string]: Json }
  const paths = [...pathsOf(tree)].filter(path => path.length > 0)
  // Half of them in the leaves, which are most of what people read.
  const inLeaves = paths.filter(path => path[0] === 'leaves' && path.length > 2)
  const path = random.chance(0.5) ? random.pick(inLeaves) : random.pick(paths)
  const [root, at] = path
  const leaf = root === 'leaves' && typeof at === 'number' && path.length > 1 ? bundle.leaves[at]?.key : undefined
  return mutate(tree, path, random) ? leaf : 'nothing'
}

/** Another text in a part, and every hash that follows from it made anew, up to seals and signatures. */
function rehash(bundle: MinutesBundle, random: SeededRandom): LeafKey | 'nothing' {
  const shown = bundle.leaves.filter(leaf => leaf.parts?.some(part => part.opened !== undefined))
  const leaf = random.pick(shown)
  const parts = must(leaf.parts, 'parts')
  const at = random.pick(parts.flatMap((part, index) => (part.opened === undefined ? [] : [index])))
  const part = must(parts[at], 'part')
  const opened = must(part.opened, 'opened')
  const content = { content: opened.content as Json }
  const texts = [...pathsOf(content)].filter(path => typeof valueAt(content, path) !== 'object')
  if (texts.length === 0 || !mutate(content, random.pick(texts), random)) return 'nothing'
  opened.content = content.content
  const name = PART_NAMES[kindOfLeaf(leaf.key)][at] ?? ''
  const salt = must(fromBase64Url(opened.salt, 32), 'salt')
  try {
    part.hash = partHash(bundle.conferenceId, leaf.key, name, salt, opened.content)
  } catch {
    return 'nothing'
  }
  hashUp(bundle, leaf)
  return leaf.key
}

function hashUp(bundle: MinutesBundle, leaf: BundleLeaf): void {
  const { conferenceId, versions, version } = bundle
  leaf.hash = leafHash(
    conferenceId,
    leaf.key,
    must(leaf.parts, 'parts').map(one => one.hash),
  )
  const shown = must(versions[version - 1], 'version')
  shown.head.leaves = bundle.leaves.map(one => [one.key, one.hash])
  versions.forEach((one, at) => {
    one.head.previous = versions[at - 1]?.hash ?? null
    one.head.root = rootHash(conferenceId, one.head.leaves)
    one.hash = headHash(one.head)
    if (one.seal) one.seal.seal.head = one.hash
  })
  for (const signature of bundle.signatures) {
    const of = must(versions[signature.version - 1], 'version')
    signature.head = of.hash
    signature.slips.forEach((slip, at) => {
      const [key, hash] = must(of.head.leaves[at], 'leaf')
      if (slip.opened === undefined) return
      slip.opened.content.leafHash = hash
      const salt = must(fromBase64Url(slip.opened.salt, 32), 'salt')
      slip.hash = slipHash(conferenceId, `${signature.signatureId}:${key}`, salt, slip.opened.content)
    })
  }
  for (const one of versions) {
    const then = bundle.signatures.filter(signature => signature.version <= one.head.number)
    if (one.seal) one.seal.seal.signatures = signaturesHash(conferenceId, then)
  }
}

function resignAll(bundle: MinutesBundle, resign: (text: string) => string): void {
  const { conferenceId, version, versions, signatures } = bundle
  for (const leaf of bundle.leaves) leaf.signature = resign(signedLeaf(conferenceId, version, leaf))
  for (const one of versions) {
    one.signature = resign(signedHead(one.hash))
    if (one.seal) one.seal.signature = resign(signedSeal(one.seal.seal))
  }
  for (const one of signatures) one.signature = resign(signedSignature(conferenceId, one))
  bundle.stamp.signature = resign(signedStamp(conferenceId, { at: bundle.stamp.at, version, versions, signatures }))
}

/** Puts true pieces where they do not belong. */
function splice(bundle: MinutesBundle, other: MinutesBundle, random: SeededRandom): LeafKey | undefined | 'nothing' {
  const { leaves, versions, signatures } = bundle
  const at = random.below(leaves.length)
  const leaf = must(leaves[at], 'leaf')
  const elsewhere = (doing: () => void) => () => {
    doing()
    return undefined
  }
  const doings: (() => LeafKey | undefined | 'nothing')[] = [
    () => {
      leaves.splice(at, 1)
      return leaf.key
    },
    () => {
      const from = must(other.leaves[random.below(other.leaves.length)], 'leaf')
      if (from.key === leaf.key) return 'nothing'
      leaves[at] = copyOf(from)
      return leaf.key
    },
    () => {
      const [older, newer] = versions
      const key = newer?.head.leaves[at]?.[0]
      const hash = older?.head.leaves[at]?.[1]
      if (key === undefined || hash === undefined || hash === leaf.hash) return 'nothing'
      leaf.hash = hash
      return key
    },
    () => {
      const sealed = versions.find(one => one.seal !== null)
      if (sealed === undefined) return 'nothing'
      sealed.seal = null
      return undefined
    },
    elsewhere(() => versions.pop()),
    elsewhere(() => versions.reverse()),
    elsewhere(() => signatures.splice(random.below(signatures.length), 1)),
    elsewhere(() => signatures.reverse()),
    elsewhere(() => signatures.push(copyOf(random.pick(signatures)))),
    elsewhere(() => leaves.push(copyOf(leaf))),
    elsewhere(() => {
      bundle.version = bundle.version === 1 ? 2 : 1
    }),
  ]
  return random.pick(doings)()
}

// Any JSON.

function* pathsOf(value: Json | object, path: Path = []): Generator<Path> {
  yield path
  if (Array.isArray(value)) {
    for (const [at, one] of value.entries()) yield* pathsOf(one, [...path, at])
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) yield* pathsOf(one as Json, [...path, key])
  }
}

function valueAt(value: object, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], value)
}

/** Another value at that place. False where there is none that says another thing: what may be left out of a bundle is no tampering when it is. */
function mutate(root: object, path: Path, random: SeededRandom): boolean {
  const key = path.at(-1)
  if (key === undefined) return false
  const holder = valueAt(root, path.slice(0, -1)) as Record<string | number, Json>
  const value = holder[key] as Json
  const isLeftOut = key === 'opened' || key === 'parts'
  if (!isLeftOut && !Array.isArray(holder) && random.chance(0.1)) {
    delete holder[key]
    return true
  }
  if (typeof value === 'string') holder[key] = otherText(value, random)
  else if (typeof value === 'number') holder[key] = value + random.pick([1, -1, 1000, 0.5])
  else if (typeof value === 'boolean') holder[key] = !value
  else if (value === null) holder[key] = random.pick<Json>([0, '', [], {}])
  else if (Array.isArray(value)) return mutateList(value, random)
  else holder[key] = { ...value, [random.pick(['x', '__proto', 'leaf2'])]: random.pick<Json>([1, 'a', null]) }
  return true
}

function mutateList(list: Json[], random: SeededRandom): boolean {
  if (list.length === 0) list.push('x')
  else if (random.chance(0.5)) list.splice(random.below(list.length), 1)
  else if (list.length > 1) list.reverse()
  else list.push(copyOf(random.pick(list)))
  return true
}

function otherText(text: string, random: SeededRandom): string {
  const at = random.below(text.length + 1)
  const letter = random.pick(['가', 'a', '0', ' ', '\u200b', 'A', 'f'])
  const changed = random.pick([
    text.slice(0, at) + letter + text.slice(at),
    text.slice(0, at) + letter + text.slice(at + 1),
    text.slice(0, at) + text.slice(at + 1),
  ])
  return changed === text ? `${text}x` : changed
}

function anyJson(random: SeededRandom, depth: number): Json {
  const plain = [
    null,
    true,
    false,
    random.below(1000) - 500,
    String.fromCodePoint(0x61 + random.below(0x3000)),
    '가"\\\n',
  ]
  if (depth > 3 || random.chance(0.3)) return random.pick<Json>(plain)
  const many = Array.from({ length: random.below(4) }, () => anyJson(random, depth + 1))
  return random.chance(0.5)
    ? many
    : Object.fromEntries(many.map((one, at) => [`${random.below(50)}${'한k-'[at % 3]}`, one]))
}

function shuffled(value: Json, random: SeededRandom): Json {
  if (Array.isArray(value)) return value.map(one => shuffled(one, random))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, one]) => [key, shuffled(one, random)] as const)
  return Object.fromEntries(entries.sort(() => (random.chance(0.5) ? 1 : -1)))
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  )
}
