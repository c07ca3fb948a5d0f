/** What a supervision keeps about a case item (슈퍼비전 기록). */
export const supervisionKo = {
  title: '슈퍼비전 기록',
  private: '비공개',
  readers: '이 기록을 보는 사람: {{names}}',
  alone: '지금은 {{names, i}} 혼자 봅니다. 슈퍼바이저가 이 회의의 참석자가 되면 함께 봅니다.',
  lead: '회의를 진행한다고 볼 수 있는 것은 아니며, 다른 기관은 볼 수 없습니다. 회의록과 발표 화면에 나오지 않습니다.',
  placeholder: '담당자와 슈퍼바이저가 나누는 이야기를 적습니다.',
  loading: '슈퍼비전 기록을 불러오는 중입니다.',
  withheld: '슈퍼비전 기록을 지금은 볼 수 없습니다.',
}
