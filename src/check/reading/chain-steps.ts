/** The right sides of a chain one after the other, with the other readings of each, and constants that are said to be some. */
import type { Token } from '../../read/scanner.ts'
import { addAll, div, type Expr, mulAll } from '../../term/term.ts'
import { some, symbolsOf } from '../../term/walk.ts'
import type { Relation, Side, What } from '../statement.ts'
import type { Clause } from './clause.ts'
import { there } from './conditions-said.ts'
import { type Draft, equalityLike, place, said } from './draft.ts'
import { statisticInWords } from './mentioned.ts'
import { sideOf } from './named-sides.ts'
import { isBadInput } from './places.ts'
import { readSide } from './sides.ts'

/** The other readings of a relation, where the grammar had to choose. */
/** ℓ(a)/n = …, −2ℓ(a) = …: said of ℓ itself, with the factor on the other side. */
const unscaled = (n: Draft['n'], w: What): What | undefined => {
  if (w.kind !== 'relation' || w.relation !== '=' || w.left.kind !== 'term' || w.right.kind !== 'term') return undefined
  const t = w.left.term
  if (t.kind !== 'mul') return undefined
  const of = t.factors.filter(f => some(f, u => u.kind === 'call'))
  const [only] = of
  if (!only || of.length > 1) return undefined
  const left = sideOf(n, only)
  const kind = left.kind === 'quantity' ? (left.quantity.kind === 'derivative' ? left.quantity.of.kind : left.quantity.kind) : undefined
  if (kind !== 'log-likelihood' && kind !== 'nll') return undefined
  const factor = mulAll(t.factors.filter(f => f !== only))
  return symbolsOf(factor).size > 0 && n.parameters.some(p => p.kind === 'sym' && symbolsOf(factor).has(p.name))
    ? undefined
    : { ...w, left, right: { kind: 'term', term: div(w.right.term, factor) } }
}

export const alternatives = (
  draft: Draft,
  c: Clause,
  tokens: readonly (readonly Token[])[],
  asked: readonly number[],
  build: (sides: readonly Side[]) => What,
): (() => readonly What[]) | undefined => {
  const { n, text } = draft
  if (asked.every(k => k === 0)) return undefined
  const position = n.position
  return () => {
    const found: What[] = []
    const before = { position: n.position, choices: n.choices, asked: n.asked }
    const attempt = (choices: readonly (readonly number[])[]): void => {
      try {
        n.position = position
        const sides = tokens.map((t, k) => {
          n.choices = choices[k] ?? []
          n.asked = 0
          return readSide(n, text, t, c.dialect)
        })
        found.push(build(sides))
      } catch (error) {
        if (!isBadInput(error)) throw error
      }
    }
    const none = asked.map(() => [] as number[])
    asked.forEach((count, side) => {
      for (let k = 0; k < Math.min(count, 4); k++) {
        const one = [...none]
        one[side] = Array.from({ length: k + 1 }, (_, j) => (j === k ? 1 : 0))
        attempt(one)
      }
    })
    if (asked.reduce((a, b) => a + b, 0) > 1) attempt(asked.map(count => Array.from({ length: Math.min(count, 12) }, () => 1)))
    Object.assign(n, before)
    return found
  }
}

/** Whether a side is written in words, with nothing but fractions and signs between them. */
const inWords = (tokens: readonly Token[]): boolean =>
  tokens.some(t => t.kind === 'op' && t.text === 'words') &&
  tokens.every(t => t.kind === 'number' || (t.kind === 'op' && ['words', 'frac', '{', '}', '(', ')', '/', '*', '+', '-'].includes(t.text)))

