/** Puts somebody beside, above or below a figure, or a relation between two: what, with whom, done. */
import { useState } from 'react'
import { RELATION_KINDS, UNION_KINDS } from '../../../shared/case-map/case-map-codes.ts'
import { type GenogramPerson, partnerIn } from '../../../shared/case-map/genogram.ts'
import { putMembers, putPerson, removePerson } from '../../../shared/documents/case-map-genogram.ts'
import { idFromBytes } from '../../../shared/ids.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/pickers.tsx'
import { useCaseWork } from '../case-work/case-work-context.ts'
import { randomBytes } from '../room/room-context.tsx'
import { useCaseMap } from './case-map-context.ts'
import { putRelationChoice, RELATION_CHOICES, type RelationChoice } from './relation-choices.ts'
import { useCaseMapTexts } from './use-case-map-texts.ts'

const NEW = 'new-person'

export function AddRelation({ person }: { person: GenogramPerson }) {
  const { t, language } = useCaseMapTexts()
  const { doc } = useCaseWork()
  const { genogram, household, layout, history, picking, pick, nameOf, open } = useCaseMap()
  const { family } = layout
  const [chosen, setChosen] = useState(RELATION_CHOICES[0]?.id ?? '')
  const [whom, setWhom] = useState(NEW)
  const [withUnion, setWithUnion] = useState<string | null>(null)
  const choice = RELATION_CHOICES.find(({ id }) => id === chosen)?.choice
  const unions = family.unionsOf(person.id)
  const hasParents = family.parentsOf(person.id).length > 0
  const free = household.filter(member => !genogram.people.some(({ id }) => id === member.id))
  const others = [
    { id: NEW, label: t('newPerson') },
    ...free.map(({ id, name }) => ({ id, label: name || t('unnamed') })),
    ...layout.reading.filter(id => id !== person.id).map(id => ({ id, label: nameOf(id) })),
  ]
  const labelOf = (each: RelationChoice): string => {
    switch (each.is) {
      case 'partner':
        return t('ties.partnerOf', { kind: UNION_KINDS[each.kind][language] })
      case 'child':
        return t(
          ({ birth: 'ties.childBirth', adopted: 'ties.childAdopted', foster: 'ties.childFoster' } as const)[each.kind],
        )
      case 'parent':
        return t(
          ({ birth: 'ties.parentBirth', adopted: 'ties.parentAdopted', foster: 'ties.parentFoster' } as const)[
            each.kind
          ],
        )
      case 'sibling':
        return t('ties.sibling')
      case 'relation':
        return t('ties.relationOf', { kind: RELATION_KINDS[each.kind][language] })
    }
  }
  const add = (otherId: string) => {
    if (choice === undefined) return
    pick(null)
    let added = ''
    history.attempt(() => {
      if (otherId === NEW) {
        added = idFromBytes<string>(randomBytes())
        putPerson(doc, added, { sex: choice.is === 'partner' ? otherSex(person) : 'unknown' })
      } else {
        putMembers(
          doc,
          free.filter(({ id }) => id === otherId),
        )
      }
      const done = putRelationChoice(doc, family, person, added || otherId, choice, withUnion ?? undefined)
      if (done === 'put') return t('done.tied', { name: nameOf(person.id) })
      if (added !== '') removePerson(doc, added)
      added = ''
      return t(done === 'circular' ? 'done.circular' : 'done.twoParents')
    })
    setWhom(NEW)
    if (added !== '') open(added)
  }
  return (
    <fieldset className="map-ties">
      <legend className="map-ties-title">{t('ties.add')}</legend>
      <div className="case-fields">
        <Select<string>
          label={t('ties.what')}
          value={chosen}
          options={RELATION_CHOICES.filter(({ choice: each }) => each.is !== 'sibling' || hasParents).map(each => ({
            id: each.id,
            label: labelOf(each.choice),
          }))}
          onChange={setChosen}
        />
        <Select<string> label={t('ties.whom')} value={whom} options={others} onChange={setWhom} />
        {choice?.is === 'child' && unions.length > 1 ? (
          <Select<string>
            label={t('ties.otherParent')}
            value={withUnion ?? unions[0]?.id ?? null}
            options={unions.map(union => {
              const partner = partnerIn(union, person.id)
              return {
                id: union.id,
                label: partner === '' ? t('ties.noOther', { name: nameOf(person.id) }) : nameOf(partner),
              }
            })}
            onChange={setWithUnion}
          />
        ) : null}
      </div>
      <div className="map-row">
        <Button size="small" onPress={() => add(whom)}>
          {t('ties.addNow')}
        </Button>
        {genogram.people.length > 1 ? (
          <button
            type="button"
            className="button button-text button-small"
            aria-pressed={picking !== null}
            onClick={() => pick(picking === null ? id => (id === person.id ? pick(null) : add(id)) : null)}
          >
            {t('ties.pick')}
          </button>
        ) : null}
      </div>
    </fieldset>
  )
}

/** The usual guess for a partner, to be set right where it is wrong. */
function otherSex({ sex }: GenogramPerson): 'male' | 'female' | 'unknown' {
  return sex === 'male' ? 'female' : sex === 'female' ? 'male' : 'unknown'
}
