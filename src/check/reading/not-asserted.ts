/**
 * Equations and inequalities that stand in a sentence and are not what it asserts: values that are "covered", the end that a
 * function "falls to", the heading of a case, the condition behind "exactly when". Tests only; what becomes of them is `statements.ts`.
 */
import type { Token } from '../../read/scanner.ts'
import { canonicalName } from '../../term/functions.ts'
import { unhatted } from '../statement.ts'
import type { Clause, Sentence } from './clause.ts'
import { equalityLike } from './draft.ts'
import type { Notation } from './notation.ts'

const adverbs = '(?:each|both|all|also|then|too|alone|here|already|again|separately|always|only|still|itself|themselves|\\w+ly)'
/** What is said of a value that nobody claims. */
const handled = new RegExp(
  `^[\\s,)]*(?:${adverbs}[\\s,]+)*(?:(?:is|are|was|were|has to be|have to be|must be|needs? to be|can(?:not)? be|may be|will be|gets?|being)\\s+(?:${adverbs}\\s+)*` +
    '(?:not\\b(?! (?:true|right|correct))|no\\b|covered|included|excluded|allowed|treated|considered|handled|discussed|admissible|inadmissible|possible|impossible|permitted|forbidden|ruled out|' +
    '(?:an? )?(?:special|separate|degenerate|boundary|trivial|different|exceptional)|meaningless|of no interest|outside|left out|dealt with|checked|examined|needed|irrelevant|harmless)' +
    "|(?:does|do|can|will) not\\b|cannot\\b|can't\\b|doesn't\\b|isn't\\b|fails?\\b|never\\b|makes? (?:no|the|it)\\b|remains? to be\\b|needs? (?:special|separate|care|no)\\b)",
)
/** The sentence behind clause k, over clauses that are only joined to it. */
const behindOf = (clauses: readonly Clause[], k: number): string => {
  for (let j = k; ; j++) {
    const c = clauses[j]
    const next = clauses[j + 1]
    if (!c) return ''
    if (!/^[\s,()]*(?:(?:and|or|for(?: every| each| all)?)[\s,()]*)*$/.test(c.behind) || next?.sentence !== c.sentence) return c.behind
  }
}
/** "p = 0 and p = 1 are covered": of an equation, what is done with it. */
export const isHandled = (clauses: readonly Clause[], k: number): boolean =>
  clauses[k]?.operators.length === 1 && handled.test(behindOf(clauses, k))

/** "… is the maximum (at q = 0 and q = 1 the likelihood is zero)": what stands behind the bracket has a verb of its own. */
export const opensAnew = (clauses: readonly Clause[], k: number): boolean =>
  /\(\s*at\s*$/.test(clauses[k]?.words ?? '') &&
  /^[\s,]*(?:(?:the|this|its|that|both|it|we) |[Lℓ]\b)[^.;()]*\b(?:is|are|vanish\w*|equals?|becomes?|tends?|has|have|takes?)\b/.test(
    behindOf(clauses, k),
  )

/** "it falls from the stationary point to p = 1", "integrate from p = 0 to p = 1": a place on the way. */
export const isEndOfWay = (words: string): boolean =>
  /\b(?:falls?|rises?|grows?|increas\w+|decreas\w+|drops?|runs?|goes|moves?|tends?|declines?|climbs?|varies|ranges?|integrat\w+|sums?)\b[^.;]*\b(?:from|to)\s*$/.test(
    words,
  ) ||
  /\bfrom\b[^.;,]*\bto\s*$/.test(words) ||
  /\bat (?:the|its|one|this) (?:left|right|lower|upper|other|open|closed)?[- ]?(?:hand )?(?:end ?points?|ends?|boundary(?: points?)?|edge|kinks?|corners?)\s*$/.test(
    words,
  )

/** "The first integer that counts is N = x": what is spoken of is a value, not the estimate. */
export const isValueSpokenOf = (words: string): boolean =>
  /\b(?:first|smallest|least|lowest) (?:integer|value|number) (?:that|which|for which)\b[^.;]*\bis\s*$/.test(words)

/** Names of the parameters, of estimates and of quantities: what speaks of more than the sample. */
const beyondSample = (n: Notation, c: Clause): boolean =>
  c.operands
    .flat()
    .some(
      t =>
        (t.kind === 'op' && t.text === "'") ||
        (t.kind === 'name' &&
          (n.model.parameters.some(p => p.name === t.text) ||
            n.survey.roles.has(t.text) ||
            n.survey.squares.has(t.text) ||
            n.scope.calls?.has(t.text) === true ||
            unhatted(t.text) !== undefined)),
    )
/** Whether a clause relates numbers of the sample and constants, and nothing else. */
export const speaksOfSample = (n: Notation, c: Clause): boolean =>
  c.operators.length > 0 && (c.operands[0]?.length ?? 0) > 0 && c.operands.flat().some(t => t.kind === 'name') && !beyondSample(n, c)

/** "exactly when k > n/2": says for which samples, or where, the inequality before it holds. */
export const isExactly = (n: Notation, c: Clause, last: string): boolean =>
  /\b(?:if and only if|iff|exactly (?:when|if)|precisely (?:when|if)|just (?:when|if)|only (?:when|if))\s*$/.test(last) &&
  (speaksOfSample(n, c) || c.operators.every(o => !equalityLike(o.relation)))

export const headingWords =
  /^(?:case|if|when|for|and|or|for every|for each|for all|for some|that is|with|suppose|\w\)|i{1,3}v?|[\d\s,.;():*•–-]|i\.e\.)*$/i
