/** An estimate against the brute-force maximum of the same sample: agrees, differs (and how), or cannot be compared. */

import type { Derivation } from '../document/document.ts'
import { type Estimate, estimateOn, type Real } from '../estimate/estimate.ts'
import { DataError } from '../model/data.ts'
import type { Env } from '../term/evaluate.ts'
import type { Search } from './maximise.ts'

export type Comparison = { readonly verdict: 'agrees' | 'no comparison' } | { readonly verdict: 'differs'; readonly how: string }

const number = (r: Real | undefined): number => (r === 'inf' ? Infinity : r === '-inf' ? -Infinity : (r ?? Number.NaN))
const close = (a: number, b: number, tolerance: number): boolean =>
  a === b || (Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= tolerance * (1 + Math.max(Math.abs(a), Math.abs(b))))
const agrees: Comparison = { verdict: 'agrees' }
const silent: Comparison = { verdict: 'no comparison' }
const differs = (how: string): Comparison => ({ verdict: 'differs', how })

const valuesOf = (e: Estimate, search: Search): readonly number[] =>
  search.coordinates.map(c => {
    const v = e.parameters[c.name]
    return c.component === undefined ? number(v as Real) : number((v as readonly Real[] | undefined)?.[c.component])
  })

/** An end of a set of maximisers; the search stops somewhere on its way to infinity. */
const isSameEnd = (ours: number, searched: number): boolean =>
  Number.isFinite(ours) ? close(ours, searched, 1e-4) : Math.sign(ours) === Math.sign(searched) && Math.abs(searched) > 1e12

/** The estimate of the derivation for one sample, or that the data are impossible. */
export const estimateOrImpossible = (derivation: Derivation, env: Env): Estimate | 'impossible' => {
  try {
    return estimateOn(derivation, env)
  } catch (e) {
    if (e instanceof DataError) return 'impossible'
    throw e
  }
}

/**
 * Whether log L keeps growing on the way to the place where it is claimed to be unbounded: a logarithm gains as much with
 * every decade, a pole more and more. (Powers cancel in doubles far out, and a search may take their noise for a peak.)
 */
const growsTowards = ({ coordinates: [only], height }: Search, end: number): boolean => {
  if (!height || only?.place.kind !== 'real') return false
  const { lo, hi } = only.place
  const unit = Math.abs(end) || 1
  const on = (side: number, k: number): number => (Number.isFinite(end) ? end + side * unit * 10 ** -k : Math.sign(end) * 10 ** k)
  const isGrowth = (side: number): boolean => {
    const ys = (Number.isFinite(end) ? [5, 6, 7, 8, 9, 10, 11] : [3, 4, 5, 6, 7, 8])
      .map(k => on(side, k))
      .map(x => (lo < x && x < hi ? height(x) : Number.NaN))
    const gains = ys.slice(1).map((y, i) => y - (ys[i] as number))
    return gains.every(g => g > 1e-2) && (gains.at(-1) as number) > 0.5 * (gains[0] as number) && ys.at(-1) !== Infinity
  }
  return Number.isFinite(end) ? isGrowth(1) || isGrowth(-1) : isGrowth(1)
}

/** Whether log L is level on the way to infinity, and a peak farther out is no more than the rounding of terms of that size. */
const isLevelTowards = (
  { coordinates: [only], height }: Search,
  end: number,
  peak: { readonly at: number; readonly value: number },
): boolean => {
  if (!height || only?.place.kind !== 'real' || Math.abs(end) !== Infinity) return false
  const [near, far] = [2, 3].map(k => height(Math.sign(end) * 10 ** k)) as [number, number]
  return close(near, far, 1e-9) && Math.abs(peak.value - far) <= 1e-9 + 1e-12 * Math.abs(peak.at)
}

/**
 * Whether log L is above `top` on the way to an end only where it is noise: e^t − 1 − t loses all its digits at t = 10⁻⁹, and
 * the logarithm of what is left jumps. A place belongs to log L if it is smooth around it.
 */
const isNoiseTowards = ({ coordinates: [only], height }: Search, end: number, top: number): boolean => {
  if (!height || only?.place.kind !== 'real') return false
  const { lo, hi } = only.place
  const unit = Math.abs(end) || 1
  const ways = Number.isFinite(end) ? [1, -1] : [Math.sign(end)]
  const steps = Number.isFinite(end)
    ? Array.from({ length: 17 }, (_, k) => unit * 10 ** -k)
    : Array.from({ length: 49 }, (_, k) => 10 ** (k / 4))
  const place = (way: number, d: number): number => (Number.isFinite(end) ? end + way * d : way * d)
  const isSmooth = (way: number, d: number): boolean => {
    const ys = [0, 1, 2, 3, 4, 5, 6].map(j => height(place(way, d * (1 + j / 100))))
    const gains = ys.slice(1).map((y, i) => y - (ys[i] as number))
    const bends = gains.slice(1).map((g, i) => Math.abs(g - (gains[i] as number)))
    const most = Math.max(...gains.map(Math.abs))
    return ys.every(Number.isFinite) && Math.max(...bends) <= 0.2 * most + 1e-9 * (1 + Math.abs(ys[0] as number))
  }
  const above = ways.flatMap(way =>
    steps.flatMap(d => {
      const x = place(way, d)
      return lo < x && x < hi && height(x) > top + 1e-7 * (1 + Math.abs(top)) ? [{ way, d }] : []
    }),
  )
  return above.length > 0 && above.every(p => !isSmooth(p.way, p.d))
}

