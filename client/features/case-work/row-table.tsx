/**
 * Rows of a case's document as a table: what stands in each at a glance, and beneath the one that is opened the fields to write in. Everything by keyboard;
 * a row keeps the focus when it moves; who else looks at a row stands beside it.
 */
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { RecordList, Row } from '../../../shared/documents/case-parts/record-list.ts'
import type { PlainValue } from '../../../shared/documents/records.ts'
import { idFromBytes } from '../../../shared/ids.ts'
import { Button } from '../../ui/button.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { Section } from '../../ui/page.tsx'
import { randomBytes } from '../room/room-context.tsx'
import { useShared } from '../room/use-shared.ts'
import { useCaseWork } from './case-work-context.ts'
import { useCaseWorkTexts } from './use-case-work-texts.ts'

export interface Column<Entry> {
  title: string
  cell: (row: Entry) => ReactNode
  isNumber?: boolean
}

export interface RowTableProps<Entry extends Row, Values extends Readonly<Record<string, PlainValue>>> {
  list: RecordList<Entry, Values>
  title: string
  lead?: string
  /** The first names the row. */
  columns: readonly Column<Entry>[]
  nameOf: (row: Entry, number: number) => string
  /** The fields of the row that is opened. */
  editor: (row: Entry, set: (values: Partial<Values>) => void) => ReactNode
  words: { add: string; added: string; removed: string; empty: string; emptyReader: string }
  /** What a new row begins with. */
  fresh?: () => Partial<Values>
  /** Beneath the table, e.g. its sums. */
  footer?: ReactNode
}

