/** dℓ/dp, d2LL/dlambda2 and ∂ℓ/∂μ on one line as fractions of differentials. */
import type { Token } from '../../read/scanner.ts'
import { inside, is, nameAt, op, skip, type Tidying } from './token-rows.ts'
import { differentialWord } from './vocabulary.ts'

/** dℓ/dp, d^2 log L/dp^2, d2LL/dlambda2, ∂ℓ/∂μ on one line as fractions. */
export const differentials = (y: Tidying, tokens: readonly Token[]): readonly Token[] => {
  const isD = (t: Token | undefined): boolean =>
    is(t, 'partial') ||
    (t?.kind === 'name' && !y.scope.symbols.has(t.text) && (/^d[2-4]?$/.test(t.text) || differentialWord(t.text, y.known) !== undefined))
  let out = [...tokens]
  for (let guard = 0; guard < 40; guard++) {
    const slash = out.findIndex((t, k) => is(t, '/') && isD(out[k + 1]) && numeratorStart(out, k) >= 0)
    if (slash < 0) return out
    const from = numeratorStart(out, slash)
    const under = out[slash + 1] as Token
    let end = slash + 2
    const below: Token[] = []
    const joined = under.kind === 'name' && !/^d[2-4]?$/.test(under.text) ? differentialWord(under.text, y.known) : undefined
    const take = (t: Token): void => {
      below.push(t)
    }
    const script = (): void => {
      while (is(out[end], '_', '^')) {
        const stop = skip(out, end + 1)
        below.push(...out.slice(end, stop))
        end = stop
      }
    }
    if (joined) {
      const digits = /^(.*[A-Za-z])(\d)$/.exec(joined.of)
      const split = digits && !y.scope.symbols.has(joined.of) && !y.survey.aliases.has(joined.of) ? digits : undefined
      take(op('partial', under))
      take(nameAt(y.survey.aliases.get(split?.[1] ?? joined.of) ?? split?.[1] ?? joined.of, under))
      if (split) below.push(op('^', under), op('{', under), { ...under, kind: 'number', text: split[2] ?? '2' }, op('}', under))
      script()
    } else {
      take(op('partial', under))
      const stop = skip(out, end)
      below.push(...out.slice(end, stop))
      end = stop
      script()
    }
    while (isD(out[end]) && !is(out[end + 1], '/')) {
      const word = out[end]?.text === 'd' || is(out[end], 'partial') ? undefined : differentialWord(out[end]?.text ?? '', y.known)
      if (word) {
        take(op('partial', out[end] as Token))
        take(nameAt(y.survey.aliases.get(word.of) ?? word.of, out[end] as Token))
        end++
        script()
        continue
      }
      take(op('partial', out[end] as Token))
      const next = skip(out, end + 1)
      below.push(...out.slice(end + 1, next))
      end = next
      script()
    }
    // The numerator: d, its order, and what is differentiated.
    const head = out[from] as Token
    const above: Token[] = [op('partial', head)]
    const word = head.kind === 'name' && !/^d[2-4]?$/.test(head.text) ? differentialWord(head.text, y.known) : undefined
    let order = word?.order ?? (/^d[2-4]$/.test(head.text) ? Number(head.text[1]) : 1)
    let at = from + 1
    if (is(out[at], '^')) {
      const part = inside(out, at + 1)
      order = Number(part[0]?.text ?? '1') || 1
      at = skip(out, at + 1)
    }
    if (order > 1) above.push(op('^', head), op('{', head), { ...head, kind: 'number', text: String(order) }, op('}', head))
    const inner = word && word.of !== '' ? [nameAt(word.of, head), ...out.slice(at, slash)] : out.slice(at, slash)
    for (let k = 0; k < below.length; k++) {
      const b = below[k] as Token
      const digits = b.kind === 'name' ? /^([A-Za-z]+)(\d)$/.exec(b.text) : null
      if (digits?.[1] && Number(digits[2]) === order && order > 1 && !y.scope.symbols.has(b.text))
        below.splice(
          k,
          1,
          nameAt(y.survey.aliases.get(digits[1]) ?? digits[1], b),
          op('^', b),
          op('{', b),
          { ...b, kind: 'number', text: digits[2] ?? '2' },
          op('}', b),
        )
    }
    const orderBelow = below.some(b => b.kind === 'number' && b.text === String(order))
    const single = below.filter(b => is(b, 'partial')).length === 1
    if (order > 1 && single && !orderBelow)
      below.push(op('^', under), op('{', under), { ...under, kind: 'number', text: String(order) }, op('}', under))
    const fraction = [
      op('frac', head),
      op('{', head),
      ...above,
      ...inner,
      op('}', out[slash] as Token),
      op('{', under),
      ...below,
      op('}', { ...under, start: out[end - 1]?.start ?? under.start, end: out[end - 1]?.end ?? under.end }),
    ]
    out = [...out.slice(0, from), ...fraction, ...out.slice(end)]
  }
  return out

  /** Where the d of the numerator stands: on the same level, nothing added in between. */
  function numeratorStart(list: readonly Token[], slash: number): number {
    let depth = 0
    for (let k = slash - 1; k >= 0; k--) {
      const t = list[k]
      if (is(t, ')', '}', ']')) depth++
      if (is(t, '(', '{', '[') && --depth < 0) return -1
      if (depth > 0) continue
      if (is(t, '+', '-', '=', ',', '*', '/', '<', '>', 'frac', 'Sum', 'Prod')) return -1
      if (isD(t)) return k
    }
    return -1
  }
}