/** Holds the estimate against the search, up to the accuracy of a search (values 1e-7, places 1e-4). */
export const compareMaximum = (e: Estimate | 'impossible', search: Search): Comparison => {
  const { maximum: m } = search
  if (m.kind === 'undecided' || (m.kind === 'point' && m.unclear)) return silent
  if (e === 'impossible' || m.kind === 'impossible')
    return e === m.kind
      ? agrees
      : differs(`${e === 'impossible' ? 'the estimate' : 'the search'} finds the data impossible, the other does not`)
  switch (e.status) {
    case 'undecided':
      return differs(`the answer does not decide this sample: ${e.reason ?? 'no reason given'}`)
    case 'none': {
      const claimed = search.coordinates.length === 1 ? e.supremum?.towards[search.coordinates[0]?.name ?? ''] : undefined
      if (number(e.supremum?.value) === Infinity && claimed !== undefined && growsTowards(search, number(claimed))) return agrees
      const sup = number(e.supremum?.value)
      // far out log L is its supremum to rounding, and the largest rounding error looks like a peak
      const peak = m.kind === 'point' ? m.at[0] : m.kind === 'set' ? m.hi[0] : undefined
      if (peak !== undefined && m.kind !== 'none' && claimed !== undefined)
        if (isLevelTowards(search, number(claimed), { at: peak, value: m.value })) return agrees
      if (m.kind !== 'none') return differs('the answer is that no maximum exists, and the search found one')
      // of one unknown the growth was looked at above; a logarithmic pole is out of reach of a search in doubles
      const isOutOfReach = sup === Infinity && Number.isFinite(m.value) && search.coordinates.length > 1
      if (!isOutOfReach && !Number.isNaN(sup) && !close(sup, m.value, 1e-5))
        return differs(`the supremum is ${sup} in the answer and ${m.value} in the search`)
      const off = search.coordinates.some((c, i) => {
        const t = e.supremum?.towards[c.name]
        return t !== undefined && t !== null && search.coordinates.length === 1 && !close(number(t), m.towards[i] as number, 1e-6)
      })
      return off
        ? differs(
            `the supremum runs towards ${JSON.stringify(e.supremum?.towards)} in the answer and ${m.towards.join(', ')} in the search`,
          )
        : agrees
    }
    case 'nonunique': {
      // a search over several unknowns may see one of several maximisers
      if (search.coordinates.length > 1 && m.kind === 'point') {
        const height = number(e.logLikelihood)
        return height < m.value - 1e-7 * (1 + Math.abs(m.value))
          ? differs(`log L is ${height} in the answer and ${m.value} in the search`)
          : agrees
      }
      if (m.kind === 'point' || m.kind === 'none')
        return differs(`the answer is a set of maximisers, and the search found ${m.kind === 'point' ? 'one' : 'none'}`)
      if (m.kind === 'points' && e.points) {
        const [name] = search.coordinates.map(c => c.name)
        const ours = e.points.map(p => number(name === undefined ? undefined : p[name]))
        const theirs = m.points.map(p => p[0] as number)
        const covers = (a: readonly number[], b: readonly number[]): boolean => a.every(x => b.some(y => close(x, y, 1e-4)))
        return search.coordinates.length > 1 || (covers(ours, theirs) && covers(theirs, ours))
          ? agrees
          : differs(`the maximisers are ${ours.join(', ')} in the answer and ${theirs.join(', ')} in the search`)
      }
      if (m.kind !== 'set' || m.partial || !e.set) return agrees
      const off = search.coordinates.some((c, i) => {
        const ends = e.set?.[c.name]
        return ends !== undefined && !(isSameEnd(number(ends[0]), m.lo[i] as number) && isSameEnd(number(ends[1]), m.hi[i] as number))
      })
      return off
        ? differs(`the set is ${JSON.stringify(e.set)} in the answer and ${m.lo.join(', ')} … ${m.hi.join(', ')} in the search`)
        : agrees
    }
    default: {
      const height = number(e.logLikelihood)
      if (m.kind === 'none')
        return search.coordinates.length === 1 && isNoiseTowards(search, m.towards[0] as number, height)
          ? agrees
          : differs('the answer is a maximum, and the search finds that none is attained')
      if (m.kind !== 'point') return differs('the answer is one maximiser, and the search found several')
      if (height < m.value - 1e-7 * (1 + Math.abs(m.value)))
        return differs(`log L is ${height} at the answer and ${m.value} at ${m.at.join(', ')}`)
      // higher than the search got: the search fell short, the answer stands
      if (height > m.value + 1e-7 * (1 + Math.abs(m.value))) return agrees
      // a top so flat that doubles do not tell the two places apart
      const isLevel = height >= m.value - 1e-13 * (1 + Math.abs(m.value))
      const [ours, theirs] = [valuesOf(e, search)[0] as number, m.at[0] as number]
      const between = isLevel && search.height ? search.height(ours / 2 + theirs / 2) : -Infinity
      if (between >= m.value - 1e-13 * (1 + Math.abs(m.value))) return agrees
      const off = valuesOf(e, search).some((v, i) => !close(v, m.at[i] as number, 1e-4))
      return off ? differs(`the answer is ${valuesOf(e, search).join(', ')} and the search found ${m.at.join(', ')}`) : agrees
    }
  }
}
