/**
 *   npx tsx test/benchmark/indistinguishable.ts
 *
 * Can somebody tell by the time that what they may not see is there? Each route that names something is asked in pairs, in random order, for what
 * is there and for what never was, by somebody of another agency and by somebody who is recused: first without the beat of denials, which tells
 * how much more is read, then with it. `PAIRS=` per route and relation (default 40), `AT_ONCE=`
 * comparisons with the beat at once, `MONGODB_TEST_URL=` with `DURE_TEST_STORE=mongodb` for the other store.
 */
import { Agent, request } from 'node:http'
import type { Drawer } from '../../server/crypto/keyring.ts'
import { EmbeddedCollection } from '../../server/storage/embedded/embedded-collection.ts'
import { DENIAL_BEAT_MS } from '../../server/transport/denial-pace.ts'
import type { Route } from '../../server/transport/route.ts'
import { openRouteTown, type Relation, type RouteTown } from '../server/conferences/route-town.ts'
import { addressOf, askingOf, type Ids, missing, nameOf, namingRoutes } from '../server/naming-routes.ts'
import { thingsOf } from '../server/things-there.ts'

const PAIRS = Number(process.env.PAIRS ?? 40)
/** Comparisons beside each other, with the beat: nearly all of the time is waiting for it. */
const AT_ONCE = Number(process.env.AT_ONCE ?? 1)
const WHO: readonly Relation[] = ['otherAgency', 'recused']
/** Two-sided, one in a hundred over 220 comparisons (Bonferroni). */
const SURE_Z = 4.1

/** What is done for one request, whatever the processor does meanwhile. */
const work = { reads: 0, opened: 0 }
for (const method of ['findOne', 'find', 'countDocuments'] as const) {
  const own = EmbeddedCollection.prototype[method] as (...args: unknown[]) => unknown
  Object.defineProperty(EmbeddedCollection.prototype, method, {
    value(this: unknown, ...args: unknown[]) {
      work.reads += 1
      return own.apply(this, args)
    },
  })
}
function countOpenings(house: RouteTown): void {
  const { keyring } = house.dure.app
  const [drawer, seen] = [keyring.drawer, new WeakSet<Drawer>()]
  keyring.drawer = async name => {
    const found = await drawer(name)
    if (!seen.has(found)) {
      seen.add(found)
      const open = found.open
      found.open = (sealed, context) => {
        work.opened += 1
        return open(sealed, context)
      }
    }
    return found
  }
}

interface Asked {
  ms: number
  status: number
}

// Each line in its turn: one that was idle for seconds is closed by the server.
const agent = new Agent({ keepAlive: true, scheduling: 'fifo' })
/** From the first byte sent to the last received, on a line that is open. */
function ask(house: RouteTown, relation: Relation, route: Route, ids: Ids): Promise<Asked> {
  const { body, raw, headers: more } = askingOf(house, route, ids)
  const { hostname, port } = new URL(house.dure.url)
  const headers = {
    host: new URL(house.dure.origin).host,
    cookie: house.client(relation).cookie,
    ...(route.method !== 'GET' && { origin: house.dure.origin }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...more,
  }
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const sent = request(
      { hostname, port, agent, method: route.method, path: addressOf(route, ids), headers },
      answer => {
        answer.resume()
        answer.on('end', () => resolve({ ms: performance.now() - began, status: answer.statusCode ?? 0 }))
      },
    )
    sent.on('error', reject)
    sent.end(raw ?? (body === undefined ? undefined : JSON.stringify(body)))
  })
}

interface Compared {
  name: string
  relation: Relation
  there: number[]
  never: number[]
  reads: [number, number]
  opened: [number, number]
}

async function compare(
  house: RouteTown,
  route: Route,
  relation: Relation,
  pairs: number,
): Promise<Compared | undefined> {
  const things = await known(house)
  const compared: Compared = { name: nameOf(route), relation, there: [], never: [], reads: [0, 0], opened: [0, 0] }
  const first = await ask(house, relation, route, things.ids)
  if (first.status !== 404) return undefined
  for (let pair = 0; pair < pairs; pair++) {
    const others = missing(things, route)
    const nowhere = others[pair % others.length] ?? things.ids
    for (const isThere of Math.random() < 0.5 ? [true, false] : [false, true]) {
      const before = { ...work }
      const { ms } = await ask(house, relation, route, isThere ? things.ids : nowhere)
      compared[isThere ? 'there' : 'never'].push(ms)
      compared.reads[isThere ? 0 : 1] += (work.reads - before.reads) / pairs
      compared.opened[isThere ? 0 : 1] += (work.opened - before.opened) / pairs
    }
  }
  return compared
}

