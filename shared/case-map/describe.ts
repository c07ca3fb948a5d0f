/**
 * Genogram and eco-map in words, for whoever does not see them and for paper: one line for each person or system, in the order in which the drawing
 * is read, naming every line that is drawn there. What the drawing shows, the words say, and nothing else (GM11 of CASE-MAP.md).
 */
import { DESCRIBE_WORDS, type DescribeWords, type MapLanguage } from './describe-words.ts'
import type { EcoMap, EcoSystem } from './eco-map.ts'
import { twinsOf } from './family.ts'
import { ageAt, yearsOf } from './figures.ts'
import {
  type Genogram,
  type GenogramChild,
  type GenogramPerson,
  type GenogramUnion,
  partnerIn,
  partnersOf,
} from './genogram.ts'
import { type GenogramLayout, genogramLayout } from './genogram-layout.ts'

export interface DescribedLine {
  id: string
  /** Name and facts: `김○○(67세, 여, 중심 인물)`. */
  head: string
  /** What ties it to others, a phrase each. */
  phrases: readonly string[]
}

export interface Description {
  /** One sentence with the counts. */
  summary: string
  lines: readonly DescribedLine[]
}

export interface DescribeOptions {
  language: MapLanguage
  /** `YYYY-MM-DD` in Korea, for ages. */
  today: string
  /** When it is reckoned already. */
  layout?: GenogramLayout
}

export function describeGenogram(genogram: Genogram, options: DescribeOptions): Description {
  const words = DESCRIBE_WORDS[options.language]
  const { family, reading } = options.layout ?? genogramLayout(genogram)
  if (genogram.people.length === 0) return { summary: words.noFamily, lines: [] }
  const named = (id: string) => nameOf(family.person(id), words)
  const withFacts = (id: string): string => {
    const person = family.person(id)
    return person ? `${nameOf(person, words)}${bracketed(shortFacts(person))}` : words.unnamed
  }
  const people = reading.map(id => family.person(id)).filter(person => person !== undefined)
  return {
    summary: words.familySummary({
      people: people.length,
      home: people.filter(({ isHome }) => isHome).length,
      relations: genogram.relations.length,
    }),
    lines: people.map(person => ({ id: person.id, head: headOf(person), phrases: phrasesOf(person) })),
  }

  function headOf(person: GenogramPerson): string {
    const { form } = person
    const facts = form === 'person' ? shortFacts(person) : [words.form[form], ...sexOf(person)]
    if (person.isIndex) facts.push(words.index)
    if (person.isHome) facts.push(words.home)
    return `${nameOf(person, words)}${bracketed(facts)}`
  }

  function shortFacts(person: GenogramPerson): string[] {
    if (person.form !== 'person') return [words.form[person.form]]
    const age = ageAt(person, options.today)
    const facts = age === undefined || person.life === 'deceased' ? [] : [words.age(age)]
    if (facts.length === 0 && person.life === 'living' && person.birth !== '') facts.push(person.birth.slice(0, 4))
    if (person.life === 'deceased') facts.push(words.dead(yearsOf(person)))
    if (person.life === 'unknown') facts.push(words.lifeUnknown)
    return [...facts, ...sexOf(person)]
  }

  function sexOf({ sex, form }: GenogramPerson): string[] {
    if (sex === 'unknown') return form === 'person' ? [words.sexUnknown] : []
    return [words[sex]]
  }

  function phrasesOf(person: GenogramPerson): string[] {
    return [
      ...family.unionsOf(person.id).flatMap(union => unionPhrases(union, person)),
      ...family.parentsOf(person.id).flatMap(child => parentPhrases(child)),
      ...genogram.relations
        .filter(({ a, b }) => a === person.id || b === person.id)
        .map(({ a, b, kind, note }) => {
          const label = kind === 'violence' && b === person.id ? words.violenceFrom : words.relation[kind]
          return `${label}: ${named(a === person.id ? b : a)}${note === '' ? '' : ` (${note})`}`
        }),
      ...(person.note === '' ? [] : [`${words.note}: ${person.note}`]),
    ]
  }

  function unionPhrases(union: GenogramUnion, person: GenogramPerson): string[] {
    const partner = partnerIn(union, person.id)
    const years = [
      ...(union.since === null ? [] : [words.since(union.since)]),
      ...(union.until === null ? [] : [words.until(union.until)]),
    ]
    const phrases = partner === '' ? [] : [`${words.partner[union.kind]} ${withFacts(partner)}${bracketed(years)}`]
    const children = family.childrenOf(union.id)
    return [
      ...phrases,
      ...childPhrase(words.sons, children, person => person.form === 'person' && person.sex === 'male'),
      ...childPhrase(words.daughters, children, person => person.form === 'person' && person.sex === 'female'),
      ...childPhrase(
        words.children,
        children,
        person => person.form === 'person' && !['male', 'female'].includes(person.sex),
      ),
      ...childPhrase(
        () => words.expected,
        children,
        person => person.form !== 'person',
      ),
    ]
  }

  function childPhrase(
    label: (count: number) => string,
    children: readonly GenogramChild[],
    isOfThese: (person: GenogramPerson) => boolean,
  ): string[] {
    const these = children.filter(({ childId }) => {
      const person = family.person(childId)
      return person !== undefined && isOfThese(person)
    })
    if (these.length === 0) return []
    const each = these.map(({ childId, kind }) => {
      const person = family.person(childId)
      const facts = person ? shortFacts(person).filter(fact => fact !== words.male && fact !== words.female) : []
      return `${named(childId)}${bracketed(kind === 'birth' ? facts : [words[kind], ...facts])}`
    })
    return [`${label(these.length)}: ${each.join(words.and)}`]
  }

  function parentPhrases(child: GenogramChild): string[] {
    const union = family.union(child.unionId)
    if (union === undefined) return []
    const label = { birth: words.parents, adopted: words.adoptiveParents, foster: words.fosterParents }[child.kind]
    const siblings = family.childrenOf(child.unionId)
    const twins = twinsOf(child, siblings).map(twin => {
      const isIdentical = [child, twin].some(each => each.twinOf !== '' && each.twins === 'identical')
      return `${isIdentical ? words.identicalTwin : words.fraternalTwin}: ${named(twin.childId)}`
    })
    return [`${label}: ${partnersOf(union).map(named).join(words.and)}`, ...twins]
  }
}

