/** What sentences say beside their formulas: claims, each at the place of its words, and lines of words only. */
import { canonicalName } from '../../term/functions.ts'
import { same } from '../../term/order.ts'
import { and, type Prop, rel, sym } from '../../term/term.ts'
import { symbolsOf } from '../../term/walk.ts'
import type { Side, Statement } from '../statement.ts'
import { claimsOf } from './claims.ts'
import type { Clause, Sentence } from './clause.ts'
import { doubtOfClaim } from './doubts.ts'
import type { Notation } from './notation.ts'
import { isBadInput, type Place } from './places.ts'
import { readExpression, readSide } from './sides.ts'

/** Claims in words, each where its words stand. */
export const claims = (
  out: Statement[],
  clauses: readonly Clause[],
  sentences: readonly Sentence[],
  n: Notation,
  text: string,
  placeAt: Place,
  quantity: (words: string) => Side | undefined,
  conditions: ReadonlyMap<number, Prop>,
): void => {
  for (const s of sentences) {
    if (s.aside || s.text.length > 4000) continue
    // What is only a condition is nothing that a claim is about.
    const spoken = s.text
      .replace(/⟨(\d+)⟩/g, (mark, k: string) => bareSign(clauses[Number(k)]) ?? mark)
      .replace(/⟨(\d+)⟩/g, (mark, k: string) => (conditions.has(Number(k)) ? `⟪${k}⟫` : mark))
    const interval = intervalOf(s, clauses, n, text)
    if (interval) {
      const p = placeAt(interval.start)
      out.push({
        source: text.slice(interval.start, interval.end).trim(),
        line: p.line,
        column: p.column,
        length: Math.max(1, interval.end - interval.start),
        what: { kind: 'claim', claim: 'maximum', condition: interval.condition },
      })
    }
    let lastAbout: Side | undefined
    for (const f of claimsOf(spoken)) {
      const start = s.places[f.index] ?? s.start
      let about: Side | undefined
      let inside: readonly string[] | undefined
      if (typeof f.about === 'number') {
        const c = clauses[f.about]
        try {
          n.choices = []
          n.asked = 0
          // θ ↦ f(θ) is the function f
          const tokens = (c?.operators[0]?.relation === 'to' && c.operands[1]?.length ? c.operands[1] : c?.operands[0]) ?? []
          const parameter = tokens.length === 1 && n.model.parameters.some(p => p.name === tokens[0]?.text)
          // "trigamma is positive": a function by its name
          if (tokens.length === 1 && c?.operators.length === 0 && canonicalName(tokens[0]?.text ?? '') !== undefined) continue
          if (c && tokens.length > 0 && !parameter) about = readSide(n, text, tokens, c.dialect)
        } catch (error) {
          if (!isBadInput(error)) throw error
        }
      } else if (f.about !== undefined) {
        n.position = start
        about = quantity(f.about)
      }
      // "ℓ rises for σ² < a and falls for σ² > a": where it does is no subject
      if (isParameter(n, about) && lastAbout) about = lastAbout
      lastAbout = about
      // "concave in φ for each σ²", "decreasing in b and increasing in a"
      const next = /^(?: function)? (?:in|of) ⟨(\d+)⟩/.exec(s.text.slice(f.index + f.length))?.[1]
      const letter = next === undefined ? undefined : clauses[Number(next)]?.operands[0]
      const own = letter?.length === 1 ? n.model.parameters.filter(p => p.name === letter[0]?.text) : []
      const named =
        own.length > 0
          ? own
          : n.model.parameters.filter(
              p =>
                /\bin ⟨/.test(s.text.slice(f.index)) &&
                s.clauses.some(k => clauses[k]?.operands[0]?.length === 1 && clauses[k]?.operands[0]?.[0]?.text === p.name),
            )
      if (named.length > 0) inside = named.map(p => p.name)
      const behind =
        /^(?:(?!\b(?:and|but) (?:vanish\w*|equals?|is|zero|drops|falls|then|it)\b)[^⟪;.]){0,40}⟪(\d+)⟫/.exec(
          spoken.slice(f.index + f.length),
        )?.[1] ?? /^[^⟪;.]{0,12}⟪(\d+)⟫/.exec(spoken.slice(spoken.lastIndexOf(';', f.index) + 1))?.[1]
      const front = /\b(?:for|when|if|whenever|in case)\s*⟪(\d+)⟫[^⟪⟨;.]{0,25}$/.exec(spoken.slice(0, f.index))?.[1]
      const ahead = front === undefined ? undefined : conditions.get(Number(front))
      // "for s = 0 no maximum exists": which samples are meant
      const ofSample = ahead && !n.model.parameters.some(q => symbolsOf(ahead).has(q.name)) ? ahead : undefined
      const condition = behind === undefined ? ofSample : conditions.get(Number(behind))
      const p = placeAt(start)
      const words = s.text.slice(f.index, f.index + f.length)
      const asked = /^[\s)”"*_]*\?/.test(text.slice((s.places.at(-1) ?? s.start) + 1))
      const doubt = asked ? 'This is asked and not claimed.' : doubtOfClaim(s.text, f.index)
      out.push({
        ...(doubt === undefined ? {} : { doubt }),
        source: words,
        line: p.line,
        column: p.column,
        length: Math.max(1, f.length),
        what: {
          kind: 'claim',
          claim: f.claim,
          ...(about ? { about } : {}),
          ...(condition ? { condition } : {}),
          ...(onPart(n, s, f.index + f.length, clauses, conditions) ? { where: 'in part' as const } : f.where ? { where: f.where } : {}),
          ...(inside ? { in: inside } : {}),
          ...(f.negated ? { negated: true as const } : {}),
          ...(isDirect(spoken.slice(0, f.index)) ? { direct: true as const } : {}),
        },
        said: partOf(s.text, f.index).replace(/⟨\d+⟩/g, '…').toLowerCase(),
      })
    }
  }
}

