/** Two gates, one behind the other: the outer arch open, the inner one with its portcullis half way down. */
export function Logo({ size = 28 }: { readonly size?: number }) {
  return (
    <svg class="logo" width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path class="logo-wall" d="M2 30V6h4v3h4V6h4v3h4V6h4v3h4V6h4v24h-6V19.5a8 8 0 0 0-16 0V30Z" />
      <path class="logo-gate" d="M10.5 30V19.5a5.5 5.5 0 0 1 11 0V30" />
      <path class="logo-bars" d="M13.2 15.4v9.2M16 14.2v11.6M18.8 15.4v9.2M10.8 18.6h10.4M10.6 22h10.8" />
    </svg>
  )
}