const towns = new WeakMap<RouteTown, ReturnType<typeof thingsOf>>()
const known = (house: RouteTown) => {
  const things = towns.get(house) ?? thingsOf(house)
  towns.set(house, things)
  return things
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const share = (values: readonly number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN

/** Mann–Whitney: how far from chance it is that one is larger than the other, in standard deviations. */
function zOf(some: readonly number[], others: readonly number[]): number {
  const all = [...some.map(ms => ({ ms, mine: true })), ...others.map(ms => ({ ms, mine: false }))]
  all.sort((a, b) => a.ms - b.ms)
  const ranks = all.reduce((sum, { mine }, at) => sum + (mine ? at + 1 : 0), 0)
  const [n, m] = [some.length, others.length]
  const u = ranks - (n * (n + 1)) / 2
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12)
}

async function run(beatMs: number, pairs: number): Promise<void> {
  const house = await openRouteTown({ parts: { denialBeatMs: beatMs } })
  countOpenings(house)
  const all: Compared[] = []
  const routes = namingRoutes(house)
  const left = WHO.flatMap(relation => routes.map(route => ({ relation, route })))
  const askAll = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const compared = await compare(house, next.route, next.relation, pairs)
      if (compared) all.push(compared)
    }
  }
  // What is read is counted for one question at a time.
  await Promise.all(Array.from({ length: beatMs === 0 ? 1 : AT_ONCE }, askAll))
  await house.dure.close()
  const rows = all.map(one => ({
    ...one,
    differ: (median(one.there) - median(one.never)) * 1000,
    z: zOf(one.there, one.never),
  }))
  rows.sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
  console.log(
    `\n## ${beatMs === 0 ? 'Without a beat' : `A beat of ${beatMs} ms`}: ${rows.length} comparisons of ${pairs} pairs\n`,
  )
  console.log(
    '| route | by | there, median ms | never, median ms | differ µs | z | reads there/never | opened there/never |',
  )
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |')
  for (const { name, relation, there, never, differ, z, reads, opened } of rows.slice(0, 12)) {
    const per = ([one, other]: [number, number]) => (beatMs === 0 ? `${one.toFixed(1)} / ${other.toFixed(1)}` : '')
    const cells = [name, relation, median(there).toFixed(2), median(never).toFixed(2), differ.toFixed(0), z.toFixed(1)]
    console.log(`| ${[...cells, per(reads), per(opened)].join(' | ')} |`)
  }
  const [there, never] = [rows.flatMap(row => row.there), rows.flatMap(row => row.never)]
  const differs = rows.map(row => Math.abs(row.differ))
  const told = rows.filter(row => Math.abs(row.z) > SURE_Z)
  const differ = Math.abs(median(there) - median(never))
  // Half of what lies between the quarters, as a normal spread: what a guess by one request has to overcome.
  const spread = (share(there, 0.75) - share(there, 0.25)) / 1.35
  const tries = Math.ceil(2 * ((2.8 * spread) / Math.max(differ, 0.000_1)) ** 2)
  if (beatMs === 0)
    console.log(`
- more is read for what is there in ${rows.filter(row => row.reads[0] > row.reads[1] + 0.5).length} of ${rows.length}, on average ${(rows.reduce((sum, { reads }) => sum + reads[0] - reads[1], 0) / rows.length).toFixed(1)} records and ${(rows.reduce((sum, { opened }) => sum + opened[0] - opened[1], 0) / rows.length).toFixed(1)} openings of sealed text`)
  console.log(`
- medians differ by ${median(differs).toFixed(0)} µs in the middle comparison, ${share(differs, 0.95).toFixed(0)} µs in the twentieth worst of a hundred, ${Math.max(...differs).toFixed(0)} µs at most
- told apart (|z| > ${SURE_Z}): ${told.length} of ${rows.length}${
    told.length > 0
      ? `: ${told
          .slice(0, 5)
          .map(row => `${row.name} by ${row.relation}`)
          .join('; ')}`
      : ''
  }
- all together: ${(differ * 1000).toFixed(0)} µs, z ${zOf(there, never).toFixed(1)}, spread ${spread.toFixed(2)} ms: some ${tries.toLocaleString('en')} requests of each kind to be right in four of five
- ${beatMs === 0 ? '' : `left at the first beat: ${((there.concat(never).filter(ms => ms < beatMs * 2).length / (there.length + never.length)) * 100).toFixed(1)} %; `}the 99th of a hundred takes ${share(there.concat(never), 0.99).toFixed(1)} ms`)
}

await run(0, PAIRS)
await run(DENIAL_BEAT_MS, PAIRS)
agent.destroy()
