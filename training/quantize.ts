import type { HeadFile } from '../packages/sallyport/src/guards/prompt-injection/model/model-format.ts'
import type { Head, Weights } from './trainer.ts'

/** Weights beyond this share of all that are not zero are clipped: a few large ones would coarsen all others. */
const KEPT_SHARE = 0.9995

/** Brings weights to one byte each. The second result has the same values as floats, for measuring what ships. */
export function quantize(
  weights: Weights,
  head: Head,
): { file: Pick<HeadFile, 'weights' | 'scale' | 'bias'>; floats: Float32Array } {
  const values = weights[head]
  const sizes = values
    .filter((value) => value !== 0)
    .map(Math.abs)
    .sort()
  const largest = sizes[Math.floor(sizes.length * KEPT_SHARE)] ?? 1
  const scale = largest / 127
  const bytes = Int8Array.from(values, (value) => Math.max(-127, Math.min(127, Math.round(value / scale))))
  const bias = Math.round(weights.bias[head] * 1e6) / 1e6
  return {
    file: { weights: Buffer.from(bytes.buffer).toString('base64'), scale, bias },
    floats: Float32Array.from(bytes, (byte) => byte * scale),
  }
}
