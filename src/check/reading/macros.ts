/**
 * An author's own commands: \newcommand, \renewcommand, \def, \DeclareMathOperator are collected from the file and
 * expanded wherever they are used. Expansion has fuel: a macro bomb stops it, and the rest of the text stays as written.
 * The text keeps a map to the places of the original, so every message points to what the author typed.
 */

export interface Mapped {
  readonly text: string
  /** The offset in the original of each character, or undefined if nothing moved. */
  readonly origin: Int32Array | undefined
  /** Set when the fuel ran out. */
  readonly exhausted: boolean
}

interface Macro {
  readonly parameters: number
  readonly optional: string | undefined
  readonly body: string
}

const longestExpansion = 200_000
const mostExpansions = 20_000

/** The end of the group that opens at `from`, or −1. */
const groupEnd = (text: string, from: number): number => {
  let depth = 0
  for (let i = from; i < text.length; i++) {
    const c = text[i]
    if (c === '\\') i++
    else if (c === '{') depth++
    else if (c === '}' && --depth === 0) return i
  }
  return -1
}

const header =
  /\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?:\[(\d)\])?\s*(?:\[([^\]]*)\])?\s*(?=\{)|\\DeclareMathOperator(\*?)\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?=\{)|\\def\s*\\([A-Za-z]+)((?:#\d)*)\s*(?=\{)/g

/** Removes the definitions, keeping their line breaks, and returns them. */
const collect = (
  text: string,
): { readonly macros: ReadonlyMap<string, Macro>; readonly blanks: readonly (readonly [number, number])[] } => {
  const macros = new Map<string, Macro>()
  const blanks: [number, number][] = []
  for (const m of text.matchAll(header)) {
    const open = (m.index ?? 0) + m[0].length
    const close = groupEnd(text, open)
    if (close < 0) continue
    const raw = text.slice(open + 1, close).replace(/\s*\n\s*/g, ' ')
    blanks.push([m.index ?? 0, close + 1])
    const name = m[1] ?? m[5] ?? m[6] ?? ''
    if (m[5] !== undefined) macros.set(name, { parameters: 0, optional: undefined, body: `\\operatorname{${raw}}` })
    else macros.set(name, { parameters: m[2] ? Number(m[2]) : (m[7] ?? '').length / 2, optional: m[3], body: raw })
  }
  return { macros, blanks }
}

/** Commands of the physics package, which nobody defines: \\dv{ℓ}{θ}, \\dv[2]{ℓ}{θ}, \\pdv, \\qty(…). */
const packaged: readonly (readonly [string, Macro])[] = [
  ['dv', { parameters: 3, optional: '', body: 'd' }],
  ['pdv', { parameters: 3, optional: '', body: '\\partial' }],
  ['qty', { parameters: 0, optional: undefined, body: '' }],
]
/** \\dv[2]{ℓ}{θ} as a fraction; with one argument, \\dv{θ}, the operator alone. */
const fraction = (sign: string, [order = '', over = '', below]: readonly string[]): string => {
  const power = order === '' ? '' : `^{${order}}`
  return below === undefined
    ? `\\frac{${sign}${power}}{${sign} ${over}${power}}`
    : `\\frac{${sign}${power} ${over}}{${sign} ${below}${power}}`
}

/** Expands the author's macros. */
export const expandMacros = (source: string): Mapped => {
  const needed = packaged.filter(([name]) => new RegExp(`\\\\${name}(?![A-Za-z])`).test(source))
  if (needed.length === 0 && !/\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|def)/.test(source))
    return { text: source, origin: undefined, exhausted: false }
  const collected = collect(source)
  const { blanks } = collected
  const macros = new Map([...needed, ...collected.macros])
  const original = [...source]
  if (original.length !== source.length) original.splice(0, original.length, ...source.split(''))
  for (const [from, to] of blanks) for (let i = from; i < to; i++) if (original[i] !== '\n') original[i] = ' '
  const text = original.join('')
  if (macros.size === 0) return { text, origin: undefined, exhausted: false }
  const out: string[] = []
  const places: number[] = []
  let fuel = mostExpansions
  let length = 0
  let exhausted = false
  const put = (piece: string, place: number, moving: boolean): void => {
    for (let i = 0; i < piece.length; i++) {
      out.push(piece[i] as string)
      places.push(moving ? place + i : place)
    }
    length += piece.length
  }
  /** Writes `piece`; inside an expansion every character has the place of the call. */
  const write = (piece: string, place: number, moving: boolean, depth: number): void => {
    let i = 0
    while (i < piece.length) {
      const next = piece.indexOf('\\', i)
      if (next < 0) {
        put(piece.slice(i), place + (moving ? i : 0), moving)
        return
      }
      put(piece.slice(i, next), place + (moving ? i : 0), moving)
      i = next
      const name = /^[A-Za-z]+/.exec(piece.slice(i + 1, i + 61))?.[0] ?? ''
      const macro = macros.get(name)
      const here = moving ? place + i : place
      if (name === '' || !macro || exhausted) {
        const raw = piece.slice(i, i + 1 + Math.max(1, name.length))
        put(raw, here, moving)
        i += raw.length
        continue
      }
      if (--fuel < 0 || depth > 40 || length > longestExpansion) {
        exhausted = true
        continue
      }
      let at = i + 1 + name.length
      const args: string[] = []
      const skipSpace = (): void => {
        while (/\s/.test(piece[at] ?? '')) at++
      }
      if (macro.optional !== undefined) {
        const given = /^\s*\[([^\]]*)\]/.exec(piece.slice(at))
        args.push(given ? (given[1] ?? '') : macro.optional)
        at += given?.[0].length ?? 0
      }
      const own = packaged.some(([, p]) => p === macro)
      while (args.length < macro.parameters) {
        if (own && !/^\s*\{/.test(piece.slice(at, at + 8))) break
        skipSpace()
        if (piece[at] === '{') {
          const close = groupEnd(piece, at)
          if (close < 0) break
          args.push(piece.slice(at + 1, close))
          at = close + 1
        } else {
          const one = /^\\[A-Za-z]+|^[\s\S]/.exec(piece.slice(at))?.[0] ?? ''
          args.push(one)
          at += one.length
          if (one === '') break
        }
      }
      const plain =
        own && macro.parameters > 0 ? fraction(macro.body, args) : macro.body.replace(/#(\d)/g, (_, k: string) => args[Number(k) - 1] ?? '')
      // and a letter that begins the body not into the command before it: \hat\lam
      const glued = /^[A-Za-z]/.test(plain) && /\\[A-Za-z]+$/.test(out.slice(-24).join(''))
      const body = glued ? ` ${plain}` : plain
      // A letter after the call must not run into the last command of the body.
      write(/\\[A-Za-z]+$/.test(body) && /[A-Za-z]/.test(piece[at] ?? '') ? `${body} ` : body, here, false, depth + 1)
      const lines = piece.slice(i, at).split('\n').length - 1
      if (lines > 0 && moving) put('\n'.repeat(lines), here, false)
      i = at
    }
  }
  write(text, 0, true, 0)
  return { text: out.join(''), origin: Int32Array.from(places), exhausted }
}
