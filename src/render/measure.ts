/** How many columns a line of unicode text takes in a terminal. */

const combining = /\p{M}/u
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}]/u

const isPlain = (c: number): boolean => c >= 32 && c <= 126
/** Letters with marks of their own, Greek, punctuation, arrows and mathematical signs take one column; controls do not count as plain. */
const isNarrow = (c: number): boolean =>
  isPlain(c) || (c >= 0xa0 && c < 0x300) || (c >= 0x370 && c < 0x483) || (c >= 0x2010 && c < 0x20d0) || (c >= 0x2100 && c < 0x2c00)

/** Columns of the text: combining marks take none, East Asian characters two. */
export const columns = (text: string): number => {
  let n = 0
  while (n < text.length && isNarrow(text.charCodeAt(n))) n++
  if (n === text.length) return n
  for (const c of text.slice(n)) if (!combining.test(c)) n += wide.test(c) ? 2 : 1
  return n
}

export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - columns(text)))
export const padStart = (text: string, width: number): string => ' '.repeat(Math.max(0, width - columns(text))) + text

/** Widths of columns shrunk, widest first, until they take at most `room` together; none below its `least`. */
export const fitted = (widths: readonly number[], least: readonly number[], room: number): readonly number[] => {
  const out = [...widths]
  for (let total = out.reduce((a, b) => a + b, 0); total > room; total--) {
    let widest = -1
    out.forEach((w, i) => {
      if (w > (least[i] ?? 1) && (widest < 0 || w > (out[widest] ?? 0))) widest = i
    })
    if (widest < 0) break
    out[widest] = (out[widest] ?? 1) - 1
  }
  return out
}