const numbered = /^\W*case (?:\d+|[a-d]|[ivx]+)[:.)]\W*$/i
const isNumber = (c: Clause): boolean => c.operators.length === 0 && c.operands[0]?.length === 1 && c.operands[0][0]?.kind === 'number'
/** The clauses at the head of a sentence that name a case: "k = 0 (x_i = 0 for every i): …". */
export const headingOf = (n: Notation, clauses: readonly Clause[], s: Sentence, text: string): ReadonlySet<number> => {
  const none = new Set<number>()
  if (s.aside) return none
  const found = new Set<number>()
  let isCase = false
  for (const k of s.clauses) {
    const c = clauses[k] as Clause
    // the 2 of "Case 2: x̄ > ȳ."
    if (isNumber(c) && /^\W*case\s*$/i.test(c.words)) {
      isCase = true
      continue
    }
    const index = /^[ijk]$/.test(c.operands[0]?.[0]?.text ?? '') && c.operands[0]?.length === 1
    if (!headingWords.test(c.words)) return none
    if (!index && !speaksOfSample(n, c)) return none
    found.add(k)
    if ((isCase || numbered.test(c.words)) && k === s.clauses.at(-1) && c.behind.trim() === '') return found
    if (/^[\s$)}\\]*(?:\([^()=<>]{0,60}\)\s*)?:(?!=)/.test(text.slice(c.end, c.end + 76))) return found
  }
  return none
}

/** g(0+), ℓ(0^+), h(1−): a limit from one side. */
export const isOneSided = (c: Clause): boolean =>
  // q = 0+
  c.operands.some(o => (o.at(-1)?.text === '+' || o.at(-1)?.text === '-') && o.length === 2 && o[0]?.kind === 'number') ||
  // h(∞) = ∞
  c.operands.some(o => o.some((t, k) => /^(?:infty|∞|inf|infinity)$/.test(t.text) && shuts(o, k + 1) && o[k - 1]?.text === '(')) ||
  c.operands.some(o =>
    o.some(
      (t, k) =>
        t.kind === 'op' &&
        (t.text === '+' || t.text === '-') &&
        shuts(o, k + 1) &&
        (o[k - 1]?.kind === 'number' || o[k - 1]?.text === '^' || o[k - 1]?.text === '{'),
    ),
  )
const shuts = (o: readonly Token[], k: number): boolean => {
  const at = o[k]?.kind === 'op' && o[k]?.text === '}' ? k + 1 : k
  return o[at]?.kind === 'op' && o[at]?.text === ')'
}
/** Functions by their names alone, without an argument. */
export const isFunctionEquation = (n: Notation, c: Clause): boolean =>
  c.operators.length > 0 &&
  c.operands.every(o => o.length > 0) &&
  c.operands[0]?.length === 1 &&
  c.operands
    .flat()
    .every(
      t =>
        (t.kind === 'name' && canonicalName(t.text) !== undefined && t.text !== 'pi' && !n.scope.symbols.has(t.text)) ||
        (t.kind === 'op' && ["'", '/', 'frac', '{', '}', '(', ')'].includes(t.text)),
    )

/** The next value of a parameter in terms of the last one: said of an iteration, not of the estimate. */
export const isUpdate = (n: Notation, text: string, c: Clause): boolean => {
  const [name, mark] = c.operands[0] ?? []
  if (name?.kind !== 'name' || mark?.kind !== 'op' || (mark.text !== '_' && mark.text !== '^') || c.operators[0]?.relation !== '=')
    return false
  const of = unhatted(name.text) ?? n.survey.aliases.get(name.text) ?? name.text
  return (
    n.model.parameters.some(p => p.name === of) &&
    /^[_^]\s*\{?\s*\(?\s*(?:\\(?:text|mathrm|rm)\s*\{?\s*)?(?:new\b|next\b|[a-z]\s*\+\s*1\s*[)}]*\s*:?$)/.test(
      text.slice(mark.start, c.operators[0].token.start).trim(),
    )
  )
}
