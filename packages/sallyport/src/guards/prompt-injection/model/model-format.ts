/** Texts are calibrated at up to this many characters; the more windows there are, the worse the worst of them looks. */
export const FREE_LENGTH = 2_000

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
  /** How much the raw score must rise for each e-fold of text read, from {@link FREE_LENGTH} on. */
  readonly lengthSlope: number
  /** Confidence at raw scores, both rising; between them it is interpolated. */
  readonly calibration: readonly (readonly [raw: number, confidence: number])[]
}
