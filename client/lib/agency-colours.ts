/**
 * The 12 agency colours, chosen by search so that any two stay apart for normal, red-blind and green-blind eyes (least distance 0.10 in Oklab
 * under Machado's model at full severity) and each stands out on white by at least 3 : 1. A colour never stands alone: the agency's short name
 * is always beside it.
 */
export interface AgencyColour {
  /** For fills, lines and carets. */
  solid: string
  /** For text on the solid: at least 4.5 : 1. */
  ink: '#ffffff' | '#131416'
}

const white = '#ffffff'
const black = '#131416'

export const AGENCY_COLOURS: readonly AgencyColour[] = [
  { solid: '#1e5a78', ink: white },
  { solid: '#a54b00', ink: white },
  { solid: '#5a005a', ink: white },
  { solid: '#c38700', ink: black },
  { solid: '#3c00ff', ink: white },
  { solid: '#872d3c', ink: white },
  { solid: '#7878ff', ink: black },
  { solid: '#c300b4', ink: white },
  { solid: '#000f96', ink: white },
  { solid: '#b46969', ink: black },
  { solid: '#f05ab4', ink: black },
  { solid: '#5a0f00', ink: white },
]

const fallback: AgencyColour = { solid: '#464c53', ink: white }

/** The colour of an agency by its index 0–11; a quiet grey for anything else. */
export function agencyColour(index: number): AgencyColour {
  return AGENCY_COLOURS[index] ?? fallback
}
