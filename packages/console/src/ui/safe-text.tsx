import { revealHidden } from '../text/hidden-characters.ts'

export interface SafeTextProps {
  readonly text: string
  /** Range of the text to show; what lies around it decides how joiners are read. Default: all. */
  readonly start?: number
  readonly end?: number
}

/** Text from outside, as text nodes only, with a labelled chip for each run that would not be seen. */
export function SafeText({ text, start = 0, end = text.length }: SafeTextProps) {
  return (
    <>
      {revealHidden(text, start, end).map((piece) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          <span class="hidden-chip" title={piece.name}>
            {piece.label}
          </span>
        ),
      )}
    </>
  )
}
