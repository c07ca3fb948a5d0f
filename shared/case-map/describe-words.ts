/** The words in which maps are told, in both languages; `describe.ts` puts them together. */
import type { RelationKind, TieFlow, TieStrength, UnionKind } from './case-map-codes.ts'

export type MapLanguage = 'ko' | 'en'

export interface DescribeWords {
  unnamed: string
  male: string
  female: string
  other: string
  sexUnknown: string
  age(years: number): string
  /** In the brackets behind a name. */
  dead(years: string): string
  lifeUnknown: string
  index: string
  home: string
  form: { pregnancy: string; miscarriage: string; abortion: string; stillbirth: string }
  partner: Record<UnionKind, string>
  since(year: number): string
  until(year: number): string
  sons(count: number): string
  daughters(count: number): string
  children(count: number): string
  expected: string
  adopted: string
  foster: string
  parents: string
  adoptiveParents: string
  fosterParents: string
  identicalTwin: string
  fraternalTwin: string
  relation: Record<RelationKind, string>
  /** Violence as the one who suffers it tells. */
  violenceFrom: string
  note: string
  and: string
  familySummary(counts: { people: number; home: number; relations: number }): string
  ecoSummary(counts: { home: number; systems: number; ties: number }): string
  noFamily: string
  noEco: string
  household: string
  tie: Record<TieStrength, string>
  flow: Record<Exclude<TieFlow, 'none'>, string>
  noTie: string
}

export const DESCRIBE_WORDS: Record<MapLanguage, DescribeWords> = {
  ko: {
    unnamed: '이름 모름',
    male: '남',
    female: '여',
    other: '그 밖의 성별',
    sexUnknown: '성별 모름',
    age: years => `${years}세`,
    dead: years => (years === '' ? '사망' : `${years} 사망`),
    lifeUnknown: '생사 모름',
    index: '중심 인물',
    home: '함께 삶',
    form: { pregnancy: '임신 중', miscarriage: '유산', abortion: '임신중절', stillbirth: '사산' },
    partner: {
      married: '배우자',
      cohabiting: '동거인',
      engaged: '약혼·교제 상대',
      separated: '별거 중인 배우자',
      divorced: '이혼한 배우자',
      parents_only: '함께 아이를 둔 사람',
    },
    since: year => `${year}년부터`,
    until: year => `${year}년까지`,
    sons: count => `아들 ${count}명`,
    daughters: count => `딸 ${count}명`,
    children: count => `자녀 ${count}명`,
    expected: '태어나지 않은 아이',
    adopted: '입양',
    foster: '위탁',
    parents: '부모',
    adoptiveParents: '입양 부모',
    fosterParents: '위탁 부모',
    identicalTwin: '일란성 쌍둥이',
    fraternalTwin: '이란성 쌍둥이',
    relation: {
      close: '친밀함',
      very_close: '매우 친밀함(밀착)',
      distant: '소원함',
      conflict: '갈등',
      close_conflict: '밀착되어 있으면서 갈등',
      cut_off: '단절',
      violence: '폭력을 가함',
    },
    violenceFrom: '폭력을 당함',
    note: '메모',
    and: ', ',
    familySummary: ({ people, home, relations }) =>
      `가계도: 인물 ${people}명, 함께 사는 사람 ${home}명, 관계선 ${relations}개`,
    ecoSummary: ({ home, systems, ties }) =>
      `생태도: 함께 사는 사람 ${home}명, 외부체계 ${systems}곳, 이어진 선 ${ties}개`,
    noFamily: '가계도: 아직 인물이 없습니다',
    noEco: '생태도: 아직 외부체계가 없습니다',
    household: '가구 전체',
    tie: {
      strong: '강한 관계',
      ordinary: '보통 관계',
      weak: '약한 관계',
      stressed: '갈등·부담이 있는 관계',
      broken: '끊어진 관계',
    },
    flow: { to_household: '도움이 가구 쪽으로 옴', from_household: '힘이 가구에서 밖으로 나감', both: '서로 주고받음' },
    noTie: '이어진 선 없음',
  },
  en: {
    unnamed: 'name not known',
    male: 'male',
    female: 'female',
    other: 'another sex',
    sexUnknown: 'sex not known',
    age: years => `${years}`,
    dead: years => (years === '' ? 'deceased' : `deceased, ${years}`),
    lifeUnknown: 'not known whether alive',
    index: 'index person',
    home: 'lives in the household',
    form: { pregnancy: 'pregnancy', miscarriage: 'miscarriage', abortion: 'abortion', stillbirth: 'stillbirth' },
    partner: {
      married: 'Spouse',
      cohabiting: 'Lives with',
      engaged: 'Engaged to or dating',
      separated: 'Separated from',
      divorced: 'Divorced from',
      parents_only: 'Has a child with',
    },
    since: year => `since ${year}`,
    until: year => `until ${year}`,
    sons: count => (count === 1 ? '1 son' : `${count} sons`),
    daughters: count => (count === 1 ? '1 daughter' : `${count} daughters`),
    children: count => (count === 1 ? '1 child' : `${count} children`),
    expected: 'Not born',
    adopted: 'adopted',
    foster: 'foster',
    parents: 'Parents',
    adoptiveParents: 'Adoptive parents',
    fosterParents: 'Foster parents',
    identicalTwin: 'Identical twin',
    fraternalTwin: 'Fraternal twin',
    relation: {
      close: 'Close to',
      very_close: 'Very close to (fused)',
      distant: 'Distant from',
      conflict: 'In conflict with',
      close_conflict: 'Close to and in conflict with',
      cut_off: 'Cut off from',
      violence: 'Violent towards',
    },
    violenceFrom: 'Suffers violence from',
    note: 'Note',
    and: ', ',
    familySummary: ({ people, home, relations }) =>
      `Genogram: ${people} people, ${home} living together, ${relations} relation lines`,
    ecoSummary: ({ home, systems, ties }) => `Eco-map: ${home} living together, ${systems} systems, ${ties} ties`,
    noFamily: 'Genogram: nobody on it yet',
    noEco: 'Eco-map: nothing around the household yet',
    household: 'the whole household',
    tie: {
      strong: 'strong tie',
      ordinary: 'ordinary tie',
      weak: 'weak tie',
      stressed: 'stressed tie',
      broken: 'broken tie',
    },
    flow: {
      to_household: 'help comes to the household',
      from_household: 'energy goes out of the household',
      both: 'both give and take',
    },
    noTie: 'no tie drawn',
  },
}
