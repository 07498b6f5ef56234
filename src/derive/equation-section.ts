/** The section that solves the score equation, with what the equation says of the observed statistic. */
import type { Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { and, type Expr, eq, type Prop, ZERO } from '../term/term.ts'
import { balance } from './information.ts'
import type { solutionChain } from './score.ts'
import type { Setting } from './setting.ts'
import { ellHead, inOrder, throughout } from './words.ts'

/** The last of the sections, the score equation, as it stands. */
export const unsolved = (sections: readonly Section[]): Section => {
  const last = sections.at(-1) as Section
  return { ...last, blocks: last.blocks.map(b => (b.type === 'chain' ? { ...b, lines: b.lines.slice(0, 1) } : b)) }
}

/** From ℓ′ = 0 to its root, where there is one, and what kind of candidate that root is. */
export const equationSection = (
  s: Setting,
  equations: ReturnType<typeof solutionChain>,
  root: Expr | undefined,
  needed: readonly Prop[],
  score: Expr,
): Section => {
  const opening: Phrase = say`At an interior maximum a differentiable ${ellHead(s)} is flat: ${eq(ellHead(s, 1), ZERO)}.`
  const tie = root && s.model.warnings.length === 0 ? balance(score, s) : undefined
  const observed: Phrase = tie
    ? say`The score equation says ${eq(tie.statistic, tie.value)}: the observed statistic equals its expected value at ${s.unknown}, since the score has mean zero. `
    : []
  const isWholeLine = s.space.lo.kind === 'infinity' && s.space.hi.kind === 'infinity'
  const candidate: Phrase = root
    ? isWholeLine
      ? say`${eq(s.unknown, root)} is the only stationary point.`
      : say`${eq(s.unknown, root)} is the only candidate: it is a stationary point exactly when it lies inside the parameter space.`
    : []
  const closing: Phrase = root
    ? say`${observed}Each step can be reversed ${throughout(s)}${needed.length > 0 ? say` if ${and(...inOrder(needed))}` : []}, so ${candidate}`
    : []
  return {
    type: 'section',
    id: 'score-equation',
    title: 'Score equation',
    blocks: [{ type: 'prose', content: opening }, equations, ...(closing.length > 0 ? [{ type: 'prose' as const, content: closing }] : [])],
  }
}