/** \frac{∂ℓ}{∂λ}(μ̂, λ): the derivative, and then the values put in. */
/** π_i(b): what was introduced for each observation, at the parameters that it depends on anyway. */
export const ofParameters = (y: Tidying, t: Token, k: number, all: readonly Token[], out: Token[]): number | undefined => {
  if (t.kind !== 'name' || y.scope.arrays.has(t.text) || y.scope.symbols.has(t.text) || !is(all[k + 1], '_')) return undefined
  const at = skip(all, k + 2)
  const index = inside(all, k + 2)
  if (!is(all[at], '(') || index.length !== 1 || !/^[ijt]$/.test(index[0]?.text ?? '') || !y.survey.entries.has(t.text)) return undefined
  const end = skip(all, at)
  const args = all.slice(at + 1, end - 1)
  if (args.length === 0 || !args.every((a, j) => (j % 2 === 0 ? a.kind === 'name' && y.parameters.includes(a.text) : is(a, ','))))
    return undefined
  out.push(...all.slice(k, at))
  return end
}

export const applied = (y: Tidying, t: Token, k: number, all: readonly Token[], out: Token[]): number | undefined => {
  if (!is(t, 'frac') || !is(all[k + 1], '{')) return undefined
  const below = skip(all, k + 1)
  const open = skip(all, below)
  const close = skip(all, open)
  if (!is(all[below], '{') || !is(all[open], '(') || !is(all[close - 1], ')')) return undefined
  const above = inside(all, k + 1)
  const last = above.at(-1)
  const role = last?.kind === 'name' ? y.survey.roles.get(last.text) : undefined
  const head = above[0]
  const isDifferential = is(head, 'partial') || (head?.kind === 'name' && head.text === 'd')
  if (!isDifferential || (role !== 'ell' && role !== 'L' && role !== 'nll') || above.length > 6) return undefined
  const args: Token[][] = [[]]
  let depth = 0
  for (const a of all.slice(open + 1, close - 1)) {
    if (depth === 0 && is(a, ';', '|', 'mid')) break
    if (is(a, '(', '{', '[')) depth++
    if (is(a, ')', '}', ']')) depth--
    if (depth === 0 && is(a, ',')) args.push([])
    else args.at(-1)?.push(a)
  }
  if (args.length !== y.parameters.length || args.some(a => a.length === 0)) return undefined
  out.push(...all.slice(k, open))
  const values = args.flatMap((a, i): Token[][] => {
    const name = y.parameters[i] ?? ''
    return a.length === 1 && a[0]?.text === name ? [] : [[nameAt(name, t), op('=', t), ...a]]
  })
  if (values.length > 0) {
    out.push(op('|', t), op('_', t), op('{', t))
    values.forEach((v, i) => {
      if (i > 0) out.push(op(',', t))
      out.push(...v)
    })
    out.push(op('}', all[close - 1] ?? t))
  }
  return close
}
