/**
 * Claims about the sign of a derivative, for every parameter or for those that are told: of the formula that words name, or of the
 * formula just before ("this is negative for all θ"). Signs are looked for in numbers; what is not surely spoken of is not judged.
 */
import { type Expr, rel, sym, ZERO } from '../term/term.ts'
import { arraysOf, symbolsOf } from '../term/walk.ts'
import { atMaximum, type Decision, foreign, mentionsHat, throughout, trueAt, unknownsIn } from './decide.ts'
import { differentiate } from './differentiate.ts'
import { type Claiming, ok, undecided, wrong } from './judge-maximum.ts'
import { once, type Reference } from './reference.ts'
import type { Role } from './report.ts'
import type { Memory, Ruling } from './ruling.ts'
import type { Statement } from './statement.ts'
import { gradient } from './top.ts'

/** The second derivatives of ℓ in each parameter. */
export const curvatures = (r: Reference): readonly Expr[] =>
  once(r, 'curvatures', () => r.unknowns.map((u, i) => differentiate(gradient(r)[i] as Expr, sym(u))))

const words = (t: string): string => t.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** The condition of a claim stands directly behind its words, and none before them: "is negative for all θ < 2x̄". */
const isLimited = (s: Statement): boolean =>
  new RegExp(
    String.raw`^(?:(?!\b(?:for|when|if|where|whenever)\b).)*${words(s.source)} (?:for|whenever|when|if|provided|as long as|on)(?: (?:all|every|any|each|the|real|values|of|possible|admissible))* [⟨⟪][⟩⟫]`,
    'i',
  ).test(s.sentence ?? '')

/** Of every sample, and not of every parameter. */
const everySample =
  /\bfor (?:all|every|any|each)(?: (?:possible|conceivable|such))* (?:samples?|data\b|data ?sets?|observations?|outcomes?)/i

/** The sign of a term: where it has one. */
export const signClaim = (m: Memory, s: Statement, c: Claiming, t: Expr, negative: boolean, role: Role): Ruling => {
  const r = m.reference
  const p = negative ? rel('<', t, ZERO) : rel('<', ZERO, t)
  const isAt = c.where === 'at the root' || (c.about?.kind === 'quantity' && c.about.at !== undefined) || mentionsHat(t)
  const d = isAt ? trueAt(r, p, atMaximum(r)) : trueAt(r, p, throughout(r, p))
  if (d.verdict === 'false' && !isAt && c.condition) {
    const there = underCondition(r, c, p)
    if (there?.verdict === 'true') return ok('True for the parameters that are meant.', { role })
    if (there === undefined || !isLimited(s)) return { ...undecided, role }
  }
  const there = d.verdict === 'false' && !isAt ? trueAt(r, p, atMaximum(r)) : d
  if (there.verdict === 'true') {
    m.arguments.add('second-order')
    if (d.verdict === 'true') return ok('True for all parameters and samples that were tried.', { role })
    return c.where === 'everywhere' && !everySample.test(s.sentence ?? '')
      ? wrong('This holds at the root, but not for every parameter.', 'max.local-is-global', { role })
      : ok('True at the root.', { role, remark: 'The sign was checked at the root; it does not hold for every parameter.' })
  }
  if (d.verdict === 'unknown') return { ...undecided, role }
  return wrong('This sign is not the one that the model has.', role === 'second-derivative' ? 'max.wrong-sign' : undefined, {
    role,
    ...(d.at ? { counter: { env: d.at, left: t, right: ZERO } } : {}),
  })
}

/** "For all θ < 2x̄": judged at those; undefined where the condition cannot be read, or no such parameters were tried. */
const underCondition = (r: Reference, c: Claiming, p: ReturnType<typeof rel>): Decision | undefined => {
  const limits = c.condition
  if (!limits || foreign(r, limits).length > 0) return undefined
  const meant = throughout(r, p, limits).filter(e => trueAt(r, limits, [e]).verdict === 'true')
  return meant.length > 0 ? trueAt(r, p, meant) : undefined
}

/** What a sentence begins with that goes on about the formula before it. */
const pronoun =
  /^(?:(?:since|because|as|so|and|but|now|here|clearly|obviously|note that|we see that|observe that|notice that|hence|thus|therefore),? )*(?:this|it|that|which|(?:the|this|that) (?:last |whole |final )?(?:expression|quantity|function|derivative|term)) (?:is|are|remains|stays)\b/i
/** Every parameter, and not every sample. */
const forAll =
  /\b(?:for (?:all|every|any|each)(?: (?:real|possible|admissible|positive|values? of|parameter values?))* (?:[⟨⟪][⟩⟫]|values? of the parameter|parameters?\b|parameter values?)|everywhere\b|throughout\b|on all of|on the whole)/i
/** Words that may make another case, or another point, of what is said. */
const elsewhere =
  /\b(?:if|when|whenever|case|cases|unless|otherwise|suppos\w+|assum\w+|at|evaluat\w+|would|could|were|had|provided|samples?|data|inserting|substitut\w+|plugging|put|setting)\b/i

/**
 * "This is negative for all θ > 0": the order of the derivative of ℓ that stands just before, if a derivative and nothing else does, and
 * is taken at no special place.
 */
