/** The fields of one system around the household, and of its ties. */
import { useState } from 'react'
import { SYSTEM_KINDS, TIE_FLOWS, TIE_STRENGTHS } from '../../../shared/case-map/case-map-codes.ts'
import { MAX_MAP_NOTE, MAX_SYSTEM_NAME } from '../../../shared/documents/case-map.ts'
import {
  moveSystem,
  putTie,
  removeSystem,
  removeTie,
  type SystemFields,
  setSystemFields,
  setSystemOffset,
  setTieFields,
  type TieFields,
} from '../../../shared/documents/case-map-eco.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/pickers.tsx'
import { useCaseWork } from '../case-work/case-work-context.ts'
import { useCaseMap } from './case-map-context.ts'
import { CodeSelect, MapText } from './map-fields.tsx'
import { MapPlace } from './map-place.tsx'
import { Tie } from './person-ties.tsx'
import { useCaseMapTexts } from './use-case-map-texts.ts'

export function SystemEditor({ id }: { id: string }) {
  const { t, language } = useCaseMapTexts()
  const { doc, mayWrite } = useCaseWork()
  const { eco, home, history, nameOf, open } = useCaseMap()
  const system = eco.systems.find(each => each.id === id)
  if (system === undefined) return null
  const name = system.name || SYSTEM_KINDS[system.kind][language]
  const ties = eco.ties.filter(({ systemId }) => systemId === id)
  const whomOf = (personId: string) => (personId === '' ? t('system.household') : nameOf(personId))
  const free = ['', ...home.map(person => person.id)].filter(each => !ties.some(({ personId }) => personId === each))
  const set = (fields: SystemFields) => history.run(t('done.changed', { name }), () => setSystemFields(doc, id, fields))
  const setTie = (tieId: string, fields: TieFields) =>
    history.run(t('done.changed', { name }), () => setTieFields(doc, tieId, fields))
  const at = eco.systems.indexOf(system)
  return (
    <div className="stack">
      <div className="case-fields">
        <MapText
          label={t('system.name')}
          value={system.name}
          most={MAX_SYSTEM_NAME}
          placeholder={t('system.nameExample')}
          onCommit={text => set({ name: text })}
        />
        <CodeSelect
          label={t('system.kind')}
          table={SYSTEM_KINDS}
          value={system.kind}
          onCommit={kind => set({ kind })}
        />
        <MapText
          label={t('system.note')}
          value={system.note}
          most={MAX_MAP_NOTE}
          placeholder={t('system.noteExample')}
          onCommit={note => set({ note })}
        />
      </div>
      <fieldset className="map-ties">
        <legend className="map-ties-title">{t('system.ties')}</legend>
        {ties.map(tie => (
          <Tie
            key={tie.id}
            title={t('system.tie', { whom: whomOf(tie.personId) })}
            removeLabel={t('system.removeTie', { whom: whomOf(tie.personId) })}
            onRemove={() => history.run(t('done.untied', { name }), () => removeTie(doc, tie.id))}
          >
            <CodeSelect
              label={t('system.strength')}
              table={TIE_STRENGTHS}
              value={tie.strength}
              onCommit={strength => setTie(tie.id, { strength })}
            />
            <CodeSelect
              label={t('system.flow')}
              table={TIE_FLOWS}
              value={tie.flow}
              onCommit={flow => setTie(tie.id, { flow })}
            />
            <MapText
              label={t('system.tieNote')}
              value={tie.note}
              most={MAX_MAP_NOTE}
              onCommit={note => setTie(tie.id, { note })}
            />
          </Tie>
        ))}
        {mayWrite && free.length > 0 ? (
          <AddTie
            options={free.map(each => ({ id: each, label: whomOf(each) }))}
            onAdd={personId => history.run(t('done.tied', { name }), () => putTie(doc, id, personId, {}))}
          />
        ) : null}
      </fieldset>
      {mayWrite ? (
        <div className="map-row">
          <MapPlace
            offset={system.offset}
            onMove={offset => history.run(t('done.moved', { name }), () => setSystemOffset(doc, id, offset))}
          />
          {at > 0 ? (
            <Button
              look="text"
              size="small"
              onPress={() =>
                history.run(t('done.moved', { name }), () =>
                  moveSystem(doc, id, { before: eco.systems[at - 1]?.id ?? '' }),
                )
              }
            >
              {t('system.earlier')}
            </Button>
          ) : null}
          <Button
            look="text"
            size="small"
            onPress={() => {
              open(null)
              history.run(t('done.systemRemoved', { name }), () => removeSystem(doc, id))
            }}
          >
            {t('system.remove', { name })}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

/** The whole household has no id: a list wants one. */
const WHOLE = 'whole-household'

function AddTie({
  options,
  onAdd,
}: {
  options: readonly { id: string; label: string }[]
  onAdd: (personId: string) => void
}) {
  const { t } = useCaseMapTexts()
  const [whom, setWhom] = useState<string | null>(null)
  const shown = options.map(({ id, label }) => ({ id: id || WHOLE, label }))
  const chosen = shown.some(({ id }) => id === whom) ? whom : (shown[0]?.id ?? null)
  return (
    <div className="map-row">
      <Select<string> label={t('system.whom')} width="medium" value={chosen} options={shown} onChange={setWhom} />
      <Button size="small" onPress={() => onAdd(chosen === null || chosen === WHOLE ? '' : chosen)}>
        {t('system.addTie')}
      </Button>
    </div>
  )
}
