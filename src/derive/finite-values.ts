/**
 * The likelihood at each of finitely many parameter values, and for which samples it is positive there: an end of the
 * support that the data exceed, or 0 to a power, makes a value impossible. Refuses a density whose zeros are not of these kinds.
 */
import type { Abbreviation, Chain } from '../document/document.ts'
import { say } from '../document/say.ts'
import { assuming, within } from '../rewrite/facts.ts'
import { fewValues } from '../rewrite/few-values.ts'
import { signOf } from '../rewrite/sign.ts'
import { attempt, everywhere, onlyIf, type Strategy, seq } from '../rewrite/strategy.ts'
import { openCase } from '../solve/open-case.ts'
import { evaluate } from '../term/evaluate.ts'
import { normalForm } from '../term/normal-form.ts'
import { compareTerms } from '../term/order.ts'
import { and, at, call, type Expr, eq, finite, isIn, isZero, iverson, log, mulAll, type Prop, type Sym, sym, ZERO } from '../term/term.ts'
import { arraysOf, factors, hasKind, substitute, subterms, sum, symbolsOf } from '../term/walk.ts'
import { conditions } from './data-bounds.ts'
import { chain, resultExpr } from './draft.ts'
import { gatherNumbers, laws, openLog, openPowers, openProduct, splitSums, tidy } from './laws.ts'
import { observed, overSample, type Setting } from './setting.ts'
import { countName } from './statistics.ts'
import { listed, writing } from './words.ts'

/** A value of Θ with its likelihood. */
export interface ValueAt {
  readonly theta: Expr
  /** L(θ) for the samples that allow this value, as opened. */
  readonly chain: Chain
  readonly likelihood: Expr
  readonly ell: Expr
  /** The samples that allow it; the empty conjunction if all do. */
  readonly possible: Prop
  /** What holds of them, said of the observations. */
  readonly facts: readonly Prop[]
}

/** The values in ascending order where they are numbers, as written otherwise. */
export const valuesInOrder = (elements: readonly Expr[]): readonly Expr[] => {
  const of = (e: Expr): number => evaluate(e, { symbols: new Map(), arrays: new Map() })
  return [...elements].sort((a, b) => of(a) - of(b) || compareTerms(a, b))
}

const oneEntry: Strategy = everywhere(laws('sum.one-entry', 'cases.known'))
/** A table of probabilities: Π over the sample as Π over the values. */
const byValue: Strategy = everywhere(onlyIf(t => hasKind(t, 'cases'), laws('sample.by-value')))

const indicatorLaws = attempt(
  everywhere(
    laws(
      'indicator.every',
      'indicator.every-and',
      'indicator.known',
      'indicator.certain',
      'indicator.max',
      'indicator.min',
      'indicator.product',
    ),
  ),
)

/** The setting with the parameter at one value. */
const settingAt = (s: Setting, theta: Expr): Setting => {
  const here = within(s.closed, s.unknown.name, finite(theta))
  return { ...s, closed: here, interior: here }
}

const generic: Sym = sym('\u0001i')

/** A table of probabilities some of which are 0: the values that no observation may have. */
const fewValuesOfZero = (s: Setting, theta: Expr): { readonly possible: Prop; readonly facts: readonly Prop[] } | undefined => {
  const [variable, ...more] = s.sample.variables
  const values = variable && more.length === 0 && s.sample.covariates.length === 0 ? fewValues(variable.support) : undefined
  if (!variable || !values || !hasKind(s.sample.density, 'cases')) return undefined
  const at0 = values.map(v => ({
    v,
    p: normalForm(
      substitute(
        s.sample.density,
        new Map([
          [variable.name, v],
          [s.unknown.name, theta],
        ]),
      ),
    ),
  }))
  const zeros = at0.filter(e => isZero(e.p)).map(e => e.v)
  if (at0.some(e => !isZero(e.p) && signOf(e.p, s.closed)?.sign !== 'pos')) return undefined
  if (zeros.length === 0) return { possible: and(), facts: [] }
  const none = (v: Expr): Prop =>
    eq(
      sum(s.size, i => iverson(eq(at(variable.name, i), v))),
      ZERO,
    )
  return {
    possible:
      zeros.length === 1 && zeros[0]
        ? none(zeros[0])
        : eq(
            sum(s.size, i => iverson(isIn(at(variable.name, i), finite(...zeros)))),
            ZERO,
          ),
    facts: zeros.map(none),
  }
}

