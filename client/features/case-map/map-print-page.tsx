/** A drawing on one A4 sheet lying on its side, printed after saying what for (CF2). Its words may come on a second. */
import { useState } from 'react'
import { useParams } from 'react-router'
import { SYSTEM_KINDS } from '../../../shared/case-map/case-map-codes.ts'
import { type Description, describeEcoMap, describeGenogram, sentenceOf } from '../../../shared/case-map/describe.ts'
import { ecoDrawing, ecoLayout, systemPlaces } from '../../../shared/case-map/eco-drawing.ts'
import type { EcoSystem } from '../../../shared/case-map/eco-map.ts'
import { genogramDrawing } from '../../../shared/case-map/genogram-drawing.ts'
import { genogramLayout, placesOf } from '../../../shared/case-map/genogram-layout.ts'
import { isCode } from '../../../shared/codes.ts'
import { ecoMapOf } from '../../../shared/documents/case-map-eco.ts'
import { genogramOf } from '../../../shared/documents/case-map-genogram.ts'
import { householdFiguresOf } from '../../../shared/documents/case-map-household.ts'
import { type CaseId, parseId } from '../../../shared/ids.ts'
import { CASE_DRAWINGS, type CaseDrawing } from '../../../shared/protocol/case-forms.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { formatDay, seoulDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { NotFound } from '../../ui/states.tsx'
import { CasePrintFrame, NotForReaders, recordCasePrint } from '../case-work/case-print-frame.tsx'
import type { CaseDocument } from '../case-work/use-case-document.ts'
import { useCaseWorkTexts } from '../case-work/use-case-work-texts.ts'
import { RecordedPrint } from '../papers/print-gate.tsx'
import { EcoPicture } from './eco-canvas.tsx'
import { GenogramPicture } from './genogram-canvas.tsx'
import { fitting } from './map-canvas.tsx'
import { useCaseMapTexts } from './use-case-map-texts.ts'
import '../papers/papers.css'
import '../papers/sheets.css'
import './case-map.css'

export function MapPrintPage() {
  const params = useParams()
  const caseId = parseId<CaseId>(params.caseId)
  if (caseId === undefined || !isCode(CASE_DRAWINGS, params.drawing)) return <NotFound />
  return <OpenDrawing key={`${caseId} ${params.drawing}`} caseId={caseId} which={params.drawing} />
}

function OpenDrawing({ caseId, which }: { caseId: CaseId; which: CaseDrawing }) {
  const { t, language } = useCaseMapTexts()
  const { t: work } = useCaseWorkTexts()
  return (
    <CasePrintFrame
      caseId={caseId}
      title={t('printPage.title', { what: CASE_DRAWINGS[which][language] })}
      lead={t('printPage.lead')}
      back={{ to: `/cases/${caseId}/map`, words: t('printPage.back') }}
      waiting={work('opening')}
    >
      {(view, document) => <Sheet which={which} view={view} document={document} />}
    </CasePrintFrame>
  )
}

function Sheet({ which, view, document }: { which: CaseDrawing; view: CaseView; document: CaseDocument }) {
  const { t, language } = useCaseMapTexts()
  const { t: work } = useCaseWorkTexts()
  const api = useApi()
  const [hasWords, setHasWords] = useState(false)
  const what = CASE_DRAWINGS[which][language]
  const today = seoulDay(Date.now())
  const { picture, box, told } = useDrawing(which, document, today)
  if (document.state.mayWrite === false) return <NotForReaders />
  const { x, y, width, height } = fitting(box)
  return (
    <RecordedPrint
      record={(_how, purpose) =>
        recordCasePrint(api, view.caseId, {
          form: which,
          parts: hasWords ? ['picture', 'description'] : ['picture'],
          purpose,
        })
      }
      proposedPurpose={t('printPage.purposeProposed', { what })}
      waiting={document.state.mayWrite === null ? work('opening') : undefined}
      controls={
        <Checkbox isSelected={hasWords} onChange={setHasWords}>
          {t('printPage.withWords')}
        </Checkbox>
      }
    >
      <div className="map-paper">
        <div className="map-paper-head">
          <h2 className="map-paper-title">{what}</h2>
          <p>
            {view.label} · {view.number} · {t('printPage.day', { day: formatDay(today, language) })}
          </p>
        </div>
        <svg
          className="map-svg"
          role="img"
          aria-label={told.summary}
          viewBox={`${x} ${y} ${width} ${height}`}
          preserveAspectRatio="xMidYMid meet"
        >
          {picture}
        </svg>
        {hasWords ? (
          <div className="map-paper-words">
            <p>{told.summary}</p>
            <ol>
              {told.lines.map(line => (
                <li key={line.id}>{sentenceOf(line)}</li>
              ))}
            </ol>
          </div>
        ) : null}
      </div>
    </RecordedPrint>
  )
}

/** Read again whenever something of the document is another: the page is drawn then. */
function useDrawing(which: CaseDrawing, { state: { doc } }: CaseDocument, today: string) {
  const { t, language } = useCaseMapTexts()
  const genogram = genogramOf(doc, householdFiguresOf(doc))
  const layout = genogramLayout(genogram)
  const words = { today, unnamed: t('unnamed') }
  if (which === 'genogram') {
    const drawing = genogramDrawing(genogram, layout, placesOf(genogram, layout), words)
    const told: Description = describeGenogram(genogram, { language, today, layout })
    return { picture: <GenogramPicture drawing={drawing} />, box: drawing.box, told }
  }
  const home = layout.reading.flatMap(id => genogram.people.filter(person => person.id === id && person.isHome))
  const eco = ecoMapOf(doc, new Set(home.map(({ id }) => id)))
  const around = ecoLayout(eco, home)
  const kindOf = (system: EcoSystem) => SYSTEM_KINDS[system.kind][language]
  const drawing = ecoDrawing(eco, home, around, systemPlaces(eco, around), { ...words, kindOf })
  return {
    picture: <EcoPicture drawing={drawing} />,
    box: drawing.box,
    told: describeEcoMap(eco, home, { language, kindOf }),
  }
}