/** "the functions ⟨3⟩ are": the formula is the subject of the claim. */
const isDirect = (before: string): boolean =>
  /⟨\d+⟩,? (?:is|are)(?: (?:always|strictly|clearly|everywhere|also|then|indeed|therefore|thus|hence|obviously|a|an))*\s*$/.test(before)

/** "increases on (x, 3x)": an interval with names in it, which was read as no condition. */
const onPart = (n: Notation, s: Sentence, from: number, clauses: readonly Clause[], conditions: ReadonlyMap<number, Prop>): boolean => {
  const k = /^[^⟨⟪.;]{0,20}\b(?:on|in|over|inside|between)(?: the (?:interval|range|region))? ⟨(\d+)⟩/.exec(s.text.slice(from))?.[1]
  const tokens = k === undefined || conditions.has(Number(k)) ? [] : (clauses[Number(k)]?.operands[0] ?? [])
  return (
    ['(', '['].includes(tokens[0]?.text ?? '') &&
    tokens.some(t => t.text === ',') &&
    tokens.some(t => t.kind === 'name' && !/^(?:infty|inf|infinity|oo|∞|R)$/.test(t.text) && !n.model.known.some(p => p.name === t.text))
  )
}

/** A parameter alone. */
const isParameter = (n: Notation, s: Side | undefined): boolean =>
  s?.kind === 'term' && n.parameters.some(p => same(p, s.kind === 'term' ? s.term : p))

/** "Every θ from a to b maximises the likelihood": the interval. */
const intervalOf = (
  s: Sentence,
  clauses: readonly Clause[],
  n: Notation,
  text: string,
): { readonly condition: Prop; readonly start: number; readonly end: number } | undefined => {
  const m =
    /\b(?:every|any|each|all)(?: (?:value|point|integer|number|values|points|integers|numbers))?(?: of)? (?:⟨(\d+)⟩ )?(?:from|between|in the interval from) ⟨(\d+)⟩ (?:to|and) ⟨(\d+)⟩,? (?:\w+ ){0,2}(?:maximi[sz]es?|(?:is|are) (?:an? |also )?(?:maximi[sz]ers?|mles?|maximum[- ]likelihood))/i.exec(
      s.text,
    )
  const parts = m?.slice(1).map(k => (k === undefined ? undefined : clauses[Number(k)]))
  const [of, from, to] = parts ?? []
  if (!from || !to || from.operators.length > 0 || to.operators.length > 0) return undefined
  try {
    n.position = from.start
    const [lo, hi] = [from, to].map(c => readExpression(n, text, c.operands[0] ?? [], c.dialect))
    const [only, another] = n.model.parameters
    const name = of ? of.operands[0]?.[0]?.text : another ? undefined : only?.name
    if (!lo || !hi || !name || !n.model.parameters.some(p => p.name === name)) return undefined
    return { condition: and(rel('<=', lo, sym(name)), rel('<=', sym(name), hi)), start: of?.start ?? from.start, end: to.end }
  } catch (error) {
    if (!isBadInput(error)) throw error
    return undefined
  }
}

/** A sign alone, "from + to −", padded so that places stay. */
const bareSign = (c: Clause | undefined): string | undefined => {
  const tokens = c?.operands[0] ?? []
  return c && c.operators.length === 0 && tokens.length === 1 && (tokens[0]?.text === '+' || tokens[0]?.text === '-')
    ? tokens[0].text === '+'
      ? ' + '
      : ' − '
    : undefined
}

/** The part of a sentence between its conclusions. */
export const partOf = (sentence: string, index: number): string => {
  let start = 0
  let end = sentence.length
  for (const m of sentence.matchAll(/\b(?:so|hence|thus|therefore|consequently)\b|[;⇒]/gi)) {
    if ((m.index ?? 0) <= index) start = m.index ?? 0
    else end = Math.min(end, m.index ?? end)
  }
  return sentence.slice(start, end).trim()
}

/** Lines of words only. */
export const prose = (out: Statement[], sentences: readonly Sentence[], placeAt: Place): void => {
  const taken = new Set(out.map(s => s.line))
  for (const s of sentences) {
    if (s.text === '' && !s.aside) continue
    const lines = new Set<number>()
    for (let i = 0; i < s.places.length; i += 8) lines.add(placeAt(s.places[i] as number).line)
    lines.add(placeAt(s.start).line)
    for (const line of lines)
      if (!taken.has(line)) {
        taken.add(line)
        out.push({ source: s.text.replace(/⟨\d+⟩/g, '…'), line, column: 1, length: 1, what: { kind: 'prose' } })
      }
  }
}
