/** An agency's figures. */
export const figuresKo = {
  title: '우리 기관의 한 해',
  lead: '{{agency}} · 그림과 표는 같은 숫자입니다. 각 표 아래에 무엇을 어떻게 세었는지 적었습니다.',
  agency: '기관',
  year: '연도',
  yearOf: '{{year}}년',
  audience: '누가 볼 자료인가요',
  outsideNote: '1~4인 수는 가리고, 합계로도 알 수 없게 다른 수도 함께 가렸습니다. 수가 아주 적은 표는 모두 가립니다.',
  take: 'CSV로 받기',
  takeLabel: '{{title}} CSV로 받기',
  print: '인쇄',
  hidden: '비공개',
  what: '구분',
  quarter: '{{n}}분기',
  month: '{{n}}월',
  definition: '세는 법',
  failed: '파일을 받지 못했습니다',
} as const