/** The right sides of a clause one after the other. */
export const steps = (
  draft: Draft,
  c: Clause,
  read: (tokens: readonly Token[]) => Side | undefined,
  counts: number[],
  imposed: boolean,
): void => {
  for (let i = 0; i < c.operators.length; i++) {
    const op = c.operators[i] as Clause['operators'][number]
    const tokens = c.operands[i + 1] ?? []
    if (!draft.chain) return
    // θ̂ = sample median
    const statistic =
      tokens.length === 0
        ? /^(?:the )?(?:sample |arithmetic )?(mean|median|average)(?=\s*(?:$|[.,;)]|of (?:the )?(?:obs|data|sample)))/.exec(c.behind)?.[1]
        : undefined
    const meant = statistic === undefined ? undefined : statisticInWords(draft.n, statistic)
    if (meant && draft.chain.head.kind === 'quantity' && draft.chain.head.quantity.kind === 'estimator') {
      draft.out.push({
        ...place(draft, c.start, op.token.end),
        ...said(c),
        what: { kind: 'relation', left: draft.chain.head, relation: '=', right: { kind: 'term', term: meant } },
      })
      continue
    }
    if (tokens.length === 0) {
      if (c.operators.length === 1 || i === c.operators.length - 1) {
        draft.out.push({
          ...place(draft, op.token.start, op.token.end),
          what:
            c.timid || /[a-z]{3}/.test(c.behind)
              ? { kind: 'prose' }
              : { kind: 'unreadable', message: 'nothing stands behind the relation', expected: 'a formula' },
        })
      }
      continue
    }
    // = total count / total time
    if (inWords(tokens)) {
      draft.out.push({ ...place(draft, op.token.start, tokens.at(-1)?.end ?? c.end), what: { kind: 'prose' } })
      continue
    }
    const asked = counts.length
    const raw = read(tokens)
    const side = raw && there(draft, raw, c)
    if (!side) {
      draft.chain = i === c.operators.length - 1 ? draft.chain : undefined
      if (!draft.chain) return
      continue
    }
    // … =: ŝ names what stands before it
    if (draft.text.slice(op.token.start, op.token.start + 2) === '=:') {
      const named: What =
        side.kind === 'quantity' ? { kind: 'relation', left: side, relation: '=', right: draft.chain.previous } : { kind: 'prose' }
      draft.out.push({ ...place(draft, op.token.start, tokens.at(-1)?.end ?? c.end), what: named })
      continue
    }
    const relation = op.relation as Relation
    const equal = equalityLike(relation)
    const { head, previous, position, number, loosened } = draft.chain
    const left = equal && draft.chain.equalities ? head : previous
    const made = (sides: readonly Side[]): What => {
      const right = constantFree(draft, sides.at(-1) as Side, relation, left)
      return {
        kind: 'relation',
        left: sides.length > 1 ? (sides[0] as Side) : left,
        relation: right.relation === '=' && loosened && left.kind === 'quantity' && left === head ? loosened : right.relation,
        right: right.side,
        ...(position > 0 ? { place: { chain: number, position, previous } } : { place: { chain: number, position, previous: left } }),
        ...(op.imposed || imposed ? { imposed: true as const } : {}),
      }
    }
    const own = i === 0 && (c.operands[0] ?? []).length > 0 && position === 0
    const others = alternatives(
      draft,
      c,
      own ? [c.operands[0] ?? [], tokens] : [tokens],
      own ? [counts[0] ?? 0, counts[asked] ?? 0] : [counts[asked] ?? 0],
      made,
    )
    const what = made([side])
    const scaled = unscaled(draft.n, what)
    const end = tokens.at(-1)?.end ?? c.end
    // what is equal may stand on the next line: that is where it is claimed
    const below = own && draft.text.slice(c.operands[0]?.at(-1)?.end ?? c.start, op.token.start).includes('\n')
    const start = position === 0 && own && !below ? c.start : op.token.start
    const condition = draft.pending && draft.pendingSentence === c.sentence ? draft.pending : undefined
    draft.out.push({
      ...place(draft, start, Math.max(end, start + 1)),
      ...(i === 0 ? said(c) : {}),
      what: what.kind === 'relation' && condition ? { ...what, condition } : what,
      ...(others || scaled ? { others: () => [...(others?.() ?? []), ...(scaled ? [scaled] : [])] } : {}),
    })
    draft.lastRelation = { index: draft.out.length - 1, sentence: c.sentence, end: c.end, clause: draft.current }
    draft.chain = {
      number,
      head,
      previous: what.kind === 'relation' ? what.right : side,
      position: position + 1,
      equalities: draft.chain.equalities && equal,
      ...(what.kind === 'relation' && (what.relation === '∝' || what.relation === '+const')
        ? { loosened: what.relation }
        : loosened
          ? { loosened }
          : {}),
    }
  }
}

/** "+ C": the constant is taken off, and the relation says so. */
export const constantFree = (
  draft: Draft,
  side: Side,
  relation: Relation,
  left: Side,
): { readonly side: Side; readonly relation: Relation } => {
  const { n } = draft
  if (side.kind !== 'term' || relation !== '=') return { side, relation }
  const isConstant = (t: Expr): boolean =>
    t.kind === 'sym' &&
    !n.scope.symbols.has(t.name) &&
    (t.name === 'const' || t.name === 'constant' || (/^[CcKA](_\d)?$/.test(t.name) && !n.definitions.has(t.name)))
  const { term } = side
  const logarithmic = left.kind !== 'quantity' || !['likelihood', 'density'].includes(left.quantity.kind)
  if (term.kind === 'add' && logarithmic) {
    const kept = term.terms.filter(
      t =>
        !isConstant(t) &&
        !(t.kind === 'mul' && t.factors.length === 2 && t.factors.some(isConstant) && t.factors.some(f => f.kind === 'num')),
    )
    if (kept.length < term.terms.length) return { side: { kind: 'term', term: addAll(kept) }, relation: '+const' }
  }
  if (term.kind === 'mul' && !logarithmic) {
    const kept = term.factors.filter(t => !isConstant(t))
    if (kept.length < term.factors.length) return { side: { kind: 'term', term: mulAll(kept) }, relation: '∝' }
  }
  return { side, relation }
}
