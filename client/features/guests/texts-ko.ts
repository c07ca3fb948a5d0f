/** The words of guests: who invites them, the door, the lobby, the end. */
export const guestsKo = {
  chip: '손님',
  section: '손님',
  lead: '두레 계정이 없는 기관의 한 분을 이 회의에만 초대합니다. 링크를 보내고, 코드는 전화로 읽어 드리면 됩니다.',
  invite: '손님 초대',
  none: '초대한 손님이 없습니다.',
  loadFailed: '손님 목록을 불러오지 못했습니다.',
  state: {
    invited: '초대함 · 아직 들어오지 않음',
    waiting: '대기실에서 기다림',
    admitted: '들어오도록 허락함',
  },
  until: '{{time}}까지',
  opens: '열람 안건 {{count}}건',
  actions: {
    of: '{{name}} 손님',
    items: '열람 안건',
    code: '새 코드',
    takeBack: '초대 취소',
  },
  dialog: {
    title: '손님 초대',
    agency: '기관',
    agencyPlaceholder: '기관 이름 검색',
    agencyMissing: '기관을 골라 주세요.',
    unlisted: '명단에 없는 기관',
    unlistedHelp: '이름만 명단에 올립니다. 그 기관 사람의 계정은 생기지 않습니다.',
    agencyName: '기관 이름',
    shortName: '짧은 이름 (8자까지)',
    type: '기관 종류',
    name: '이름',
    titleField: '직위 (선택)',
    titleExample: '예: 학교사회복지사',
    role: '자격',
    items: '열어 줄 안건',
    itemsHelp: '체크한 안건만 볼 수 있습니다.',
    noItems: '열어 줄 수 있는 안건이 없습니다. 안건을 먼저 올려 주세요.',
    newlyOpen: '이 기관에 새로 열립니다',
    when: '들어올 수 있는 시간',
    date: '날짜',
    from: '부터',
    until: '까지',
    whenMissing: '날짜와 시각을 확인해 주세요.',
    submit: '초대 만들기',
  },
  itemsDialog: {
    title: '{{name}} 손님이 볼 안건',
    save: '저장',
    saved: '열람 안건을 바꾸었습니다',
  },
  restrictedItem: '열람 제한 안건',
  generalItem: '일반 안건',
  shown: {
    title: '초대를 만들었습니다',
    once: '링크와 코드는 지금 한 번만 보입니다. 닫으면 다시 볼 수 없고, 코드는 새로 만들 수 있습니다.',
    codeTitle: '전화로 읽어 줄 코드',
    codeHelp: '링크와 함께 보내지 마세요. 손님에게 전화해 읽어 주세요. 다섯 번 틀리면 초대가 취소됩니다.',
    letterTitle: '보낼 글',
    copy: '보낼 글 복사',
    print: '보낼 글 인쇄',
    close: '닫기',
    codeOnlyTitle: '새 코드',
    codeOnly: '{{name}} 손님은 전에 받은 링크를 다시 열고 이 코드를 넣으면 됩니다. 먼저 열어 둔 화면은 닫혔습니다.',
  },
  letter: `{{name}}님께

{{host}}에서 여는 회의에 모십니다.

일시: {{when}}
들어오실 수 있는 시간: {{from}} ~ {{until}}
들어오는 주소:
{{link}}

위 주소를 PC나 태블릿에서 열고, 저희가 전화로 읽어 드리는 여섯 자리 코드를 넣어 주세요. 코드를 넣으면 대기실에서 잠시 기다리시다가 회의실로 모십니다.
이 주소는 {{name}}님만 쓰실 수 있습니다. 다른 분께 보내지 말아 주세요.`,
  takeBack: {
    title: '{{name}} 손님의 초대를 취소할까요?',
    body: '링크와 코드는 바로 쓸 수 없게 되고, 열어 둔 화면은 닫힙니다. 이미 쓴 글과 참석 기록은 회의에 남습니다.',
    action: '초대 취소',
    done: '초대를 취소했습니다',
  },
  lobby: {
    title: '대기실',
    waits: '{{agency}} {{name}} 님이 기다립니다',
    admit: '들이기',
    admitted: '{{name}} 님을 들였습니다',
    refuse: '거절',
    refuseTitle: '{{name}} 님을 돌려보낼까요?',
    refuseBody: '초대가 취소되어 이 링크로는 다시 들어올 수 없습니다. 잘못 눌렀으면 새로 초대해야 합니다.',
    refused: '돌려보냈습니다',
  },
  door: {
    title: '회의에 들어가기',
    from: '{{host}}에서 초대했습니다.',
    code: '코드 여섯 자리',
    codeHelp: '초대한 기관이 전화로 읽어 드립니다.',
    codeMissing: '숫자 여섯 자리를 넣어 주세요.',
    wrong:
      '코드가 맞지 않거나 이미 쓴 코드입니다. 다섯 번 틀리면 초대가 취소됩니다. 초대한 기관에 전화해 확인해 주세요.',
    submit: '들어가기',
    later: '아직 들어올 수 있는 시간이 아닙니다. {{from}}부터 들어올 수 있습니다. 그때 이 주소를 다시 열어 주세요.',
    until: '{{until}}까지 쓸 수 있는 초대입니다.',
    damaged: '주소가 온전하지 않습니다',
    damagedBody: '받으신 글에서 주소를 처음부터 끝까지 복사해 다시 열어 주세요.',
    over: '이 초대는 더 쓸 수 없습니다',
    overBody: '회의가 끝났거나, 시간이 지났거나, 초대가 취소되었습니다. 초대한 기관에 전화해 확인해 주세요.',
  },
  waiting: {
    title: '대기실',
    body: '코드가 확인되었습니다. {{host}}의 진행자가 곧 회의실로 모십니다. 이 화면을 그대로 두고 기다려 주세요.',
    lost: '연결이 고르지 않습니다. 그대로 두시면 다시 이어집니다.',
    leave: '그만두기',
  },
  leave: {
    button: '나가기',
    title: '회의에서 나갈까요?',
    body: '나가면 이 화면이 닫힙니다. 다시 들어오려면 초대한 기관에 전화해 새 코드를 받아야 합니다.',
    action: '나가기',
  },
  end: {
    title: '회의 화면을 닫았습니다',
    body: '함께해 주셔서 고맙습니다. 이 PC에는 회의 내용이 남아 있지 않습니다. 이 창은 닫으셔도 됩니다.',
    again: '회의가 아직 진행 중이라면 초대한 기관에 전화해 새 코드를 받고, 받으신 주소를 다시 열어 주세요.',
  },
} as const
