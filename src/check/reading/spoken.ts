/** What sentences say beside their formulas: claims, each at the place of its words, and lines of words only. */
import type { Prop } from '../../term/term.ts'
import type { Side, Statement } from '../statement.ts'
import { claimsOf } from './claims.ts'
import type { Clause, Sentence } from './clauses.ts'
import type { Notation } from './notation.ts'
import { isBadInput, type Place } from './places.ts'
import { readSide } from './sides.ts'

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
    for (const f of claimsOf(spoken)) {
      const start = s.places[f.index] ?? s.start
      let about: Side | undefined
      let inside: readonly string[] | undefined
      if (typeof f.about === 'number') {
        const c = clauses[f.about]
        try {
          n.choices = []
          n.asked = 0
          const tokens = c?.operands[0] ?? []
          const parameter = tokens.length === 1 && n.model.parameters.some(p => p.name === tokens[0]?.text)
          if (c && tokens.length > 0 && !parameter) about = readSide(n, text, tokens, c.dialect)
        } catch (error) {
          if (!isBadInput(error)) throw error
        }
      } else if (f.about !== undefined) {
        n.position = start
        about = quantity(f.about)
      }
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
        /^[^⟪;.]{0,40}⟪(\d+)⟫/.exec(spoken.slice(f.index + f.length))?.[1] ??
        /^[^⟪;.]{0,12}⟪(\d+)⟫/.exec(spoken.slice(spoken.lastIndexOf(';', f.index) + 1))?.[1]
      const condition = behind === undefined ? undefined : conditions.get(Number(behind))
      const p = placeAt(start)
      const words = s.text.slice(f.index, f.index + f.length)
      out.push({
        source: words,
        line: p.line,
        column: p.column,
        length: Math.max(1, f.length),
        what: {
          kind: 'claim',
          claim: f.claim,
          ...(about ? { about } : {}),
          ...(condition ? { condition } : {}),
          ...(f.where ? { where: f.where } : {}),
          ...(inside ? { in: inside } : {}),
          ...(f.negated ? { negated: true as const } : {}),
        },
        said: around(s.text, f.index).replace(/⟨\d+⟩/g, '…').toLowerCase(),
      })
    }
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
const around = (sentence: string, index: number): string => {
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
