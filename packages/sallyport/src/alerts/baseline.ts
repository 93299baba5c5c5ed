/** Intervals of five minutes after which half of what was is forgotten: an hour for the mean, a day for the peak. */
const MEAN_HALF_LIFE = 12
const PEAK_HALF_LIFE = 288
const ALPHA = 1 - 0.5 ** (1 / MEAN_HALF_LIFE)
const PEAK_DECAY = 0.5 ** (1 / PEAK_HALF_LIFE)
/** Mean absolute deviation to standard deviation, of a normal distribution. */
const TO_SIGMA = 1.2533
/** Beyond this many deviations a count is an outlier, and is taken for this many: one attack must not become usual. */
const CLIP = 4
/** A count within so many times the peak is learnt as the peak in full: who works in bursts does so again. */
const USUAL_BURST = 2
/** A subject that was away for longer starts from what a day of silence leaves. */
const MAX_IDLE = 288

/**
 * What is usual: exponentially weighted mean and absolute deviation of counts by interval, and the highest of the last
 * day. Outliers are clipped before they are learnt.
 */
export class Baseline {
  mean = 0
  #deviation = 0
  peak = 0
  /** Intervals seen. */
  seen = 0

  /** Takes the count of an interval that is over, `idle` empty ones after it included. */
  learn(count: number, idle: number, warmUp: number): void {
    const clipped = this.seen < warmUp ? count : Math.min(count, this.mean + CLIP * this.sigma)
    this.#learn(clipped, count <= this.peak * USUAL_BURST ? count : clipped)
    for (let empty = 0; empty < Math.min(idle, MAX_IDLE); empty++) this.#learn(0, 0)
  }

  /** Standard deviation as it would be without outliers; never below that of a Poisson count, nor a tenth of the mean. */
  get sigma(): number {
    return Math.max(TO_SIGMA * this.#deviation, Math.sqrt(this.mean), this.mean / 10, 1)
  }

  /** How far above the usual a count is, in standard deviations. */
  score(count: number): number {
    return (count - this.mean) / this.sigma
  }

  #learn(count: number, most: number): void {
    if (this.seen === 0) this.mean = count
    else {
      this.#deviation += ALPHA * (Math.abs(count - this.mean) - this.#deviation)
      this.mean += ALPHA * (count - this.mean)
    }
    this.peak = Math.max(most, this.peak * PEAK_DECAY)
    this.seen++
  }
}