export function RowTable<Entry extends Row, Values extends Readonly<Record<string, PlainValue>>>(
  props: RowTableProps<Entry, Values>,
) {
  const { list, title, lead, columns, nameOf, editor, words, fresh, footer } = props
  const { t } = useCaseWorkTexts()
  const { doc, mayWrite, undoable } = useCaseWork()
  const rows = useShared(doc, [list.root], list.of)
  const [openId, setOpenId] = useState<string | null>(null)
  const table = useRef<HTMLDivElement>(null)
  const foot = useRef<HTMLDivElement>(null)
  /** What takes the focus after the next drawing: a row's tool or its first field. */
  const next = useRef<{ id: string; tool: string } | null>(null)
  useEffect(() => {
    const wanted = next.current
    if (wanted === null) return
    next.current = null
    const place = table.current?.querySelector(`[data-row="${wanted.id}"] ${wanted.tool}`)
    if (place instanceof HTMLElement) place.focus()
  })

  const add = () => {
    const id = idFromBytes<string>(randomBytes())
    undoable.run(words.added, () => list.add(doc, id, fresh?.() ?? {}))
    setOpenId(id)
    next.current = { id, tool: '.row-editor :is(input, button, .rich-text)' }
  }
  const move = (row: Entry, by: -1 | 1) => {
    const at = rows.findIndex(one => one.id === row.id)
    const other = rows[at + by]
    if (other === undefined) return
    undoable.run(t('row.moved'), () => list.move(doc, row.id, by < 0 ? { before: other.id } : { after: other.id }))
    const tool = openId === row.id ? (by < 0 ? 'up' : 'down') : 'open'
    next.current = { id: row.id, tool: `[data-tool="${tool}"]` }
  }
  /** Alt and an arrow, wherever in the row one is but in a long text, where it moves the caret. */
  const moveByKey = (event: KeyboardEvent<HTMLElement>, row: Entry) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (by === 0 || !event.altKey || !mayWrite) return
    if (event.target instanceof Element && event.target.closest('.rich-text, [aria-haspopup]')) return
    event.preventDefault()
    move(row, by)
  }

  return (
    <Section title={title} {...(lead !== undefined && { lead })}>
      {rows.length === 0 ? (
        <p className="part-empty">{mayWrite ? words.empty : words.emptyReader}</p>
      ) : (
        <div className="table-scroll case-table" ref={table}>
          <table className="table row-table">
            <caption className="visually-hidden">{title}</caption>
            <thead>
              <tr>
                {columns.map(column => (
                  <th scope="col" key={column.title}>
                    {column.title}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('row.tools')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => {
                const isOpen = row.id === openId
                const name = nameOf(row, at + 1)
                return (
                  <Fragment key={row.id}>
                    <tr
                      data-row={row.id}
                      className={isOpen ? 'is-open' : undefined}
                      onKeyDown={event => moveByKey(event, row)}
                    >
                      {columns.map((column, index) =>
                        index === 0 ? (
                          <th scope="row" key={column.title}>
                            {column.cell(row)}
                            <WhoLooks row={row.id} />
                          </th>
                        ) : (
                          <td key={column.title} className={column.isNumber ? 'number' : undefined}>
                            {column.cell(row)}
                          </td>
                        ),
                      )}
                      <td className="row-tool">
                        <Tool
                          tool="open"
                          label={t(isOpen ? 'row.closeOf' : mayWrite ? 'row.editOf' : 'row.openOf', { name })}
                          isOpen={isOpen}
                          onPress={() => setOpenId(isOpen ? null : row.id)}
                        >
                          {t(isOpen ? 'row.close' : mayWrite ? 'row.edit' : 'row.open')}
                        </Tool>
                      </td>
                    </tr>
                    {isOpen ? (
                      <tr data-row={row.id} className="row-editor-line" onKeyDown={event => moveByKey(event, row)}>
                        <td colSpan={columns.length + 1}>
                          <Editor row={row.id} name={name}>
                            {editor(row, values => undoable.run(t('row.changed'), () => list.set(doc, row.id, values)))}
                            {mayWrite ? (
                              <RowTools
                                name={name}
                                isFirst={at === 0}
                                isLast={at === rows.length - 1}
                                onMove={by => move(row, by)}
                                onRemove={() => {
                                  undoable.run(words.removed, () => list.remove(doc, row.id))
                                  foot.current?.querySelector('button')?.focus()
                                }}
                              />
                            ) : null}
                          </Editor>
                        </td>
                      </tr>
                    ) : null}
                  </Fragment>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      {mayWrite ? (
        <div ref={foot}>
          <Button look="tertiary" size="small" onPress={add}>
            <PlusIcon size={18} />
            {words.add}
          </Button>
        </div>
      ) : null}
      {footer}
    </Section>
  )
}

interface RowToolsProps {
  name: string
  isFirst: boolean
  isLast: boolean
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

function RowTools({ name, isFirst, isLast, onMove, onRemove }: RowToolsProps) {
  const { t } = useCaseWorkTexts()
  return (
    <div className="case-row-tools">
      <Tool tool="up" label={t('row.upOf', { name })} isOff={isFirst} onPress={() => onMove(-1)}>
        ↑ {t('row.up')}
      </Tool>
      <Tool tool="down" label={t('row.downOf', { name })} isOff={isLast} onPress={() => onMove(1)}>
        ↓ {t('row.down')}
      </Tool>
      <Tool tool="remove" label={t('row.removeOf', { name })} onPress={onRemove}>
        {t('row.remove')}
      </Tool>
    </div>
  )
}

/** Kept pressable at the ends of a list, so that moving a row to the top does not drop the focus. */
function Tool(props: {
  tool: string
  label: string
  isOff?: boolean
  isOpen?: boolean
  onPress: () => void
  children: ReactNode
}) {
  const { tool, label, isOff = false, isOpen, onPress, children } = props
  return (
    <button
      type="button"
      className="button button-text button-small"
      data-tool={tool}
      aria-label={label}
      aria-disabled={isOff}
      aria-expanded={isOpen}
      aria-keyshortcuts={tool === 'up' ? 'Alt+ArrowUp' : tool === 'down' ? 'Alt+ArrowDown' : undefined}
      onClick={isOff ? undefined : onPress}
    >
      {children}
    </button>
  )
}

/** Others see in which row I am. */
function Editor({ row, name, children }: { row: string; name: string; children: ReactNode }) {
  const { setPlace } = useCaseWork()
  const place = `row:${row}`
  return (
    <fieldset
      className="row-editor"
      aria-label={name}
      onFocus={event => {
        // A long text says where it is by itself.
        if (!event.target.classList.contains('rich-text')) setPlace(place)
      }}
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget)) setPlace(null)
      }}
    >
      {children}
    </fieldset>
  )
}

function WhoLooks({ row }: { row: string }) {
  const { t } = useCaseWorkTexts()
  const { others } = useCaseWork()
  const place = `row:${row}`
  const names = others
    .filter(one => one.fields.some(field => field === place || field.startsWith(`${place}:`)))
    .map(one => one.name)
  return names.length === 0 ? null : (
    <span className="row-looked-at">{t('here.inRow', { names: names.join(', ') })}</span>
  )
}