export function describeEcoMap(
  ecoMap: EcoMap,
  household: readonly GenogramPerson[],
  options: { language: MapLanguage; kindOf: (system: EcoSystem) => string },
): Description {
  const words = DESCRIBE_WORDS[options.language]
  if (ecoMap.systems.length === 0) return { summary: words.noEco, lines: [] }
  const names = new Map(household.map(person => [person.id, nameOf(person, words)]))
  return {
    summary: words.ecoSummary({ home: household.length, systems: ecoMap.systems.length, ties: ecoMap.ties.length }),
    lines: ecoMap.systems.map(system => {
      const ties = ecoMap.ties.filter(({ systemId }) => systemId === system.id)
      const phrases = ties.map(({ personId, strength, flow, note }) => {
        const said = [
          words.tie[strength],
          ...(flow === 'none' ? [] : [words.flow[flow]]),
          ...(note === '' ? [] : [note]),
        ]
        return `${names.get(personId) ?? words.household}: ${said.join(words.and)}`
      })
      const kind = options.kindOf(system)
      return {
        id: system.id,
        head: system.name === '' ? kind : `${system.name}(${kind})`,
        phrases: [
          ...(phrases.length === 0 ? [words.noTie] : phrases),
          ...(system.note === '' ? [] : [`${words.note}: ${system.note}`]),
        ],
      }
    }),
  }
}

/** A line as one sentence, for a list or for paper. */
export function sentenceOf({ head, phrases }: DescribedLine): string {
  return phrases.length === 0 ? head : `${head} – ${phrases.join('; ')}`
}

export function nameOf(person: GenogramPerson | undefined, words: DescribeWords): string {
  if (person === undefined) return words.unnamed
  if (person.name !== '') return person.name
  return person.form === 'person' ? words.unnamed : words.form[person.form]
}

const bracketed = (facts: readonly string[]): string => (facts.length === 0 ? '' : `(${facts.join(', ')})`)
