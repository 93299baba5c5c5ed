/** Keccak-256 as Ethereum uses it (the submission's padding 0x01, not SHA-3's 0x06), for inputs below 136 bytes. */
export function keccak256(message: Uint8Array): Uint8Array {
  if (message.length >= RATE) throw new RangeError('keccak256 here takes at most 135 bytes')
  const block = new Uint8Array(200)
  block.set(message)
  block[message.length] = 0x01
  block[RATE - 1] = (block[RATE - 1] ?? 0) | 0x80
  const lanes = new BigUint64Array(25)
  const view = new DataView(block.buffer)
  for (let index = 0; index < 25; index++) lanes[index] = view.getBigUint64(index * 8, true)
  permute(lanes)
  const digest = new Uint8Array(32)
  const out = new DataView(digest.buffer)
  for (let index = 0; index < 4; index++) out.setBigUint64(index * 8, lanes[index] ?? 0n, true)
  return digest
}

function permute(lanes: BigUint64Array): void {
  let constants = 1
  for (let round = 0; round < 24; round++) {
    theta(lanes)
    rhoAndPi(lanes)
    chi(lanes)
    // iota: the round constants are the output of a linear feedback shift register (Keccak reference, 1.2).
    for (let bit = 0; bit < 7; bit++) {
      if (constants & 1) lanes[0] = (lanes[0] ?? 0n) ^ (1n << BigInt((1 << bit) - 1))
      constants = ((constants << 1) ^ ((constants >> 7) * 0x171)) & 0xff
    }
  }
}

function theta(lanes: BigUint64Array): void {
  const parity = Array.from({ length: 5 }, (_, x) =>
    [0, 5, 10, 15, 20].reduce((sum, y) => sum ^ (lanes[x + y] ?? 0n), 0n),
  )
  for (let x = 0; x < 5; x++) {
    const mix = (parity[(x + 4) % 5] ?? 0n) ^ rotate(parity[(x + 1) % 5] ?? 0n, 1)
    for (let y = 0; y < 25; y += 5) lanes[x + y] = (lanes[x + y] ?? 0n) ^ mix
  }
}

function rhoAndPi(lanes: BigUint64Array): void {
  let [x, y] = [1, 0]
  let current = lanes[1] ?? 0n
  for (let step = 0; step < 24; step++) {
    ;[x, y] = [y, (2 * x + 3 * y) % 5]
    const next = lanes[x + 5 * y] ?? 0n
    lanes[x + 5 * y] = rotate(current, (((step + 1) * (step + 2)) / 2) % 64)
    current = next
  }
}

function chi(lanes: BigUint64Array): void {
  for (let y = 0; y < 25; y += 5) {
    const row = lanes.slice(y, y + 5)
    for (let x = 0; x < 5; x++) lanes[y + x] = (row[x] ?? 0n) ^ (~(row[(x + 1) % 5] ?? 0n) & (row[(x + 2) % 5] ?? 0n))
  }
}

function rotate(lane: bigint, bits: number): bigint {
  return BigInt.asUintN(64, (lane << BigInt(bits)) | (lane >> BigInt(64 - bits)))
}

const RATE = 136
