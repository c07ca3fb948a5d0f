/** A state as it is stored: what the next write compares. */
export interface Kept<State> {
  state: State
  /** `_v` of the record; 0 while there is none. */
  version: number
}
