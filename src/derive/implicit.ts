/**
 * A score equation without a solution in closed form: shown to have exactly one root or none, by a strictly falling
 * multiple D = m·ℓ' of the score (m > 0) and its values at both ends of the parameter space, and handed to Newton's
 * method. Refuses where the fall of D or its behaviour at an end is not known.
 */
import type { Block, Chain, GlobalArgument, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { collected } from '../rewrite/arithmetic.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { isRegularAt, limitOf } from '../solve/limit.ts'
import type { Solution } from '../solve/one-equation.ts'
import { openCase, positivity } from '../solve/open-case.ts'
import { add, and, at, div, type Expr, eq, lt, neg, ONE, type Prop, type Rel, sub, sym } from '../term/term.ts'
import { some, substitute } from '../term/walk.ts'
import { resultExpr } from './draft.ts'
import { type EndName, endOf, isIncluded, onInterior, vanishingPowers } from './ends.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { Undecided } from './maximum.ts'
import { sinceWords } from './reasons.ts'
import { type CaseOutcome, monotoneOutcome } from './sample-cases.ts'
import { derivativeChain, isFullyDifferentiated } from './score.ts'
import type { Setting } from './setting.ts'
import { slopeOf } from './stationary.ts'
import { ellHead, inOrder, throughout } from './words.ts'

export interface Implicit {
  readonly cases: readonly CaseOutcome[]
  readonly argument: GlobalArgument
  readonly second: Chain
  readonly sections: readonly Section[]
  readonly generic: readonly Prop[]
  readonly equation: Rel
}

/** What D does at an end: a sign for every sample, or a sign that depends on the sample. */
interface AtEnd {
  readonly end: EndName
  readonly value: Expr
  readonly kind: 'crosses' | 'short' | 'open'
  /** For 'open': D has the sign that makes a root possible, exactly when this holds; what holds otherwise. */
  readonly generic?: Prop
  readonly others?: readonly { readonly when: Prop; readonly samples?: Prop }[]
}

/** D(end), or its limit there. */
const valueAt = (d: Expr, s: Setting, end: EndName, cx: Context): Expr | undefined => {
  const to = endOf(s, end)
  if (to.kind !== 'infinity' && isRegularAt(d, s.unknown, to, cx))
    return collected(vanishingPowers(substitute(d, new Map([[s.unknown.name, to]])), cx))
  return limitOf(d, { variable: s.unknown, to, side: end === 'lo' ? '+' : '-' }, cx)
}

const behaviour = (d: Expr, s: Setting, end: EndName, cx: Context): AtEnd | undefined => {
  const value = valueAt(d, s, end, cx)
  if (!value) return undefined
  // a root needs D > 0 near the left end and D < 0 near the right end
  const wanted = end === 'lo' ? value : value.kind === 'infinity' ? { ...value, negative: !value.negative } : neg(value)
  const sign = signOf(wanted, cx)?.sign
  if (sign === 'pos') return { end, value, kind: 'crosses' }
  if (sign === 'neg' || sign === 'zero' || sign === 'nonpos') return { end, value, kind: 'short' }
  if (wanted.kind === 'infinity') return undefined
  const open = openCase(wanted, cx)
  if (open)
    return {
      end,
      value,
      kind: 'open',
      generic: open.generic,
      others: [{ when: open.degenerate, ...(open.samples ? { samples: open.samples } : {}) }],
    }
  if (!some(wanted, u => u.kind === 'at')) return undefined
  const generic = positivity(wanted)
  if (generic.kind !== 'rel') return undefined
  return {
    end,
    value,
    kind: 'open',
    generic,
    others: [
      { when: lt(generic.right, generic.left) },
      { when: some(generic.left, u => u.kind === 'at') ? eq(generic.left, generic.right) : eq(generic.right, generic.left) },
    ],
  }
}

interface Falling {
  readonly d: Expr
  readonly multiplier: Expr
  readonly why: Phrase
  readonly lo: AtEnd
  readonly hi: AtEnd
}

/** A multiple D = m·ℓ' of the score (m > 0) that is positive near the left end of Θ and negative near the right end. */
export const crossingForm = (s: Setting, solution: Solution, cx: Context): Solution['forms'][number] | undefined =>
  [...solution.forms].reverse().find(f => (['lo', 'hi'] as const).every(end => behaviour(f.difference, s, end, cx)?.kind === 'crosses'))

/** A strictly falling form of the score whose behaviour at both ends is known. */
const falling = (s: Setting, solution: Solution, cx: Context): Falling | undefined => {
  for (const form of [...solution.forms].reverse()) {
    const slope = signOf(slopeOf(form.difference, s, cx), cx)
    if (slope?.sign !== 'neg') continue
    const lo = behaviour(form.difference, s, 'lo', cx)
    const hi = lo && behaviour(form.difference, s, 'hi', cx)
    if (lo && hi)
      return { d: form.difference, multiplier: form.multiplier, why: sinceWords([slope.why], ' because ', [s.unknown.name, 'n']), lo, hi }
  }
  return undefined
}

/** ℓ runs one way on all of Θ when D does not cross zero: the end where it is largest. */
const oneWay = (s: Setting, l: LogLikelihood, end: EndName, when: Prop, samples: Prop | undefined): CaseOutcome | undefined => {
  const sign = end === 'lo' ? 'neg' : 'pos'
  const cx = assuming(s.interior, [...s.model.assume, when, ...(samples && samples.kind !== 'or' ? [samples] : [])])
  const outcome = monotoneOutcome(s, l.ell, { sign, why: { kind: 'by', law: 'the falling form', of: [] } }, cx)
  if (!outcome) return undefined
  const trend = end === 'lo' ? 'negative, so the likelihood falls' : 'positive, so the likelihood rises'
  return {
    ...outcome,
    when,
    ...(samples ? { samples } : {}),
    blocks: [
      {
        type: 'prose',
        content: outcome.estimator
          ? say`The score is ${trend} throughout and is largest at ${eq(s.unknown, outcome.estimator)}.`
          : say`The score is ${trend} throughout: the supremum is approached as ${s.unknown} → ${outcome.towards ?? endOf(s, end)} and never attained, so no maximum-likelihood estimate exists.`,
      },
    ],
  }
}

export const implicitMaximum = (s: Setting, l: LogLikelihood, scoreChain: Chain, solution: Solution): Implicit | Undecided => {
  const cx = assuming(s.interior, s.model.assume)
  const stop = (reason: string, sections: readonly Section[] = []): Undecided => ({ at: 'score equation', reason, sections })
  const equation = solution.final
  if (equation.kind !== 'rel') return stop('the score equation has several candidates for a solution')
  const form = falling(s, solution, cx)
  if (!form) return stop(`${solution.why ?? 'it could not be solved'}, and whether it has exactly one solution could not be decided`)
  if (form.lo.kind === 'short' || form.hi.kind === 'short')
    return stop(`${solution.why ?? 'it could not be solved'}, and it has no solution for every sample`)
  const generic = inOrder([form.lo, form.hi].flatMap(e => (e.generic ? [e.generic] : [])))
  const second = derivativeChain(s, 'second', scoreChain, 2, [...s.model.assume, ...generic], s.interior)
  if (!isFullyDifferentiated(second)) return stop('a derivative could not be written out')
  const cases: CaseOutcome[] = []
  for (const e of [form.lo, form.hi])
    for (const other of e.others ?? []) {
      const outcome = oneWay(s, l, e.end, other.when, other.samples)
      if (!outcome) return stop('a special sample could not be decided')
      cases.push(outcome)
    }
  const argument: GlobalArgument = signOf(resultExpr(second), assuming(cx, generic))?.sign === 'neg' ? 'strict concavity' : 'sign change'
  const main: CaseOutcome = {
    when: and(...generic),
    attained: 'implicit',
    where: ['interior, score zero'],
    why: say`the score falls strictly and changes its sign once`,
    blocks: [],
    global: argument,
  }
  return {
    cases: [main, ...cases],
    argument,
    second,
    generic,
    equation,
    sections: [existence(s, form, generic), maximumSection(s, second), ...boundary(cases, s), newton(s, form.d)],
  }
}

// --- sections --------------------------------------------------------------------------------

const endWords = (s: Setting, e: AtEnd): Phrase => {
  const to = endOf(s, e.end)
  return to.kind === 'infinity' || e.value.kind === 'infinity'
    ? say`tends to ${e.value} as ${s.unknown} → ${to}`
    : say`is ${e.value} at ${eq(s.unknown, to)}`
}

const existence = (s: Setting, f: Falling, generic: readonly Prop[]): Section => ({
  type: 'section',
  id: 'allowed',
  title: 'Does a solution exist, and is it unique?',
  blocks: [
    {
      type: 'list',
      items: [
        {
          blocks: [
            {
              type: 'prose',
              content: say`The score has the sign of ${f.d}, which falls strictly ${throughout(s)}${f.why}. So there is at most one solution.`,
            },
          ],
        },
        { blocks: [{ type: 'prose', content: say`It ${endWords(s, f.lo)} and ${endWords(s, f.hi)}.` }] },
        {
          blocks: [
            {
              type: 'prose',
              content:
                generic.length > 0
                  ? say`So it changes its sign, and exactly one solution exists, exactly when ${and(...generic)}.`
                  : ['So it changes its sign from + to −, and exactly one solution exists for every sample.'],
            },
          ],
        },
      ],
    },
  ],
})

const maximumSection = (s: Setting, second: Chain): Section => ({
  type: 'section',
  id: 'second-order',
  title: 'Is it a maximum?',
  blocks: [
    { type: 'prose', content: ['Differentiate the score once more.'] },
    second,
    {
      type: 'prose',
      content: say`The score is positive before its root and negative after it: ${ellHead(s)} rises, then falls, and the root is the unique global maximum ${onInterior(s)}.`,
    },
  ],
})

const boundary = (cases: readonly CaseOutcome[], s: Setting): readonly Section[] => {
  const items: { readonly label?: Phrase; readonly blocks: readonly Block[] }[] = cases.map(c => ({
    label: say`${c.when}${c.samples?.kind === 'all' ? say` (${c.samples})` : []}`,
    blocks: c.blocks,
  }))
  const open = !(['lo', 'hi'] as const).some(e => isIncluded(s, e))
  const interiorWords: Phrase = open
    ? ['The parameter space is open: where the root exists, every point of it has been compared.']
    : say`Where the root exists, the likelihood falls from it towards both ends of the parameter space, so no end competes.`
  return [
    {
      type: 'section',
      id: 'boundary',
      title: 'The boundary',
      blocks: [{ type: 'prose', content: interiorWords }, ...(items.length > 0 ? [{ type: 'list' as const, items }] : [])],
    },
  ]
}

/** θ_{t+1} = θ_t − g(θ_t)/g'(θ_t). */
const newton = (s: Setting, d: Expr): Section => {
  const slope = slopeOf(d, s, s.interior)
  const now = at(s.unknown.name, sym('t'))
  const next = at(s.unknown.name, add(sym('t'), ONE))
  const here = (t: Expr): Expr => substitute(t, new Map([[s.unknown.name, now]]))
  return {
    type: 'section',
    id: 'computing',
    title: 'Computing it',
    blocks: [
      { type: 'prose', content: [`Newton's method on the falling function above:`] },
      { type: 'display', term: eq(next, sub(now, div(here(d), here(slope)))) },
      {
        type: 'prose',
        content: [
          'Start from a bracket: two points between which the function changes its sign. A step that would leave the bracket is replaced by its midpoint.',
        ],
      },
    ],
  }
}

/** "θ̂ is the root of …": for the short answer and the conclusion. */
export const rootWords = (s: Setting, equation: Rel, generic: readonly Prop[]): Phrase =>
  say`${{ math: s.unknown, hats: true }} is the one solution of ${{ math: equation, hats: true, plainNames: true }}, which has no closed form here${generic.length > 0 ? say`, whenever ${joined([say`${{ math: and(...generic), plainNames: true }}`], '')}` : []}.`
