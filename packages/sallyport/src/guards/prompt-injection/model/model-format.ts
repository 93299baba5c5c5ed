/** UTF-16 units: the more windows there are, the worse the worst of them looks. Up to the first of these it does not count. */
export const SHORT_TEXT = 300
/** From here on {@link HeadFile.longSlope} is in force. */
export const LONG_TEXT = 2_000

/** How much higher a window must score in a text of this length than in a short one to say the same. Never falls. */
export function lengthPenalty(slopes: Pick<HeadFile, 'shortSlope' | 'longSlope'>, length: number): number {
  if (length <= SHORT_TEXT) return 0
  const short = slopes.shortSlope * Math.log(Math.min(length, LONG_TEXT) / SHORT_TEXT)
  return length <= LONG_TEXT ? short : short + slopes.longSlope * Math.log(length / LONG_TEXT)
}

/** What `training/` exports and the guard loads. */
export interface ModelFile {
  /** Date of the training run and digest of what went in. */
  readonly version: string
  readonly user: HeadFile
  readonly document: HeadFile
}

/** The weights for one reading of a text. */
export interface HeadFile {
  /** Base64 of one signed byte per bucket. */
  readonly weights: string
  /** What a weight of 1 stands for. */
  readonly scale: number
  readonly bias: number
  /** How much the raw score must rise for each e-fold of text, up to {@link LONG_TEXT}, and from there on. */
  readonly shortSlope: number
  readonly longSlope: number
  /** Confidence at raw scores less the penalty, both rising; between them it is interpolated. */
  readonly calibration: readonly (readonly [raw: number, confidence: number])[]
}
