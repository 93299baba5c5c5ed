import { openView, type TextViewName } from './open-view.ts'

/** The folded view of a whole text: what a rule for `folded` reads. */
export function fold(text: string): string {
  return viewOf('folded', text)
}

/** The skeleton view of a whole text. */
export function skeleton(text: string): string {
  return viewOf('skeleton', text)
}

/** The leet view of a whole text. */
export function leet(text: string): string {
  return viewOf('leet', text)
}

function viewOf(name: TextViewName, text: string): string {
  const view = openView(name)
  view.push(text, true)
  return view.text
}
