/** Small line drawings in the colour of their text. Always beside a word or inside a labelled control, so hidden from screen readers. */
import type { ReactNode } from 'react'

function Icon({ children, size = 20 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

type Props = { size?: number }
const drawn = (path: ReactNode) => (props: Props) => <Icon {...props}>{path}</Icon>

export const CheckIcon = drawn(<path d="m5 12.5 4.5 4.5L19 7.5" />)
export const CloseIcon = drawn(<path d="M6 6l12 12M18 6 6 18" />)
export const ChevronDownIcon = drawn(<path d="m6 9 6 6 6-6" />)
export const ChevronRightIcon = drawn(<path d="m9 6 6 6-6 6" />)
export const ArrowLeftIcon = drawn(<path d="M19 12H5m6-6-6 6 6 6" />)
export const ArrowUpIcon = drawn(<path d="M12 19V5m-6 6 6-6 6 6" />)
export const ArrowDownIcon = drawn(<path d="M12 5v14m-6-6 6 6 6-6" />)
export const PlusIcon = drawn(<path d="M12 5v14M5 12h14" />)
export const SearchIcon = drawn(
  <>
    <circle cx="11" cy="11" r="6.5" />
    <path d="m20 20-4.2-4.2" />
  </>,
)
export const LockIcon = drawn(
  <>
    <rect x="5" y="11" width="14" height="9" rx="2" />
    <path d="M8 11V8a4 4 0 0 1 8 0v3" />
  </>,
)
export const InfoIcon = drawn(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 11v5M12 7.6v.1" />
  </>,
)
export const WarningIcon = drawn(
  <>
    <path d="M12 4 2.8 19.5h18.4z" />
    <path d="M12 10v4.2M12 16.9v.1" />
  </>,
)
export const DangerIcon = drawn(
  <>
    <path d="M8 3h8l5 5v8l-5 5H8l-5-5V8z" />
    <path d="M12 7.5v5.4M12 16.2v.1" />
  </>,
)
export const DoneIcon = drawn(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="m8 12.3 2.8 2.8L16 9.6" />
  </>,
)
export const PersonIcon = drawn(
  <>
    <circle cx="12" cy="8" r="4" />
    <path d="M4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5" />
  </>,
)
export const GripIcon = drawn(<path d="M9 6v.01M15 6v.01M9 12v.01M15 12v.01M9 18v.01M15 18v.01" strokeWidth="3" />)
export const CalendarIcon = drawn(
  <>
    <rect x="4" y="5.5" width="16" height="14.5" rx="2" />
    <path d="M4 10h16M8.5 3v4M15.5 3v4" />
  </>,
)
export const EyeIcon = drawn(
  <>
    <path d="M2.5 12s3.5-6.5 9.5-6.5 9.5 6.5 9.5 6.5-3.5 6.5-9.5 6.5S2.5 12 2.5 12Z" />
    <circle cx="12" cy="12" r="3" />
  </>,
)
export const BellIcon = drawn(
  <>
    <path d="M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10" />
    <path d="M10 20a2.2 2.2 0 0 0 4 0" />
  </>,
)
export const MenuIcon = drawn(<path d="M4 6.5h16M4 12h16M4 17.5h16" />)
