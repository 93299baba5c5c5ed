import type { ComponentChildren } from 'preact'

/** A failure, read out at once by screen readers. */
export function ErrorNotice({ children }: { readonly children: ComponentChildren }) {
  return (
    <p class="notice tone-block" role="alert">
      {children}
    </p>
  )
}

interface EmptyStateProps {
  readonly title: string
  readonly children?: ComponentChildren
}

export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div class="empty">
      <svg class="empty-gate" width="72" height="56" viewBox="0 0 72 56" aria-hidden="true">
        <path d="M2 54V12h8v5h8v-5h8v5h8v-5h4v5h8v-5h8v5h8v-5h8v42" />
        <path d="M22 54V38a14 14 0 0 1 28 0v16M28 54V38a8 8 0 0 1 16 0v16" />
      </svg>
      <p class="empty-title">{title}</p>
      {children}
    </div>
  )
}
