/**
 * One entry per reason of `shared/protocol/refusals.ts`, and `unreachable` for no server at all: what happened (title), what is safe and what
 * to do (body). A test holds that none is missing.
 */
export const errorsKo = {
  'not-signed-in': {
    title: '로그인이 끝났습니다',
    body: '화면에 쓰신 글은 그대로 있습니다. 다시 로그인하면 이어서 할 수 있습니다.',
  },
  'session-locked': {
    title: '자리를 비운 사이 화면을 가렸습니다',
    body: '쓰신 글은 그대로 있습니다. 비밀번호를 입력하면 이어서 할 수 있습니다.',
  },
  'wrong-credentials': {
    title: '아이디 또는 비밀번호가 맞지 않습니다',
    body: '한/영 키와 Caps Lock을 확인하고 다시 입력해 주세요. 잊으셨다면 우리 기관 관리자가 비밀번호를 다시 만들어 줄 수 있습니다.',
  },
  'account-locked': {
    title: '여러 번 틀려서 계정이 잠시 잠겼습니다',
    body: '잠시 뒤(보통 15분) 다시 시도해 주세요. 급하면 우리 기관 관리자에게 비밀번호를 다시 만들어 달라고 하시면 바로 들어올 수 있습니다.',
  },
  'second-factor-required': {
    title: '2단계 인증이 필요합니다',
    body: '화면에 쓰신 글은 그대로 있습니다. 인증 앱의 코드를 입력하거나 2단계 인증을 설정하면 이어서 할 수 있습니다.',
  },
  'password-change-required': {
    title: '비밀번호를 먼저 바꿔 주세요',
    body: '받으신 임시 비밀번호로는 다른 화면을 열 수 없습니다. 새 비밀번호를 정하면 이어서 할 수 있습니다.',
  },
  'wrong-origin': {
    title: '정해진 주소에서 보낸 요청이 아닙니다',
    body: '아무것도 바뀌지 않았습니다. 관리자가 알려 준 주소로 다시 들어와 주세요.',
  },
  'insecure-address': {
    title: '보호되지 않는 주소라 받지 않았습니다',
    body: '아무것도 바뀌지 않았습니다. https로 시작하는 주소로 들어와 주세요.',
  },
  'not-found': {
    title: '찾는 내용이 없거나 볼 수 없습니다',
    body: '지워졌거나 열람 대상이 아닐 수 있습니다. 참석자라면 회의를 연 기관에 확인해 주세요.',
  },
  'not-allowed': {
    title: '이 일을 할 권한이 없습니다',
    body: '아무것도 바뀌지 않았습니다. 진행자나 우리 기관 관리자에게 부탁해 주세요.',
  },
  'bad-request': {
    title: '입력한 내용을 받을 수 없습니다',
    body: '아무것도 바뀌지 않았습니다. 표시된 칸을 확인하고 다시 저장해 주세요.',
  },
  'bad-content-type': {
    title: '입력한 내용을 받을 수 없습니다',
    body: '아무것도 바뀌지 않았습니다. 화면을 새로 불러온 뒤 다시 해 주세요.',
  },
  'bad-message': {
    title: '보낸 내용을 서버가 알아보지 못했습니다',
    body: '쓰신 글은 이 PC에 있습니다. 화면을 새로 불러온 뒤 다시 해 주세요.',
  },
  conflict: {
    title: '그 사이 다른 사람이 먼저 바꿨습니다',
    body: '방금 하신 것은 저장되지 않았습니다. 바뀐 내용을 불러와 확인한 뒤 다시 저장해 주세요. 입력하신 글은 그대로 둡니다.',
  },
  'update-refused': {
    title: '쓰신 내용이 회의실에 들어가지 못했습니다',
    body: '다른 분들의 내용은 그대로입니다. 새로 불러온 뒤, 따로 보관해 둔 글을 다시 붙여 주세요.',
  },
  'read-only': {
    title: '지금은 읽기만 할 수 있습니다',
    body: '쓰신 글은 회의실에 들어가지 않았습니다. 필요하면 복사해 두세요.',
  },
  sealed: {
    title: '확정되어 더는 고칠 수 없습니다',
    body: '확정된 내용은 그대로 보관되어 있습니다. 고칠 것이 있으면 진행자에게 알려 주세요.',
  },
  'too-large': {
    title: '한 번에 보내기에는 너무 깁니다',
    body: '저장되지 않았습니다. 글을 나누거나 줄여서 다시 해 주세요.',
  },
  'too-fast': {
    title: '잠깐 사이에 너무 많은 요청이 왔습니다',
    body: '저장된 내용은 그대로 있습니다. 1분쯤 뒤에 다시 해 주세요.',
  },
  'too-many-connections': {
    title: '열어 둔 창이 너무 많습니다',
    body: '저장된 내용은 그대로 있습니다. 쓰지 않는 두레 창을 닫고 다시 불러와 주세요.',
  },
  'client-too-old': {
    title: '두레가 새로 바뀌었습니다',
    body: '화면을 새로 불러오면 새 판으로 열립니다. 쓰던 글은 먼저 복사해 두세요.',
  },
  'server-restarting': {
    title: '서버를 다시 시작하고 있습니다',
    body: '저장된 내용은 그대로 있습니다. 곧 다시 연결됩니다.',
  },
  'store-unavailable': {
    title: '지금은 저장할 수 없습니다',
    body: '화면의 글은 그대로 있습니다. 창을 닫지 말고 기다려 주세요. 계속되면 관리자에게 알려 주세요.',
  },
  'slow-reader': {
    title: '연결이 느려 잠시 끊었습니다',
    body: '저장된 내용은 그대로 있습니다. 곧 다시 연결됩니다.',
  },
  internal: {
    title: '서버에서 문제가 생겼습니다',
    body: '저장된 내용은 그대로 있습니다. 잠시 뒤 다시 해 보고, 계속되면 관리자에게 알려 주세요.',
  },
  unreachable: {
    title: '서버에 연결할 수 없습니다',
    body: '화면의 글은 그대로 있습니다. 인터넷 연결을 확인하고 다시 해 주세요.',
  },
  /** What exactly was refused, where the server says so: stands in place of the body. */
  details: {
    'password-too-short': '새 비밀번호가 짧습니다. 10자 이상으로 정해 주세요.',
    'password-too-common': '남들이 먼저 넣어 보는 비밀번호입니다. 관련 없는 낱말 네댓 개를 이어 보세요.',
    'password-is-login': '아이디와 같은 비밀번호는 쓸 수 없습니다.',
    'password-unchanged': '지금 비밀번호와 같습니다. 다른 것으로 정해 주세요.',
    'second-factor-on': '2단계 인증이 이미 켜져 있습니다.',
    'own-second-factor':
      '본인의 2단계 인증은 계정 메뉴에서 비밀번호와 코드로 끕니다. 휴대전화가 없으면 다른 관리자나 운영자에게 부탁해 주세요.',
    'one-lead-agency': '주관기관은 한 곳이어야 합니다.',
    'worker-outside-case': '담당자는 이 사례의 기관 사람이어야 합니다. 기관을 먼저 추가해 주세요.',
    'no-lead-worker': '주관기관의 담당자가 한 사람 이상 있어야 합니다.',
    'same-person': '같은 사람에게는 넘길 수 없습니다.',
    'lead-agency-not-invited': '이 사례의 주관기관이 참석 기관에 없습니다. 먼저 초대하고 저장해 주세요.',
    'agency-not-invited': '참석 기관이 아닌 기관에는 열람을 줄 수 없습니다. 먼저 초대하고 저장해 주세요.',
    'general-item-open-to-all': '일반 안건은 참석자 모두가 봅니다. 열람을 좁히려면 사례 안건으로 올려 주세요.',
    'recused-not-participant': '참석자가 아닌 사람은 제척할 수 없습니다.',
    'one-leader': '진행자는 한 사람이어야 합니다.',
    'one-minute-taker': '기록자는 한 사람까지입니다.',
    'observer-only': '소속 기관에서 참관인인 사람은 참관인으로만 참석할 수 있습니다.',
    'needs-leader': '진행자를 먼저 정해 주세요.',
    'not-a-draft': '작성 중인 회의만 삭제할 수 있습니다.',
    'item-has-content': '이미 내용이 적힌 안건이라 뺄 수 없습니다. 회의실에서 보류로 결정해 주세요.',
    'item-has-actions': '조치사항이 있는 안건이 있어 삭제할 수 없습니다.',
    'conference-closed': '마친 회의는 바꿀 수 없습니다.',
    'nothing-to-read': '읽을 결정이나 조치사항이 없습니다. 먼저 적어 주세요.',
    'too-long-to-read': '한 번에 읽기에는 너무 깁니다. 결정과 조치사항을 줄이거나 안건을 나누어 주세요.',
    'nobody-to-ask': '이 안건을 함께 볼 기관 가운데 참석이 확인된 곳이 없습니다. 참석을 먼저 확인해 주세요.',
    'read-back-over': '이미 끝난 확인입니다. 다른 의견은 진행자에게 다시 확인을 부탁해 남길 수 있습니다.',
    'read-back-changed': '보신 내용과 지금 읽는 내용이 다릅니다. 화면을 확인하고 다시 해 주세요.',
    'not-your-agency': '우리 기관의 의견만 남길 수 있습니다.',
    'agency-not-asked':
      '이번 확인에서 묻지 않은 기관입니다. 읽기를 중단하고 다시 시작하면 지금 참석한 기관을 모두 묻습니다.',
    'agency-answered-itself': '그 기관이 스스로 남긴 의견입니다. 그 기관만 바꿀 수 있습니다.',
    'words-needed': '조건이나 이견은 내용을 적어 주세요.',
    'words-not-taken': '이견이 없으면 덧붙이는 말을 남길 수 없습니다. 조건부로 남겨 주세요.',
    'too-many-records': '이 안건에 남길 수 있는 기록이 가득 찼습니다.',
    'vote-open': '이 안건에서 진행 중인 표결이 있습니다. 먼저 마감해 주세요.',
    'vote-over': '이미 마감된 표결입니다.',
    'not-your-vote': '우리 쪽 표만 낼 수 있습니다.',
    'no-vote': '이 표결에 표결권이 없는 참석자입니다.',
    'voted-itself': '스스로 낸 표입니다. 그쪽에서만 바꿀 수 있습니다.',
    'not-deferred': '보류된 안건이 아닙니다. 먼저 보류해 주세요.',
    'below-quorum': '정족수에 못 미칩니다. 진행자가 이유를 적고 계속하거나 안건을 보류해 주세요.',
    'fixed-quorum': '이 회의는 정족수가 정해져 있어 끌 수 없습니다.',
    'below-fixed-quorum': '정족수에 못 미쳐 결정할 수 없습니다. 안건을 보류해 주세요.',
    'feature-off': '이 회의에서 지금 쓰지 않는 기능입니다. 진행자가 회의 도구에서 켤 수 있습니다.',
    'not-leading': '진행자와 기록자만 할 수 있습니다.',
    'urgent-only-live': '긴급 상정은 진행 중인 회의에서만 할 수 있습니다.',
    'type-fixed-while-live': '정족수가 정해진 회의로 시작했습니다. 진행 중에는 회의 종류를 바꿀 수 없습니다.',
    'brainstorming-off': '지금은 브레인스토밍을 하고 있지 않습니다.',
    'card-gone': '그 카드는 이제 없습니다.',
    'card-group-gone': '그 묶음은 이제 없습니다. 다시 골라 주세요.',
    'card-hidden': '가려진 카드는 공개한 뒤에 묶을 수 있습니다.',
    'card-of-another': '다른 사람이 쓴 카드입니다. 고치거나 지울 수 없습니다.',
    'card-in-group': '묶음에 들어간 카드입니다. 먼저 묶음에서 빼 주세요.',
    'too-many-cards': '이 안건의 카드가 가득 찼습니다. 필요 없는 카드를 지워 주세요.',
    'not-live': '진행 중이거나 마친 회의에서만 할 수 있습니다.',
    'conference-not-live': '진행 중인 회의에서만 할 수 있습니다.',
    'agency-not-at-table': '이 회의에 초대한 기관의 사람으로만 넣을 수 있습니다. 기관을 먼저 초대해 주세요.',
    'too-many-guests': '기기 없이 온 사람은 120명까지 넣을 수 있습니다.',
    'participant-stays': '초대한 사람은 뺄 수 없습니다. 오지 않았으면 참석 방식을 불참으로 바꿔 주세요.',
    'was-there': '결정사항 확인 때 함께 있던 사람이라 빼거나 불참으로 바꿀 수 없습니다. 나갔으면 퇴장으로 남겨 주세요.',
    'not-announced': '아직 참석을 알리지 않은 사람입니다. 참석 방식을 골라 넣어 주세요.',
    'unknown-attendee': '이 회의의 참석자가 아닙니다. 명단이 그 사이 바뀌었을 수 있습니다.',
    'not-here': '지금 참석 중으로 되어 있지 않습니다.',
    'attendee-twice': '같은 사람이 두 번 들어 있습니다.',
    'client-not-built': '서버에 화면 파일이 없습니다. 관리자에게 알려 주세요.',
  },
    'supervision-closed': '두 사람 가운데 한 분이 지금은 이 사례의 슈퍼비전을 볼 수 없어서 더 쓸 수 없습니다. 쓴 글은 남아 있습니다.',
    'supervision-full': '이 대화가 가득 찼습니다. 슈퍼바이저와 다른 방법으로 이어 주세요.',
    'supervision-question': '그 질문을 찾을 수 없습니다. 화면을 새로 불러온 뒤 다시 해 주세요.',
    'supervision-resolved': '그 사이 해결된 것으로 표시된 질문입니다. 이어서 쓰려면 물은 분이 다시 묻기를 누르거나 메모로 남겨 주세요.',
    'supervision-not-asked': '해결 표시는 물은 사람이 합니다.',
} as const
