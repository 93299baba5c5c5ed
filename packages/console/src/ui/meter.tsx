interface MeterProps {
  readonly label: string
  /** 0 to 1. */
  readonly value: number
  readonly tone?: string
}

/** A bar drawn by SVG attributes: a width in a style attribute would need a weaker Content-Security-Policy. */
export function Meter({ label, value, tone = 'accent' }: MeterProps) {
  const percent = Math.round(Math.min(Math.max(value, 0), 1) * 100)
  return (
    <span
      class={`meter tone-${tone}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={percent / 100}
    >
      <svg class="meter-bar" height="6" width="100%" aria-hidden="true">
        <rect class="meter-track" width="100%" height="6" rx="3" />
        {percent > 0 && <rect class="meter-fill" width={`${percent}%`} height="6" rx="3" />}
      </svg>
    </span>
  )
}

/** `0.97`, aligned in columns. */
export function formatScore(value: number): string {
  return value.toFixed(2)
}
