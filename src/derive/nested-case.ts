/**
 * A special case in which ℓ is not monotone: it has a stationary point of its own. The whole argument is made again under
 * the facts of the case, and its cases become cases of the problem.
 */
import type { Block, Chain, Section } from '../document/document.ts'
import { assuming } from '../rewrite/facts.ts'
import { settledCases } from '../rewrite/few-values.ts'
import { decide } from '../rewrite/sign.ts'
import { type Solution, solveEquation } from '../solve/one-equation.ts'
import type { OpenCase } from '../solve/open-case.ts'
import { and, type Expr, eq, type Prop, type Rel, ZERO } from '../term/term.ts'
import { replace } from '../term/walk.ts'
import { resultExpr } from './draft.ts'
import { withoutImplied } from './joint-cases.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { Maximum, Undecided } from './maximum.ts'
import { chainsIn, renamed } from './renamed.ts'
import { type CaseOutcome, caseChains, factsOf } from './sample-cases.ts'
import { solutionChain } from './score.ts'
import type { Setting } from './setting.ts'

type Argue = (s: Setting, l: LogLikelihood, bigL: Expr, score: Chain, solution: Solution, root: Expr) => Maximum | Undecided

const parts = (p: Prop): readonly Prop[] => (p.kind === 'and' ? p.props : [p])

const equalities = (p: Prop): readonly Rel[] =>
  p.kind === 'and' ? p.props.flatMap(equalities) : p.kind === 'rel' && p.op === '=' ? [p] : []

/** The cases under a special case, the first with the blocks that argue them all; undefined if it cannot be decided. */
export const nestedCases = (
  s: Setting,
  l: LogLikelihood,
  open: OpenCase,
  id: string,
  bigL: Expr,
  argue: Argue,
): readonly CaseOutcome[] | undefined => {
  const facts = factsOf(open, s.interior)
  if (s.model.assume.length > 0) return undefined
  const { ell, slope } = caseChains(s, l, id, facts)
  const inner: Setting = { ...s, model: { ...s.model, assume: [...s.model.assume, ...facts] } }
  const cx = assuming(s.interior, inner.model.assume)
  const value = resultExpr(slope)
  const solution = solveEquation(eq(value, ZERO), s.unknown, cx)
  if (solution.kind !== 'solved' || !solution.root) return undefined
  const put = equalities(open.degenerate).reduce((t: Expr, e) => replace(t, e.left, e.right), bigL)
  const special = settledCases(put) ?? put
  const found = argue(inner, { ...l, chain: ell, ell: resultExpr(ell) }, special, slope, solution, solution.root)
  // a case that repeats the question which opened it decides nothing
  if ('reason' in found || found.cases.some(c => decide(c.when, cx)?.holds === false)) return undefined
  const sections: readonly Section[] = found.sections
  const blocks: readonly Block[] = [solutionChain(slope, solution, inner.model.assume), ...sections.flatMap(x => x.blocks)]
  const own = new Set(chainsIn(blocks).flatMap(c => c.lines.map(line => line.id)))
  const shown: readonly Block[] = [ell, slope, ...blocks.map(b => renamed(b, id, own))]
  return found.cases.map((c, k) => ({
    ...c,
    when: and(...withoutImplied([...parts(open.degenerate), ...parts(c.when)], s.interior)),
    blocks: k === 0 ? shown.filter(b => b.type !== 'chain' || b.lines.length > 0) : [],
  }))
}
