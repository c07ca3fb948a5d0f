/** Words of the quorum and of votes. */
export const decidingKo = {
  quorum: {
    title: '정족수',
    agencies: '참석 확인 {{of}}개 기관 중 {{here}} · 필요 {{needed}}',
    people: '참석 확인 {{of}}명 중 {{here}} · 필요 {{needed}}',
    met: '충족',
    below: '미달',
    ofItem: '이 안건 기준',
    ofMeeting: '회의 전체 기준',
    belowWords: '이대로는 결정사항을 확인할 수 없습니다. 이유를 적고 계속하거나 안건을 보류하세요.',
    fixedWords: '정족수에 못 미쳐 결정할 수 없습니다. 이야기만 나누거나 안건을 보류하세요.',
    goOn: '이유 적고 계속',
    defer: '이 안건 보류',
    dialog: '정족수 미달 상태로 계속',
    reason: '계속하는 이유',
    reasonHint: '이 안건의 기록에 남습니다.',
    reasonNeeded: '이유를 적어 주세요.',
    goneOn: '미달({{here}}/{{needed}}) 상태로 계속 · {{by}}: “{{reason}}”',
    done: '이유를 남기고 계속합니다.',
  },
}
