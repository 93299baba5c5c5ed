// Placeholder so that others can run the gates already: to be overwritten by the real decoder.
import type { DecodeStream } from './view.ts'

export function openDecoder(): DecodeStream {
  let pushed = 0
  return {
    push(chunk) {
      pushed += chunk.length
      return []
    },
    get settled() {
      return pushed
    },
  }
}
