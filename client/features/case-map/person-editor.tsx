/** The fields of one figure: who it is, where it stands, to whom it belongs. */
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { FIGURE_FORMS, FIGURE_LIVES, FIGURE_SEXES } from '../../../shared/case-map/case-map-codes.ts'
import type { GenogramPerson } from '../../../shared/case-map/genogram.ts'
import { MAX_FIGURE_NAME, MAX_MAP_NOTE } from '../../../shared/documents/case-map.ts'
import {
  linkToMember,
  movePerson,
  type PersonFields,
  removePerson,
  setIndexPerson,
  setPersonFields,
  setPersonOffset,
} from '../../../shared/documents/case-map-genogram.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { Select } from '../../ui/pickers.tsx'
import { useCaseWork } from '../case-work/case-work-context.ts'
import { AddRelation } from './add-relation.tsx'
import { useCaseMap } from './case-map-context.ts'
import { CodeSelect, MapText, YearField } from './map-fields.tsx'
import { MapPlace } from './map-place.tsx'
import { PersonTies } from './person-ties.tsx'
import { useCaseMapTexts } from './use-case-map-texts.ts'

export function PersonEditor({ id, isNew }: { id: string; isNew: boolean }) {
  const { genogram } = useCaseMap()
  const { mayWrite } = useCaseWork()
  const person = genogram.people.find(each => each.id === id)
  const fields = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Whoever was just put wants a name.
    if (isNew) fields.current?.querySelector('input')?.focus()
  }, [isNew])
  if (person === undefined) return null
  return (
    <div ref={fields} className="stack">
      <PersonFacts person={person} />
      <PersonTies person={person} />
      {mayWrite ? (
        <>
          <AddRelation person={person} />
          <PersonPlace person={person} />
        </>
      ) : null}
    </div>
  )
}

function PersonFacts({ person }: { person: GenogramPerson }) {
  const { t } = useCaseMapTexts()
  const { doc, mayWrite, caseId } = useCaseWork()
  const { history, nameOf } = useCaseMap()
  const set = (fields: PersonFields) =>
    history.run(t('done.changed', { name: nameOf(person.id) }), () => setPersonFields(doc, person.id, fields))
  const isPerson = person.form === 'person'
  return (
    <div className="case-fields">
      {person.isMember ? (
        <p className="case-field-wide quiet small">
          {t('person.member')} <Link to={`/cases/${caseId}/household`}>{t('person.toHousehold')}</Link>
        </p>
      ) : (
        <>
          <MapText
            label={t('person.name')}
            value={person.name}
            most={MAX_FIGURE_NAME}
            placeholder={t('person.nameExample')}
            onCommit={name => set({ name })}
          />
          <CodeSelect
            label={t('person.form')}
            table={FIGURE_FORMS}
            value={person.form}
            onCommit={form => set({ form })}
          />
        </>
      )}
      {/* Where the household does not say, the figure may. */}
      {person.isMember && person.sex !== 'unknown' ? null : (
        <CodeSelect label={t('person.sex')} table={FIGURE_SEXES} value={person.sex} onCommit={sex => set({ sex })} />
      )}
      {isPerson && !(person.isMember && person.birth !== '') ? (
        <YearField
          label={t('person.born')}
          value={person.birth === '' ? null : Number(person.birth.slice(0, 4))}
          onCommit={born => set({ born })}
        />
      ) : null}
      {isPerson ? (
        <CodeSelect
          label={t('person.life')}
          table={FIGURE_LIVES}
          value={person.life}
          onCommit={life => set({ life })}
        />
      ) : null}
      {person.life === 'deceased' ? (
        <YearField label={t('person.died')} value={person.died} onCommit={died => set({ died })} />
      ) : null}
      <MapText
        label={t('person.note')}
        value={person.note}
        most={MAX_MAP_NOTE}
        placeholder={t('person.noteExample')}
        onCommit={note => set({ note })}
      />
      <div className="case-field-wide map-row">
        {person.isMember || !isPerson ? null : (
          <Checkbox
            isSelected={person.isHome}
            isDisabled={!mayWrite}
            onChange={home => set({ home: home ? 'yes' : '' })}
          >
            {t('person.home')}
          </Checkbox>
        )}
        {person.isIndex ? (
          <span className="quiet">{t('person.isIndex')}</span>
        ) : mayWrite && isPerson ? (
          <Button
            look="tertiary"
            size="small"
            onPress={() =>
              history.run(t('done.changed', { name: nameOf(person.id) }), () => setIndexPerson(doc, person.id))
            }
          >
            {t('person.index')}
          </Button>
        ) : null}
        {mayWrite && !person.isMember && isPerson ? <LinkMember person={person} /> : null}
      </div>
    </div>
  )
}

/** A figure that was drawn before the household was written down. */
function LinkMember({ person }: { person: GenogramPerson }) {
  const { t } = useCaseMapTexts()
  const { doc } = useCaseWork()
  const { household, genogram, history, open } = useCaseMap()
  const [memberId, setMemberId] = useState<string | null>(null)
  const free = household.filter(member => !genogram.people.some(({ id }) => id === member.id))
  if (free.length === 0) return null
  return (
    <span className="map-row">
      <Select<string>
        label={t('person.isMemberOf')}
        placeholder={t('person.chooseMember')}
        width="medium"
        value={memberId}
        options={free.map(member => ({ id: member.id, label: member.name || t('unnamed') }))}
        onChange={setMemberId}
      />
      <Button
        look="tertiary"
        size="small"
        isDisabled={memberId === null}
        onPress={() => {
          if (memberId === null) return
          history.run(t('done.changed', { name: person.name }), () => linkToMember(doc, person.id, memberId))
          open(memberId)
        }}
      >
        {t('person.link')}
      </Button>
    </span>
  )
}

function PersonPlace({ person }: { person: GenogramPerson }) {
  const { t } = useCaseMapTexts()
  const { doc } = useCaseWork()
  const { layout, history, nameOf, open } = useCaseMap()
  const name = nameOf(person.id)
  const siblings = layout.family.parentsOf(person.id).flatMap(({ unionId }) => layout.family.childrenOf(unionId))
  const at = siblings.findIndex(({ childId }) => childId === person.id)
  const beside = (by: -1 | 1) => siblings[at + by]?.childId
  return (
    <div className="map-row">
      <MapPlace
        offset={person.offset}
        onMove={offset => history.run(t('done.moved', { name }), () => setPersonOffset(doc, person.id, offset))}
      />
      {/* Where a year is known it decides. */}
      {siblings.length > 1 && person.birth === '' ? (
        <>
          <Button
            look="text"
            size="small"
            isDisabled={beside(-1) === undefined}
            onPress={() =>
              history.run(t('done.moved', { name }), () => movePerson(doc, person.id, { before: beside(-1) ?? '' }))
            }
          >
            {t('person.earlier')}
          </Button>
          <Button
            look="text"
            size="small"
            isDisabled={beside(1) === undefined}
            onPress={() =>
              history.run(t('done.moved', { name }), () => movePerson(doc, person.id, { after: beside(1) ?? '' }))
            }
          >
            {t('person.later')}
          </Button>
        </>
      ) : null}
      <Button
        look="text"
        size="small"
        onPress={() => {
          open(null)
          history.run(t('done.personRemoved', { name }), () => removePerson(doc, person.id))
        }}
      >
        {t('person.remove', { name })}
      </Button>
    </div>
  )
}
