/** The sections about a root without a closed form: existence and uniqueness, the maximum, the boundary, Newton's method. */
import type { Block, Chain, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { add, and, at, div, type Expr, eq, isZero, ONE, type Prop, type Rel, sub, sym } from '../term/term.ts'
import { substitute } from '../term/walk.ts'
import type { AtEnd } from './end-behaviour.ts'
import { endOf, isIncluded, onInterior } from './ends.ts'
import type { Falling } from './falling.ts'
import type { CaseOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import { slopeOf } from './stationary.ts'
import { ellHead, throughout } from './words.ts'

export const endWords = (s: Setting, e: AtEnd): Phrase => {
  const to = endOf(s, e.end)
  // a limit 0 says nothing of the sign near it
  if (isZero(e.value) && e.kind !== 'open')
    return say`tends to ${e.value} from ${(e.kind === 'crosses') === (e.end === 'lo') ? 'above' : 'below'} as ${s.unknown} → ${to}`
  return to.kind === 'infinity' || e.value.kind === 'infinity' || !isIncluded(s, e.end)
    ? say`tends to ${e.value} as ${s.unknown} → ${to}${e.valueWhen ? say` if ${e.valueWhen}` : []}`
    : say`is ${e.value} at ${eq(s.unknown, to)}`
}

export const existence = (s: Setting, f: Falling, generic: readonly Prop[]): Section => ({
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
              content: say`The score has the sign of ${f.d}, which falls strictly ${throughout(s)}${f.constantWhen ? say` (unless ${f.constantWhen})` : []}${f.why}. So there is at most one solution.`,
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

export const maximumSection = (s: Setting, second: Chain): Section => ({
  type: 'section',
  id: 'second-order',
  title: 'Is it a maximum?',
  blocks: [
    { type: 'prose', content: ['A zero score alone is not enough. Differentiate the score once more.'] },
    second,
    {
      type: 'prose',
      content: say`The score is positive before its root and negative after it: ${ellHead(s)} rises, then falls, and the root is the unique global maximum ${s.moving ? 'on the values that the data allow' : onInterior(s)}.`,
    },
  ],
})

export const boundary = (cases: readonly CaseOutcome[], s: Setting): readonly Section[] => {
  const items: { readonly label?: Phrase; readonly blocks: readonly Block[] }[] = cases.map(c => ({
    label: say`${c.when}${c.samples?.kind === 'all' ? say` (${c.samples})` : []}`,
    blocks: c.blocks,
  }))
  const open = !(['lo', 'hi'] as const).some(e => isIncluded(s, e))
  const interiorWords: Phrase =
    s.moving && open
      ? ['The values that the data allow form an open interval: every point of it has been compared.']
      : open
        ? ['The parameter space is open: where the root exists, every point of it has been compared.']
        : say`Where the root exists, the likelihood falls from it towards both ends of ${s.moving ? 'the values that the data allow' : 'the parameter space'}, so no end competes.`
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
export const newton = (s: Setting, d: Expr): Section => {
  const slope = slopeOf(d, s, s.interior)
  const now = at(s.unknown.name, sym('t'))
  const next = at(s.unknown.name, add(sym('t'), ONE))
  const here = (t: Expr): Expr => substitute(t, new Map([[s.unknown.name, now]]))
  return {
    type: 'section',
    id: 'computing',
    title: 'Computing it',
    blocks: [
      { type: 'prose', content: [`Newton's method on the function that has the sign of the score:`] },
      { type: 'display', term: eq(next, sub(now, div(here(d), here(slope)))) },
      {
        type: 'prose',
        content: [
          'Start from a bracket: two points between which the function changes its sign from plus to minus. A step that would leave the bracket is replaced by its midpoint.',
        ],
      },
    ],
  }
}

/** "θ̂ is the root of …": for the short answer and the conclusion. */
export const rootWords = (s: Setting, equation: Rel, generic: readonly Prop[], several = false, beside: readonly Expr[] = []): Phrase =>
  say`${{ math: s.unknown, hats: true }} is ${beside.length > 0 ? 'a solution' : several ? 'the solution with the largest likelihood' : 'the one solution'} of ${{ math: equation, hats: true, plainNames: true }}${
    beside.length > 0
      ? say` or ${beside.length > 1 ? 'one of the ends' : 'the end'} ${joined(
          beside.map(b => say`${b}`),
          ' and ',
        )} of the parameter space, whichever has the largest likelihood; the equation`
      : ', which'
  } has no closed form here${generic.length > 0 ? say`, whenever ${joined([say`${{ math: and(...generic), plainNames: true }}`], '')}` : []}.`
