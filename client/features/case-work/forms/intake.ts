/** 초기상담지 (DOMAIN §5.3), its fields in its order. */
import {
  HOUSING_TENURES,
  HOUSING_TYPES,
  LIVING,
  MEMBER_RELATIONS,
  SEXES,
} from '../../../../shared/documents/case-parts/case-part-codes.ts'
import { formatDateTime } from '../../../lib/format.ts'
import { type FormData, memberName, personName, personOf, routeWords, stageWords } from './form-data.ts'
import type { SheetPart } from './sheet.ts'

/** The record has one field for both, as people write them in one breath; the sheet has two. */
export function teamAndPhone(words: string): { team: string; phone: string } {
  const phone = /\(?0\d{1,2}[)\s.-]*\d{3,4}[\s.-]?\d{4}|1\d{3}-\d{4}/.exec(words)?.[0] ?? ''
  if (phone === '') return { team: words, phone }
  const team = words.replace(phone, '').replace(/[\s,·/:()☎]+$|^[\s,·/:()☎]+/g, '')
  return { team, phone }
}

export function intakeParts(data: FormData): SheetPart[] {
  const { view, snapshot, writer, interview, language, codes, t, has } = data
  const held = interview?.content
  const desk = teamAndPhone(held?.team ?? '')
  const person = personOf(data)
  const { facts } = snapshot
  const phones = [...new Set([facts.phone, facts.otherPhone, held?.phone ?? ''])].filter(Boolean).join(', ')
  return [
    {
      part: 'head',
      title: '',
      blocks: [
        {
          kind: 'facts',
          facts: [
            { label: t('counselNumber'), value: view.number },
            { label: t('counselDay'), value: held ? formatDateTime(held.at, language) : '' },
            { label: t('sessionNumber'), value: held ? String(held.session) : '' },
            { label: t('writer'), value: interview?.by ?? writer.name },
            { label: t('team'), value: desk.team || (interview?.agency ?? writer.agency) },
            { label: t('teamPhone'), value: desk.phone },
            { label: t('route'), value: routeWords(data) },
            { label: t('method'), value: held ? codes.label('contact_method', held.method) : '' },
          ],
        },
      ],
    },
    {
      part: 'person',
      title: t('parts.person'),
      blocks: [
        {
          kind: 'facts',
          facts: [
            { label: t('name'), value: personName(data) },
            // The form has it, and the law does not let us know it (LR-17): left to nobody.
            { label: t('residentNumber'), value: '' },
            { label: t('birth'), value: person?.birth ?? '' },
            { label: t('sex'), value: person?.sex ? SEXES[person.sex][language] : '' },
            { label: t('phones'), value: has('contact') ? phones : '', isWide: true },
          ],
        },
      ],
    },
    {
      part: 'contact',
      title: t('parts.contact'),
      blocks: [
        {
          kind: 'facts',
          facts: [
            { label: t('address'), value: facts.address, isWide: true },
            { label: t('livesAt'), value: facts.livesAt || facts.address, isWide: true },
          ],
        },
      ],
    },
    {
      part: 'home',
      title: t('parts.home'),
      blocks: [
        {
          kind: 'facts',
          facts: [
            {
              label: t('householdType'),
              value: snapshot.householdTypes.map(code => codes.label('household_type', code)).join(', '),
            },
            {
              label: t('livelihood'),
              value: snapshot.livelihood.map(code => codes.label('livelihood_class', code)).join(', '),
            },
            { label: t('housingType'), value: facts.housingType ? HOUSING_TYPES[facts.housingType][language] : '' },
            { label: t('tenure'), value: facts.housingTenure ? HOUSING_TENURES[facts.housingTenure][language] : '' },
          ],
        },
      ],
    },
    {
      part: 'members',
      title: t('familyTable'),
      blocks: [
        {
          kind: 'table',
          columns: [t('relation'), t('name'), t('birth'), t('living'), t('disability'), t('school'), t('job')],
          rows: snapshot.members.map(member => [
            member.relation ? MEMBER_RELATIONS[member.relation][language] : '',
            member.name,
            member.birth,
            member.living ? LIVING[member.living][language] : '',
            has('disability') && member.disability ? codes.label('disability', member.disability) : '',
            member.school,
            member.job,
          ]),
          blank: Math.max(0, 3 - snapshot.members.length),
        },
      ],
    },
    {
      part: 'needs',
      title: t('needsTable'),
      blocks: [
        {
          kind: 'table',
          columns: [t('member'), t('lifeStage'), t('problem'), t('cause'), t('wanted'), t('priority'), t('phone')],
          rows: snapshot.needs.map((need, at) => {
            const whose = snapshot.members.find(member => member.id === need.memberId)
            const domain = need.domain ? codes.label('need_domain', need.domain) : ''
            return [
              memberName(data, need.memberId),
              whose ? stageWords(data, whose.birth) : '',
              [domain, need.phenomenon.words].filter(Boolean).join(': '),
              need.cause.words,
              need.wanted.words,
              String(at + 1),
              has('contact') ? (whose?.phone ?? '') : '',
            ]
          }),
          blank: Math.max(0, 3 - snapshot.needs.length),
        },
      ],
    },
    {
      part: 'counselling',
      title: '',
      blocks: [
        {
          kind: 'text',
          title: t('counselling'),
          value: held ? [held.text, held.wish].filter(Boolean).join('\n') : snapshot.texts.summary.words,
          lines: 8,
        },
      ],
    },
  ]
}
