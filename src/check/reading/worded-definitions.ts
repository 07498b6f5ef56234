/**
 * Names that are introduced in words: "let n_1 be the number of ones", "write S for the sum of squares Σ (x_i − x̄)²", "denote Σ x_i
 * by T". Words that are not understood introduce nothing.
 */
import type { Token } from '../../read/scanner.ts'
import type { Scope } from '../../read/syntax.ts'
import type { Clause } from './clause.ts'
import { type Name, nameOf } from './defined-names.ts'

interface Worded {
  readonly name: Name
  readonly tokens: readonly Token[]
  readonly clause: number
}

/** Σ 1{x_i = v} in tokens. */
const countOf = (list: string, like: Token, relation: string, value: string): readonly Token[] => {
  const sign = (text: string): Token => ({ ...like, kind: 'op', text, symbol: false })
  const named = (text: string): Token => ({ ...like, kind: 'name', text, symbol: true })
  const number: Token = { ...like, kind: 'number', text: value }
  return [
    sign('Sum'),
    sign('_'),
    sign('{'),
    named('i'),
    sign('}'),
    sign('indicator'),
    sign('{'),
    named(list),
    sign('_'),
    named('i'),
    sign(relation),
    number,
    sign('}'),
  ]
}

/** The name that a clause is, with nothing said of it. */
const loneName = (c: Clause | undefined): Name | undefined => {
  const name = c && c.operators.length === 0 && c.operands.length === 1 ? nameOf(c.operands[0] ?? []) : undefined
  return name && !name.applied && !name.squared ? name : undefined
}

/** "k = number of ones": behind the sign stand words. */
const isHanging = (c: Clause): boolean =>
  c.operators.length === 1 && c.operators[0]?.relation === '=' && c.operands.length === 2 && c.operands[1]?.length === 0

/** "the sum of squares", "the total of the logarithms": sums over the sample by their names; undefined for other words. */
const statisticOf = (words: string, list: string, like: Token): readonly Token[] | undefined => {
  const sign = (text: string): Token => ({ ...like, kind: 'op', text, symbol: false })
  const named = (text: string): Token => ({ ...like, kind: 'name', text, symbol: true })
  const entry = [named(list), sign('_'), named('i')]
  const two: Token = { ...like, kind: 'number', text: '2' }
  const squared = (body: readonly Token[]): readonly Token[] => [sign('('), ...body, sign(')'), sign('^'), two]
  const over = '(?:observations|observed values|data|sample|sample values|values|x_?i)'
  const whole = `(?: (?:of|over) (?:all )?(?:of )?(?:the )?${over})`
  const is = (pattern: string): boolean => new RegExp(`^${pattern}(?=$|[ ,.;:)])`).test(words)
  if (
    is(
      `(?:sum|total) of (?:the )?squared? (?:deviations|differences|residuals) (?:from|about|around) (?:the|their) (?:sample )?(?:mean|average)`,
    )
  )
    return [sign('Sum'), ...squared([...entry, sign('-'), sign('bar'), sign('{'), named(list), sign('}')])]
  if (
    is(`(?:sum|total) of (?:the )?(?:squares|squared (?:observations|values|data))${whole}?`) &&
    !/mean|residual|deviation|error/.test(words)
  )
    return [sign('Sum'), ...squared(entry)]
  if (is(`(?:sum|total) of (?:the )?(?:natural )?log(?:arithm)?s${whole}?`))
    return [sign('Sum'), named('log'), sign('('), ...entry, sign(')')]
  if (is(`(?:sum|total) of (?:the )?reciprocals${whole}?`))
    return [sign('Sum'), { ...like, kind: 'number', text: '1' }, sign('/'), ...entry]
  if (is(`product${whole}`)) return [sign('Prod'), ...entry]
  if (is(`(?:largest|biggest|greatest|maximum|maximal)(?: of the)? ${over.replace('s|', 's?|')}`) || is('sample maximum'))
    return [sign('max'), sign('('), named(list), sign(')')]
  if (is(`(?:smallest|least|minimum|minimal)(?: of the)? ${over.replace('s|', 's?|')}`) || is('sample minimum'))
    return [sign('min'), sign('('), named(list), sign(')')]
  return undefined
}