/** What the sample must satisfy for the density to be positive at a value, apart from the support; undefined: not known. */
const vanishing = (s: Setting, theta: Expr): { readonly possible: Prop; readonly facts: readonly Prop[] } | undefined => {
  const here = settingAt(s, theta).closed
  const density = (i: Expr): Expr => substitute(observed(s.sample.density, s.sample, i), new Map([[s.unknown.name, theta]]))
  if (signOf(density(generic), here)?.sign === 'pos') return { possible: and(), facts: [] }
  const excluded = fewValuesOfZero(s, theta)
  if (excluded) return excluded
  const powers = subterms(density(generic)).flatMap(u => (u.kind === 'pow' && isZero(u.base) ? [u.exponent] : []))
  const [exponent, ...more] = powers
  if (!exponent || more.length > 0) return undefined
  const total = sum(s.size, i => substitute(exponent, new Map([[generic.name, i]])))
  const opened = splitSums(total, here)?.term ?? total
  const open = openCase(opened as Expr, here)
  if (!open) return undefined
  const facts = [open.degenerate, ...(open.samples && open.samples.kind !== 'or' ? [open.samples] : [])]
  const rest = substitute(density(generic), new Map())
  const left = factors(rest).filter(f => !(f.kind === 'pow' && isZero(f.base)))
  return signOf(mulAll(left), assuming(here, facts))?.sign === 'pos' ? { possible: open.degenerate, facts } : undefined
}

/** N_v = Σ 1{x_i = v}, where the numbers of observations of each value are all that the sample enters through. */
const countNames = (s: Setting, t: Expr): readonly Abbreviation[] => {
  const taken = new Set([...symbolsOf(s.product), ...arraysOf(s.product), ...symbolsOf(s.size)])
  const named: Abbreviation[] = []
  for (const u of subterms(t)) {
    const name = countName(u as Expr)
    if (name === undefined || taken.has('N') || taken.has(name)) continue
    if (!named.some(n => n.name === name)) named.push({ name, term: u as Expr })
  }
  return named
}

/** The likelihood at a value, from the product over the sample; undefined where it cannot be opened or judged. */
export const valueAt = (s: Setting, theta: Expr, k: number, from: string): ValueAt | undefined => {
  const zero = vanishing(s, theta)
  if (!zero) return undefined
  const put = eq(s.unknown, theta)
  const here = settingAt(s, theta)
  const support = s.moving
    ? conditions(
        observed(substitute(s.variable.support, new Map([[s.unknown.name, theta]])), s.sample, generic),
        at(s.variable.name, generic),
      )
    : undefined
  const start = substitute(
    overSample(s.sample, i => {
      const x = at(s.variable.name, i)
      const entry = observed(s.sample.density, s.sample, i)
      const cond = s.moving ? conditions(observed(s.variable.support, s.sample, i), x) : undefined
      return cond ? mulAll([entry, iverson(cond)]) : entry
    }),
    new Map([[s.unknown.name, theta]]),
  )
  const built = chain(
    {
      id: `value-${k}`,
      subject: call('L', [theta]),
      start,
      origin: { kind: 'substitution', of: from, facts: [put] },
      given: [...s.model.assume, put, ...zero.facts],
    },
    [
      {
        by: seq(
          attempt(oneEntry),
          attempt(byValue),
          attempt(everywhere(laws('prod.product', 'prod.constant'))),
          attempt(openProduct),
          attempt(gatherNumbers),
          support ? indicatorLaws : attempt(tidy),
          attempt(splitSums),
          attempt(tidy),
        ),
        names: t => countNames(s, t as Expr),
        reason: (_, names) => listed(say`put ${put}`, writing(names)),
      },
      ...(zero.facts.length > 0
        ? [{ by: seq(everywhere(laws('case.value')), attempt(tidy)), reason: say`put ${zero.facts[0] ?? and()}` }]
        : []),
    ],
    here.interior,
  )
  const value = resultExpr(built)
  const conds = factors(value).flatMap(f => (f.kind === 'iverson' ? (f.cond.kind === 'and' ? f.cond.props : [f.cond]) : []))
  const likelihood = mulAll(factors(value).filter(f => f.kind !== 'iverson'))
  const opened = seq(attempt(openLog), attempt(openPowers), attempt(tidy))(log(likelihood), assuming(here.closed, zero.facts))
  const possible = and(...(zero.possible.kind === 'and' && zero.possible.props.length === 0 ? [] : [zero.possible]), ...conds)
  return { theta, chain: built, likelihood, ell: (opened?.term ?? log(likelihood)) as Expr, possible, facts: zero.facts }
}

/** A condition that always holds. */
export const isCertain = (p: Prop): boolean => p.kind === 'and' && p.props.length === 0
