/** Everything that joins a figure to others, each with its fields and the way to take it out. */
import type { ReactNode } from 'react'
import { CHILD_KINDS, TWIN_KINDS, UNION_KINDS } from '../../../shared/case-map/case-map-codes.ts'
import { DESCRIBE_WORDS } from '../../../shared/case-map/describe-words.ts'
import {
  type GenogramChild,
  type GenogramPerson,
  type GenogramUnion,
  partnerIn,
  partnersOf,
} from '../../../shared/case-map/genogram.ts'
import { MAX_MAP_NOTE } from '../../../shared/documents/case-map.ts'
import {
  removeChild,
  removeRelation,
  removeUnion,
  setChildFields,
  setRelationNote,
  setUnionFields,
  type UnionFields,
} from '../../../shared/documents/case-map-genogram.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/pickers.tsx'
import { useCaseWork } from '../case-work/case-work-context.ts'
import { useCaseMap } from './case-map-context.ts'
import { CodeSelect, MapText, YearField } from './map-fields.tsx'
import { useCaseMapTexts } from './use-case-map-texts.ts'

export function PersonTies({ person }: { person: GenogramPerson }) {
  const { t, language } = useCaseMapTexts()
  const { doc } = useCaseWork()
  const { genogram, layout, history, nameOf } = useCaseMap()
  const { family } = layout
  const unions = family.unionsOf(person.id)
  const parents = family.parentsOf(person.id)
  const relations = genogram.relations.filter(({ a, b }) => a === person.id || b === person.id)
  const name = nameOf(person.id)
  const words = DESCRIBE_WORDS[language]
  return (
    <fieldset className="map-ties">
      <legend className="map-ties-title">{t('ties.title')}</legend>
      {unions.length + parents.length + relations.length === 0 ? <p className="quiet small">{t('ties.none')}</p> : null}
      {unions.map(union => (
        <UnionFieldsOf key={union.id} union={union} person={person} />
      ))}
      {parents.map(child => (
        <ParentsFields key={child.id} child={child} />
      ))}
      {relations.map(({ id, a, b, kind, note }) => {
        const other = nameOf(a === person.id ? b : a)
        const label = kind === 'violence' ? t('ties.violenceFrom', { name: nameOf(a) }) : words.relation[kind]
        return (
          <Tie
            key={id}
            title={`${t('ties.relation', { name: other })} · ${label}`}
            removeLabel={t('ties.remove', { name: other })}
            onRemove={() => history.run(t('done.untied', { name }), () => removeRelation(doc, id))}
          >
            <MapText
              label={t('ties.note')}
              value={note}
              most={MAX_MAP_NOTE}
              onCommit={text => history.run(t('done.changed', { name }), () => setRelationNote(doc, id, text))}
            />
          </Tie>
        )
      })}
    </fieldset>
  )
}

function UnionFieldsOf({ union, person }: { union: GenogramUnion; person: GenogramPerson }) {
  const { t } = useCaseMapTexts()
  const { doc } = useCaseWork()
  const { layout, history, nameOf } = useCaseMap()
  const partner = partnerIn(union, person.id)
  const name = nameOf(person.id)
  const set = (fields: UnionFields) =>
    history.run(t('done.changed', { name }), () => setUnionFields(doc, union.id, fields))
  const title = partner === '' ? t('ties.alone') : t('ties.partner', { name: nameOf(partner) })
  return (
    <>
      <Tie
        title={title}
        removeLabel={t('ties.remove', { name: partner === '' ? title : nameOf(partner) })}
        onRemove={() => history.run(t('done.untied', { name }), () => removeUnion(doc, union.id))}
      >
        {partner === '' ? null : (
          <>
            <CodeSelect
              label={t('ties.kind')}
              table={UNION_KINDS}
              value={union.kind}
              onCommit={kind => set({ kind })}
            />
            <YearField label={t('ties.since')} value={union.since} onCommit={since => set({ since })} />
            <YearField label={t('ties.until')} value={union.until} onCommit={until => set({ until })} />
          </>
        )}
      </Tie>
      {layout.family.childrenOf(union.id).map(({ id, childId, kind }) => (
        <Tie
          key={id}
          title={t('ties.child', { name: nameOf(childId) })}
          removeLabel={t('ties.remove', { name: nameOf(childId) })}
          onRemove={() => history.run(t('done.untied', { name }), () => removeChild(doc, id))}
        >
          <CodeSelect
            label={t('ties.kind')}
            table={CHILD_KINDS}
            value={kind}
            onCommit={next => history.run(t('done.changed', { name }), () => setChildFields(doc, id, { kind: next }))}
          />
        </Tie>
      ))}
    </>
  )
}

const NO_TWIN = 'no-twin'

function ParentsFields({ child }: { child: GenogramChild }) {
  const { t } = useCaseMapTexts()
  const { doc, mayWrite } = useCaseWork()
  const { layout, history, nameOf } = useCaseMap()
  const union = layout.family.union(child.unionId)
  const name = nameOf(child.childId)
  const names = union ? partnersOf(union).map(nameOf).join(', ') : ''
  const siblings = layout.family.childrenOf(child.unionId).filter(({ childId }) => childId !== child.childId)
  const set = (fields: Parameters<typeof setChildFields>[2]) =>
    history.run(t('done.changed', { name }), () => setChildFields(doc, child.id, fields))
  return (
    <Tie
      title={t('ties.parents', { names })}
      removeLabel={t('ties.remove', { name: names })}
      onRemove={() => history.run(t('done.untied', { name }), () => removeChild(doc, child.id))}
    >
      <CodeSelect label={t('ties.kind')} table={CHILD_KINDS} value={child.kind} onCommit={kind => set({ kind })} />
      {siblings.length === 0 ? null : (
        <div className="case-field">
          <Select<string>
            label={t('ties.twinOf')}
            isDisabled={!mayWrite}
            value={child.twinOf === '' ? NO_TWIN : child.twinOf}
            options={[
              { id: NO_TWIN, label: t('ties.notTwin') },
              ...siblings.map(({ childId }) => ({ id: childId, label: nameOf(childId) })),
            ]}
            onChange={next => set({ twinOf: next === NO_TWIN ? '' : next })}
          />
        </div>
      )}
      {child.twinOf === '' ? null : (
        <CodeSelect label={t('ties.twins')} table={TWIN_KINDS} value={child.twins} onCommit={twins => set({ twins })} />
      )}
    </Tie>
  )
}

export function Tie({
  title,
  removeLabel,
  onRemove,
  children,
}: {
  title: string
  removeLabel: string
  onRemove: () => void
  children: ReactNode
}) {
  const { mayWrite } = useCaseWork()
  return (
    <fieldset className="map-tie">
      <legend>{title}</legend>
      <div className="case-fields">{children}</div>
      {mayWrite ? (
        <Button look="text" size="small" onPress={onRemove}>
          {removeLabel}
        </Button>
      ) : null}
    </fieldset>
  )
}