/** "write S for the quantity Σ …", "S denotes Σ …": the words between a name and the formula that it stands for. */
const between = /^(?:for|be|denotes?|stands? for|is|as|to be|=)(?: (?:the|their|a|an|our|total|observed))*(?: [a-z-]+){0,6}$/
const before = /\b(?:write|writing|let|denote|set|put|use|abbreviate|call)$/

export const wordedDefinitions = (
  clauses: readonly Clause[],
  scope: Scope,
  parameters: ReadonlySet<string>,
  binary: boolean,
  counting: boolean,
  /** Names of the counts that a likelihood given directly is in. */
  totals: readonly string[],
): readonly Worded[] => {
  const out: Worded[] = []
  const [list, ...others] = [...scope.arrays].filter(a => !parameters.has(a))
  const single = list !== undefined && others.length === 0 ? list : undefined
  clauses.forEach((clause, k) => {
    const c = isHanging(clause)
      ? { ...clause, operators: [], operands: clause.operands.slice(0, 1), behind: `is ${clause.behind.replace(/^#/, 'number')}` }
      : { ...clause, behind: clause.behind.replace(/^((?:be|is|denotes?) (?:the )?)#/, '$1number') }
    const name = loneName(c)
    const like = c.operands[0]?.[0]
    if (!name || !like) return
    const next = clauses[k + 1]
    const last = clauses[k - 1]
    const plain = (d: Clause | undefined): d is Clause =>
      d !== undefined &&
      d.sentence === c.sentence &&
      d.operators.length === 0 &&
      d.operands.length === 1 &&
      (d.operands[0]?.length ?? 0) > 2
    // "write S for the sum of squares Σ (x_i − x̄)²"
    // "where S is the sum of the x_i"
    const explained =
      /(?:^|\b(?:where|with|here|and))$/.test(c.words.trim()) &&
      /^(?:is|denotes|being|stands for|equals)? ?the (?:sum|total) of(?: all)?(?: the)?$/.test(next?.words.trim() ?? '')
    const verb = before.test(c.words.trim()) || explained
    if (plain(next) && (between.test(next.words.trim()) || explained) && (verb || /^(?:denotes?|stands? for)\b/.test(next.words.trim()))) {
      const value = next.operands[0] as readonly Token[]
      // "T for the sum of the log x_i"; "the number of zeros among the x_i" is none of the x_i
      const ofTerms = /\b(?:sum|total) of(?: all)?(?: the)?$/.test(next.words.trim())
      const summed = value.some(t => t.kind === 'op' && (t.text === 'Sum' || t.text === 'Prod'))
      if (ofTerms && !summed) {
        out.push({ name, tokens: [{ ...like, kind: 'op', text: 'Sum', symbol: false }, ...value], clause: k })
        return
      }
      if (ofTerms || !/\b(?:of|among|in|over|from|with|on|to|that|which)(?: all)?(?: the| these| our)?$/.test(next.words.trim())) {
        out.push({ name, tokens: value, clause: k })
        return
      }
    }
    // "denote Σ x_i by T"
    if (plain(last) && /^by$/.test(c.words.trim()) && /\b(?:denote|denoting|abbreviate|call|write|replace)\b[^.;]*$/.test(last.words)) {
      out.push({ name, tokens: last.operands[0] as readonly Token[], clause: k })
      return
    }
    // "counts y_1, …, y_4 with sum n"
    if (totals.length > 1 && /\b(?:with|and)(?: (?:the|total|their|a))* (?:sum|total)(?: (?:of|is|being))?$/.test(c.words.trim())) {
      const named = (text: string): Token => ({ ...like, kind: 'name', text, symbol: true })
      const plus: Token = { ...like, kind: 'op', text: '+', symbol: false }
      out.push({ name, tokens: totals.flatMap((d, j) => (j === 0 ? [named(d)] : [plus, named(d)])), clause: k })
      return
    }
    if (single === undefined) return
    // "shows s heads", "k successes in n trials"
    const shown =
      binary &&
      !/\b(?:least|most|more|fewer|less|than|after|until|till|first|last|next|every|each|probab\w+|chance|if|when|all)$/.test(
        c.words.trim(),
      )
        ? /^(?:observed )?(successes|heads|ones|failures|tails|zeros|zeroes)\b/.exec(c.behind)?.[1]
        : undefined
    const m =
      /^(?:be|is|being|denotes?|for|as|=|counts?|was|stands for)? ?(?:the )?(?:total |observed )*(?:(number) of (ones|1s|1's|successes|heads|zeros|zeroes|0s|0's|non-?zeros|non-?zero (?:observations|values|counts|x_i)|(?:observations|values|counts|x_i)(?: that| which)?(?: are)? (?:different from|differ from|unequal to|not equal to|other than) (?:zero|0)|failures|tails)|(sum|total) (?:of (?:all )?(?:the )?)?(?:observations|data|sample|observed values|counts))\b/.exec(
        c.behind,
      )
    if (!m && !shown) {
      const words = /^(?:be|is|denotes?|for|as|was|stands? for) (?:the )?(.*)$/.exec(c.behind)?.[1]
      const tokens =
        words !== undefined && (verb || /^(?:denotes?|stands? for)\b/.test(c.behind)) ? statisticOf(words, single, like) : undefined
      if (tokens) out.push({ name, tokens, clause: k })
      return
    }
    if (m?.[1] && !binary && !(counting && /^(?:zeros|0s|0's|ones|1s|1's|non|obs|val|counts|x_i)/.test(m[2] ?? ''))) return
    const sign = (text: string): Token => ({ ...like, kind: 'op', text, symbol: false })
    const named = (text: string): Token => ({ ...like, kind: 'name', text, symbol: true })
    const entry = [named(single), sign('_'), named('i')]
    const total = [sign('Sum'), ...entry]
    const of = m?.[2] ?? shown ?? ''
    const size = named(scope.lengths?.[single] ?? 'n')
    const counted = countOf(single, like, /^(?:non|obs|val|counts|x_i)/.test(of) ? '!=' : '=', /^(?:one|1)/.test(of) ? '1' : '0')
    const missed = /^(?:zero|0|fail|tail)/.test(of)
    out.push({ name, tokens: m?.[1] && !binary ? counted : missed ? [size, sign('-'), ...total] : total, clause: k })
  })
  // "let n_0, n_1, n_2 be the numbers of 0s, 1s and 2s"
  clauses.forEach((c, k) => {
    const m =
      counting && single !== undefined
        ? /^(?:be|are|denote|stand for) (?:the )?(?:observed )?(?:numbers?|counts?|frequenc(?:y|ies)) of (?:the )?([^.;]*)/.exec(c.behind)
        : undefined
    const values =
      m?.[1] === undefined
        ? []
        : [...m[1].matchAll(/\b(?:(\d+)'?s|(zero|one|two|three)e?s)\b/g)].map(
            v => v[1] ?? String(['zero', 'one', 'two', 'three'].indexOf(v[2] ?? '')),
          )
    if (values.length < 2) return
    values.forEach((v, j) => {
      const at = clauses[k - values.length + 1 + j]
      const name = at?.sentence === c.sentence ? loneName(at) : undefined
      const like = at?.operands[0]?.[0]
      if (name && like) out.push({ name, tokens: countOf(single as string, like, '=', v), clause: k - values.length + 1 + j })
    })
  })
  return out
}