export const orderSpokenOf = (m: Memory, s: Statement): 1 | 2 | undefined => {
  const r = m.reference
  const said = s.sentence ?? ''
  if (r.unknowns.length !== 1 || !pronoun.test(said) || !forAll.test(said) || elsewhere.test(said)) return undefined
  const before = m.statements.slice(0, m.statements.indexOf(s)).findLast(t => t.what.kind !== 'prose')
  if (!before || s.line - before.line > 2 || before.what.kind !== 'relation' || before.what.condition || before.doubt) return undefined
  const { left, right, relation } = before.what
  if (
    left.kind !== 'quantity' ||
    left.at ||
    left.quantity.kind !== 'derivative' ||
    (relation !== '=' && relation !== '<' && relation !== '>')
  )
    return undefined
  if (left.quantity.of.kind !== 'log-likelihood' || (right.kind === 'term' && mentionsHat(right.term))) return undefined
  if (elsewhere.test((before.sentence ?? '').replace(/[⟨⟪][⟩⟫]/g, ' '))) return undefined
  const last = m.said.at(-1)
  if (!last?.right || last.line !== before.line) return undefined
  return left.quantity.by.length === 1 ? 1 : left.quantity.by.length === 2 ? 2 : undefined
}

/** "The score is …. This is positive for all θ": of the first derivative, which changes its sign at a maximum inside. */
export const slopeClaim = (m: Memory, s: Statement, c: Claiming): Ruling => {
  const r = m.reference
  const [slope] = gradient(r)
  if (!slope || m.cases.length > 0) return undecided
  const p = (c.claim === 'negative') !== (c.negated === true) ? rel('<', slope, ZERO) : rel('<', ZERO, slope)
  const d = (c.condition ? underCondition(r, c, p) : undefined) ?? trueAt(r, p, throughout(r, p))
  if (d.verdict === 'true') {
    m.arguments.add('second-order')
    return ok('True for all parameters and samples that were tried.', { role: 'score' })
  }
  if (d.verdict !== 'false' || c.negated || (c.condition && !isLimited(s))) return { ...undecided, role: 'score' }
  return wrong('The derivative has the other sign for some parameters.', undefined, {
    role: 'score',
    ...(d.at ? { counter: { env: d.at, left: slope, right: ZERO } } : {}),
  })
}

/** λ = 1/θ was introduced: in which of the two a function bends or grows is not seen from it. */
export const hasOtherScale = (m: Memory): boolean =>
  m.statements.some(({ what }) => {
    if (what.kind !== 'definition' || what.term.kind === 'sym') return false
    const names = [...symbolsOf(what.term), ...arraysOf(what.term)]
    return unknownsIn(m.reference, what.term).length > 0 && !names.some(name => m.reference.observed.includes(name))
  })

/** "The score decreases for all t > 0": wrong where it does so at the maximum, and elsewhere not. */
export const slopeGrows = (m: Memory, s: Statement, c: Claiming, curvature: Expr): Ruling | undefined => {
  const r = m.reference
  const said = s.sentence ?? ''
  if (c.negated || r.unknowns.length !== 1 || r.moving || m.cases.length > 0 || everySample.test(said)) return undefined
  // "because the score is increasing": not even where the maximum is
  if (c.where === undefined && !c.condition) {
    const against = c.claim === 'increasing' ? rel('<', curvature, ZERO) : rel('<', ZERO, curvature)
    const plain = c.in !== undefined || !/^ (?:function )?(?:in|of|with|as)\b/.test(said.slice(said.indexOf(s.source) + s.source.length))
    return plain && !elsewhere.test(said) && trueAt(r, against, atMaximum(r)).verdict === 'true'
      ? wrong('At the maximum the derivative has the other direction.', 'max.wrong-sign', { role: 'second-derivative' })
      : undefined
  }
  if (c.where !== 'everywhere') return undefined
  if (c.condition && !isLimited(s)) return undefined
  const p = c.claim === 'increasing' ? rel('<=', ZERO, curvature) : rel('<=', curvature, ZERO)
  const d = c.condition ? underCondition(r, c, p) : trueAt(r, p, throughout(r, p))
  return d?.verdict === 'false' && trueAt(r, p, atMaximum(r)).verdict === 'true' && !elsewhere.test(said)
    ? wrong('This holds at the root, but not for every parameter.', 'max.local-is-global', { role: 'second-derivative' })
    : undefined
}

/** "The derivative is negative for s < √(Q/n)": wrong where it has the other sign for all of these parameters. */
export const slopeBeside = (m: Memory, s: Statement, c: Claiming, slope: Expr): Ruling | undefined => {
  const r = m.reference
  if (!c.condition || c.negated || r.unknowns.length !== 1 || r.moving || m.cases.length > 0 || !isLimited(s)) return undefined
  if (c.about?.kind !== 'quantity' || c.about.at || c.about.quantity.kind !== 'derivative' || c.about.quantity.of.kind !== 'log-likelihood')
    return undefined
  const other = c.claim === 'negative' ? rel('<', ZERO, slope) : rel('<', slope, ZERO)
  return underCondition(r, c, other)?.verdict === 'true'
    ? wrong('The derivative has the other sign for these parameters.', 'max.wrong-sign', { role: 'score' })
    : undefined
}
