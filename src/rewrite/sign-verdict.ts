/** What sign analysis finds, and how two findings make one. */
import { and, or, type Prop } from '../term/term.ts'
import type { Reason } from './facts.ts'

export type Sign = 'pos' | 'neg' | 'nonneg' | 'nonpos' | 'nonzero' | 'zero'

export interface Verdict {
  readonly sign: Sign
  readonly why: Reason
  /** For 'nonneg' and 'nonpos': exactly when the term is 0, if that is known. */
  readonly zeroWhen?: Prop
}

export const by = (law: string, ...of: readonly Reason[]): Reason => ({ kind: 'by', law, of })

export const verdict = (sign: Sign, why: Reason, zeroWhen?: Prop): Verdict => (zeroWhen ? { sign, why, zeroWhen } : { sign, why })

export const turned: Record<Sign, Sign> = { pos: 'neg', neg: 'pos', nonneg: 'nonpos', nonpos: 'nonneg', nonzero: 'nonzero', zero: 'zero' }

export const relationSign = (op: '=' | '!=' | '<' | '<='): Sign =>
  op === '=' ? 'zero' : op === '!=' ? 'nonzero' : op === '<' ? 'pos' : 'nonneg'

export const meet = (a: Sign | undefined, b: Sign): Sign => {
  if (a === undefined || a === b) return b
  const pair = new Set([a, b])
  if (pair.has('zero')) return 'zero'
  if (pair.has('pos')) return 'pos'
  if (pair.has('neg')) return 'neg'
  if (pair.has('nonneg') && pair.has('nonpos')) return 'zero'
  return pair.has('nonneg') ? 'pos' : 'neg' // with nonzero
}

export const isUp = (s: Sign | undefined): boolean => s === 'pos' || s === 'nonneg' || s === 'zero'

export const isStrict = (v: Verdict): boolean => v.sign === 'pos' || v.sign === 'neg' || v.sign === 'nonzero'

export const conj = (a: Prop | undefined, b: Prop | undefined): Prop | undefined => a && b && and(a, b)

/** The sign of a sum of two terms of known sign. */
export const signOfTwo = (a: Verdict, b: Verdict): Verdict | undefined => {
  if (a.sign === 'zero') return b
  if (b.sign === 'zero') return a
  const up = (v: Verdict): boolean => v.sign === 'pos' || v.sign === 'nonneg'
  const down = (v: Verdict): boolean => v.sign === 'neg' || v.sign === 'nonpos'
  const why = by('terms of one sign', a.why, b.why)
  if (up(a) && up(b))
    return a.sign === 'pos' || b.sign === 'pos' ? verdict('pos', why) : verdict('nonneg', why, conj(a.zeroWhen, b.zeroWhen))
  if (down(a) && down(b))
    return a.sign === 'neg' || b.sign === 'neg' ? verdict('neg', why) : verdict('nonpos', why, conj(a.zeroWhen, b.zeroWhen))
  return undefined
}

export const productSign = (a: Verdict, b: Verdict): Verdict | undefined => {
  const why = by('sign of a product', a.why, b.why)
  if (a.sign === 'zero' || b.sign === 'zero') return verdict('zero', why)
  if (a.sign === 'nonzero' || b.sign === 'nonzero') return isStrict(a) && isStrict(b) ? verdict('nonzero', why) : undefined
  const negative = (a.sign === 'neg' || a.sign === 'nonpos') !== (b.sign === 'neg' || b.sign === 'nonpos')
  if (isStrict(a) && isStrict(b)) return verdict(negative ? 'neg' : 'pos', why)
  const zeros = [isStrict(a) ? undefined : a, isStrict(b) ? undefined : b].filter(v => v !== undefined)
  const zeroWhen = zeros.every(v => v.zeroWhen) ? or(...zeros.map(v => v.zeroWhen as Prop)) : undefined
  return verdict(negative ? 'nonpos' : 'nonneg', why, zeroWhen)
}
