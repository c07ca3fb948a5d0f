/** 욕구조사표 (DOMAIN §5.4), its fields in its order. */
import {
  HOUSING_TENURES,
  HOUSING_TYPES,
  LIVING,
  MEMBER_RELATIONS,
  MONEY_KINDS,
  NEED_LEVELS,
  SEXES,
  SUPPORT_KINDS,
} from '../../../../shared/documents/case-parts/case-part-codes.ts'
import { moneySums } from '../../../../shared/documents/case-parts/supports-and-money.ts'
import { dayWords } from '../plan-words.ts'
import {
  type FormData,
  memberName,
  needsByDomain,
  personName,
  providerWords,
  serviceWords,
  stageWords,
  won,
} from './form-data.ts'
import type { SheetPart } from './sheet.ts'

export function needsAssessmentParts(data: FormData): SheetPart[] {
  const { view, snapshot, writer, today, language, codes, t, has } = data
  const { facts, texts } = snapshot
  const sums = moneySums(snapshot.money)
  return [
    {
      part: 'head',
      title: '',
      blocks: [
        {
          kind: 'facts',
          facts: [
            { label: t('caseNumber'), value: view.number },
            { label: t('name'), value: personName(data) },
            { label: t('writer'), value: [writer.name, writer.agency].filter(Boolean).join(' · ') },
            { label: t('surveyDay'), value: dayWords(today, language) },
          ],
        },
      ],
    },
    {
      part: 'home',
      title: t('housing'),
      blocks: [
        {
          kind: 'facts',
          facts: [
            { label: t('housingType'), value: facts.housingType ? HOUSING_TYPES[facts.housingType][language] : '' },
            { label: t('tenure'), value: facts.housingTenure ? HOUSING_TENURES[facts.housingTenure][language] : '' },
            { label: t('deposit'), value: won(facts.deposit, language) },
            { label: t('rent'), value: won(facts.monthlyRent, language) },
          ],
        },
        { kind: 'text', title: t('housingState'), value: texts.housing.words, lines: 2 },
      ],
    },
    {
      part: 'members',
      title: t('family'),
      blocks: [
        {
          kind: 'table',
          columns: [
            t('relation'),
            t('name'),
            t('sex'),
            t('birth'),
            t('lifeStage'),
            t('living'),
            t('disability'),
            t('jobOrSchool'),
          ],
          rows: snapshot.members.map(member => [
            member.relation ? MEMBER_RELATIONS[member.relation][language] : '',
            member.name,
            member.sex ? SEXES[member.sex][language] : '',
            member.birth,
            stageWords(data, member.birth),
            member.living ? LIVING[member.living][language] : '',
            has('disability') && member.disability ? codes.label('disability', member.disability) : '',
            [member.school, member.job].filter(Boolean).join(' · '),
          ]),
          blank: Math.max(0, 3 - snapshot.members.length),
        },
      ],
    },
    {
      part: 'money',
      title: t('parts.money'),
      blocks: [
        {
          kind: 'table',
          columns: [t('moneyKind'), t('amount'), t('member'), t('note')],
          rows: snapshot.money.map(line => [
            line.kind ? MONEY_KINDS[line.kind][language] : '',
            won(line.amount, language),
            memberName(data, line.memberId),
            line.note,
          ]),
          blank: 0,
        },
        {
          kind: 'facts',
          facts: [
            { label: t('income'), value: won(sums.income, language) },
            { label: t('spending'), value: won(sums.spending, language) },
            { label: t('debt'), value: won(sums.debt, language) },
          ],
        },
      ],
    },
    {
      part: 'history',
      title: t('parts.history'),
      blocks: [
        { kind: 'text', title: t('familyHistory'), value: texts.familyHistory.words, lines: 4 },
        { kind: 'text', title: t('personalHistory'), value: texts.personalHistory.words, lines: 4 },
      ],
    },
    {
      part: 'needs',
      title: t('needsByDomain'),
      blocks: [
        {
          kind: 'table',
          columns: [t('domain'), t('phenomenon'), t('whoseNeed'), t('mainCause'), t('level'), t('priority')],
          rows: needsByDomain(data).map(({ need, priority }) => [
            [
              need.domain ? codes.label('need_domain', need.domain) : '',
              need.subdomain ? codes.label('need_subdomain', need.subdomain) : '',
            ]
              .filter(Boolean)
              .join(' / '),
            need.phenomenon.words,
            memberName(data, need.memberId),
            need.cause.words,
            need.level === null ? '' : NEED_LEVELS[need.level][language],
            String(priority),
          ]),
          blank: Math.max(0, 3 - snapshot.needs.length),
        },
      ],
    },
    {
      part: 'supports',
      title: t('parts.supports'),
      blocks: [
        {
          kind: 'table',
          columns: [t('name'), t('supportKind'), t('member'), t('supportHelp'), t('phone')],
          rows: snapshot.supports.map(support => [
            support.name,
            support.kind ? SUPPORT_KINDS[support.kind][language] : '',
            memberName(data, support.memberId),
            support.help,
            has('contact') ? support.contact : '',
          ]),
          blank: Math.max(0, 2 - snapshot.supports.length),
        },
      ],
    },
    {
      part: 'plan',
      title: t('servicesAsked'),
      blocks: [
        {
          kind: 'table',
          columns: [t('service'), t('member'), t('provider')],
          rows: snapshot.plan.map(row => [
            serviceWords(data, row),
            memberName(data, row.memberId),
            providerWords(data, row),
          ]),
          blank: Math.max(0, 2 - snapshot.plan.length),
        },
        {
          kind: 'table',
          title: t('mainNeeds'),
          columns: [t('priority'), t('needName'), t('needContent')],
          rows: snapshot.needs.map((need, at) => [
            String(at + 1),
            need.domain ? codes.label('need_domain', need.domain) : '',
            need.wanted.words || need.phenomenon.words,
          ]),
          blank: Math.max(0, 2 - snapshot.needs.length),
        },
      ],
    },
    {
      part: 'strengths',
      title: t('parts.strengths'),
      blocks: [
        { kind: 'text', title: t('strengths'), value: texts.strengths.words, lines: 3 },
        { kind: 'text', title: t('obstacles'), value: texts.obstacles.words, lines: 3 },
      ],
    },
    {
      part: 'opinion',
      title: t('parts.opinion'),
      blocks: [
        { kind: 'text', title: t('clientView'), value: texts.clientView.words, lines: 3 },
        { kind: 'text', title: t('opinion'), value: texts.opinion.words, lines: 5 },
      ],
    },
  ]
}
