/**
 * Seeded random numbers: the same seed gives the same draws on every machine. Not for cryptography.
 */

/** Uniform on [0, 1). */
export type Random = () => number

/** Mulberry32 (T. Ettinger, public domain): 32 bits of state, passes gjrand; enough for drawing test points. */
export const mulberry32 = (seed: number): Random => {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A seed from a text, such as the source of a model (FNV-1a, 32 bits). */
export const seedOf = (text: string): number => {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** Uniform on the integers lo, …, hi. */
export const integerBetween = (rng: Random, lo: number, hi: number): number => lo + Math.floor(rng() * (hi - lo + 1))

export const pick = <T>(rng: Random, list: readonly T[]): T | undefined => list[Math.floor(rng() * list.length)]

/** The list in random order. */
export const shuffled = <T>(rng: Random, list: readonly T[]): T[] => {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = integerBetween(rng, 0, i)
    const [a, b] = [out[i] as T, out[j] as T]
    out[i] = b
    out[j] = a
  }
  return out
}
