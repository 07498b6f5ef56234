/**
 * One scanner for plain, Unicode and LaTeX formulas: text to tokens with source spans. Spellings of the same thing
 * become the same token; nothing is looked up but the words that LaTeX would otherwise split into letters.
 */
import { canonicalName, functions } from '../term/functions.ts'
import { type Dialect, ModelError, type Origin, placeOf, type Span, suggest } from './error.ts'
import {
  combiningMarks,
  commandOperators,
  faceCommands,
  greekLetters,
  greekNames,
  lookCommands,
  proseCommands,
  proseOperators,
  subscripts,
  superscripts,
  textWords,
  unicodeOperators,
  variantNames,
  vulgarFractions,
  wordOperators,
} from './symbols.ts'

export interface Token extends Span {
  readonly kind: 'number' | 'name' | 'op' | 'end'
  /** Digits, the plain spelling of a name, or the operator. */
  readonly text: string
  /** White space stands before it. */
  readonly space: boolean
  /** A Greek letter that no function is called by (γ, β), whatever its plain spelling. */
  readonly symbol: boolean
}

/** More than this is no formula that somebody wrote. */
const longest = 50_000

/** LaTeX if it has a backslash, else Unicode if any character is not ASCII; LaTeX also for braces after ^ or _. */
export const dialectOf = (text: string): Dialect => {
  if (text.includes('\\')) return 'latex'
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return 'unicode'
  return /[\^_]\s*\{/.test(text) ? 'latex' : 'plain'
}

/** Words inside `\operatorname{…}` that the table of functions prints in another spelling: `B` → beta. */
const operatorNames: ReadonlyMap<string, string> = new Map(
  [...functions.values()].flatMap((f): [string, string][] => {
    const word = /^\\operatorname\{([^}]*)\}$/.exec(f.latex)?.[1]
    return word === undefined ? [] : [[word, f.name]]
  }),
)
/** Symbols that the table prints for functions: Γ, \psi … (so that γ and β stay letters). */
const functionSymbols: ReadonlySet<string> = new Set([...functions.values()].flatMap(f => [f.unicode, f.latex.replace(/^\\/, '')]))

/** Functions with a symbol of several characters: W₀. */
const longSymbols: readonly (readonly [string, string])[] = [...functions.values()].flatMap((f): [string, string][] =>
  [...f.unicode].length > 1 && /[^A-Za-z0-9_]$/.test(f.unicode) && !f.unicode.endsWith('′') ? [[f.unicode, f.name]] : [],
)

const isDigit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9'
const letters = /[A-Za-z]{1,60}/y
const word = /[A-Za-z][A-Za-z0-9]*/y
const shortWord = /[A-Za-z][A-Za-z0-9]{0,59}/y
const number = /(?:\d+(?:\.\d+)?|\.\d+)/y
const numberWithExponent = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+(?![A-Za-z0-9]))?/y
const asciiOperators = ['...', '..', '**', '->', '<=', '>=', '!=', '==', ..."+-*/^_!()[]{}|,;:?=<>&'"] as const
const spelled: Readonly<Record<string, string>> = { '**': '^', '==': '=', '->': 'to' }

const match = (pattern: RegExp, text: string, from: number): string | undefined => {
  pattern.lastIndex = from
  return pattern.exec(text)?.[0]
}

/**
 * The tokens of a formula, an `end` token last. `known` tells the declared names and functions of several letters. `loose`:
 * somebody's own writing, where words, signs between statements and unknown signs are tokens too.
 * @throws ModelError for a character or command that belongs to no formula.
 */
export const scan = (
  text: string,
  dialect: Dialect,
  known: (word: string) => boolean,
  origin?: Origin,
  loose = false,
): readonly Token[] => {
  const tokens: Token[] = []
  let at = 0
  let space = false
  const fail = (message: string, start: number, end: number, expected?: string): never => {
    throw new ModelError(message, placeOf(text, { start, end }, origin), expected)
  }
  if (text.length > longest) fail(`the formula has ${text.length} characters`, 0, 1, `at most ${longest}`)
  const emit = (kind: Token['kind'], value: string, start: number, end: number, symbol = false): undefined => {
    tokens.push({ kind, text: value, start, end, space, symbol })
    space = false
    at = end
  }
  const latex = dialect === 'latex'

  /** Raised or lowered characters: one group after `^` or `_`. */
  const emitRun = (table: ReadonlyMap<string, string>, operator: '^' | '_'): undefined => {
    const start = at
    emit('op', operator, start, start)
    emit('op', '{', start, start)
    let i = start
    while (i < text.length) {
      const c = table.get(text[i] ?? '')
      if (c === undefined) break
      const last = tokens.at(-1)
      if (isDigit(c) && last?.kind === 'number' && last.end === i && last.start >= start)
        tokens[tokens.length - 1] = { ...last, text: last.text + c, end: i + 1 }
      else if (isDigit(c)) emit('number', c, i, i + 1)
      else if (
        /[a-zA-Z]/.test(c) &&
        operator === '^' &&
        last?.kind === 'name' &&
        last.end === i &&
        last.start >= start &&
        /^[a-zA-Z]+$/.test(last.text)
      )
        tokens[tokens.length - 1] = { ...last, text: last.text + c, end: i + 1 }
      else if (/[a-zA-Z]/.test(c)) emit('name', c, i, i + 1)
      else if (greekLetters.has(c)) emit('name', greekLetters.get(c) ?? c, i, i + 1, true)
      else emit('op', c, i, i + 1)
      i++
    }
    emit('op', '}', i, i)
  }

  /** The raw contents of the braces (or the single character) after a face command. */
  const faceArgument = (start: number): { readonly content: string; readonly end: number } | undefined => {
    let i = at
    while (/\s/.test(text[i] ?? '')) i++
    if (text[i] !== '{') return text[i] === undefined || text[i] === '\\' ? undefined : { content: text[i] ?? '', end: i + 1 }
    let depth = 0
    for (let j = i; j < text.length; j++) {
      if (text[j] === '{' && text[j - 1] !== '\\') depth++
      if (text[j] === '}' && text[j - 1] !== '\\' && --depth === 0) return { content: text.slice(i + 1, j), end: j + 1 }
    }
    if (loose) return undefined
    return fail('this brace is never closed', Math.max(start, i), i + 1, '}')
  }

  const emitFace = (face: string, start: number): undefined => {
    if (text[at] === '*') at++
    const argument = faceArgument(start)
    if (argument === undefined) return
    const content = argument.content
      .replace(/\\_/g, '_')
      .replace(/\\[,;:! ]|~/g, ' ')
      .trim()
      .replace(/\s+/g, ' ')
    const { end } = argument
    const connective = textWords.get(content.replace(/[.,]$/, '').trim())
    if (loose && looseFace(face, content, start, end)) return
    if (content === '' || /^[.,;:]$/.test(content)) at = end
    else if (connective !== undefined && face !== 'mathbb') emit('op', connective, start, end)
    else if (/^[RZN]$/.test(content) && /^math(bb|bf|ds)/.test(face)) emit('op', content, start, end)
    else if ((content === '1' && face !== 'mathrm') || (content === 'I' && face === 'mathbb')) emit('op', 'indicator', start, end)
    else if (face === 'operatorname' && operatorNames.has(content)) emit('name', operatorNames.get(content) ?? content, start, end)
    else if (/^[A-Za-z][A-Za-z0-9]*$/.test(content)) emit('name', content, start, end)
    else if (content.includes('\\') || /^[A-Za-z]+_[A-Za-z0-9]+$/.test(content))
      return // a face around a formula: read what is inside
    else if (loose) emit('op', 'words', start, end)
    else fail(`cannot read the words "${content}" inside a formula`, start, end, 'a formula')
  }

  /** Words, calligraphic letters and hats around names, in somebody's own writing. */
  const looseFace = (face: string, content: string, start: number, end: number): boolean => {
    const value = face.startsWith('text') || face === 'mathrm' || face === 'operatorname' || face === 'mathop'
    const squeezed = content
      .replace(/\\[,;:!]/g, '')
      .replace(/[\s{}~]+/g, '')
      .replace(/^\\arg/, 'arg')
      .replace(/\\(max|min)$/, '$1')
    const script = tokens.at(-1)?.text === '_' || (tokens.at(-1)?.text === '{' && /^[_^]$/.test(tokens.at(-2)?.text ?? ''))
    if (value && script && content !== '') emit('name', /^[A-Za-z]+$/.test(content) ? content : 'text', start, end)
    else if (value && /^arg(max|min)$/.test(squeezed)) emit('op', squeezed, start, end)
    else if (/^math(cal|scr|frak)$/.test(face) && /^[A-Z]$/.test(content)) emit('name', `cal${content}`, start, end)
    else if (value && /^(max|min)$/.test(content)) emit('op', content, start, end)
    else if (value && /^(const(ant)?\.?|terms? .*)$/.test(content)) emit('name', 'const', start, end)
    else if (value && content === 'd') emit('name', 'd', start, end)
    else if (value && /^(otherwise|else|elsewhere)[.,]?$/.test(content)) emit('op', 'otherwise', start, end)
    else if (value && /^(when|whenever|provided|provided that|as long as)$/.test(content)) emit('op', 'if', start, end)
    else if (value && /^(i\.?f|for|where|if and only if|and|or|for all|for every|for each|in)[.,:]?$/.test(content)) return false
    else if (value && canonicalName(content) !== undefined) emit('name', content, start, end)
    else if (face.startsWith('text') && /^[A-Za-z]$/.test(content)) emit('name', content, start, end)
    else if (value && content.includes('\\')) return false
    else if (face.startsWith('text') && /[$]/.test(content)) return false
    else if (value && content !== '' && (/\s|[^A-Za-z0-9]/.test(content) || (face.startsWith('text') && content.length > 1)))
      emit('op', 'words', start, end)
    else return false
    return true
  }
  /** The contents of the braces that begin here, skipped. */
  const skipArgument = (start: number): undefined => {
    const argument = faceArgument(start)
    if (argument) at = argument.end
    space = true
  }
  const looseCommand = (name: string, start: number, end: number): boolean => {
    const meant = proseCommands.get(name)
    if (meant === undefined) return false
    if (meant === 'skip' || meant === 'through') space = true
    else if (meant === 'skip1') {
      if (text[at] === '*') at++
      skipArgument(start)
    } else if (meant === 'words1') {
      const argument = faceArgument(start)
      emit('op', 'words', start, argument?.end ?? end)
    } else emit('op', meant, start, end)
    return true
  }

  const emitCommand = (): undefined => {
    const start = at
    const name = match(letters, text, at + 1) ?? text[at + 1] ?? ''
    at = start + 1 + name.length
    const end = at
    const skip = (): undefined => {
      space = true
    }
    if (loose && looseCommand(name, start, end)) return
    if (name === '' || /\s/.test(name) || lookCommands.has(name)) return skip()
    if (name === '\\') {
      emit('op', '\\\\', start, end)
      at += match(/\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm)\s*\]/y, text, at)?.length ?? 0
      return
    }
    if (name === 'left' || name === 'right' || name === 'middle') {
      while (/\s/.test(text[at] ?? '')) at++
      if (text[at] === '.') at++
      else if (text[at] === '|') emit('op', name === 'left' ? 'lvert' : name === 'right' ? 'rvert' : '|', at, at + 1)
      return
    }
    if (loose && (name === 'begin' || name === 'end')) {
      const environment = match(/\s*\{\s*(?:[pbvVB]?(?:small)?matrix|cases|dcases|array|rcases)\*?\s*\}/y, text, at)
      if (environment === undefined) {
        emit('op', `${name}-rows`, start, end)
        at += match(/\s*\{[^{}]*\}(?:\s*\{[^{}]*\}|\[[^\]]*\])?/y, text, at)?.length ?? 0
        return
      }
      emit('op', `${name}-${/matrix|array/.test(environment) ? 'matrix' : 'cases'}`, start, end + environment.length)
      if (name === 'begin') at += match(/\s*\{[lcr|@{}\s]*\}/y, text, at)?.length ?? 0
      return
    }
    if (name === 'begin' || name === 'end') {
      const environment = match(/\s*\{\s*cases\s*\}/y, text, at)
      if (environment === undefined) fail(`\\${name} of an environment other than cases`, start, end, '\\begin{cases}')
      return emit('op', `${name}-cases`, start, end + (environment?.length ?? 0))
    }
    if (faceCommands.has(name)) return emitFace(name, start)
    const operator = commandOperators.get(name)
    if (operator !== undefined) return emit('op', operator, start, end)
    const letter = variantNames.get(name) ?? (name === 'ell' ? 'ell' : undefined)
    if (letter !== undefined || greekNames.has(name)) return emit('name', letter ?? name, start, end, !functionSymbols.has(name))
    if (canonicalName(name) !== undefined || name === 'arg') return emit('name', name, start, end)
    if (loose) return emit('op', 'unknown', start, end)
    const near = suggest(
      name,
      [...greekNames, ...commandOperators.keys(), ...functionSymbols].filter(n => n.length > 1),
    )
    fail(`unknown LaTeX command \\${name}${near.length === 0 ? '' : `; did you mean ${near.map(n => `\\${n}`).join(' or ')}?`}`, start, end)
  }

  /** Characters beyond ASCII. */
  const emitOther = (): undefined => {
    const c = String.fromCodePoint(text.codePointAt(at) ?? 0)
    const start = at
    const end = at + c.length
    if (superscripts.has(c)) return emitRun(superscripts, '^')
    if (subscripts.has(c)) return emitRun(subscripts, '_')
    const mark = combiningMarks.get(c)
    if (mark) return emit('op', `post-${mark}`, start, end)
    const primes = '′″‴'.indexOf(c)
    if (primes >= 0) {
      for (let k = 0; k <= primes; k++) emit('op', "'", start, end)
      return
    }
    const strokes = '′″‴⁗'.indexOf(c)
    if (strokes >= 0) {
      for (let k = 0; k < strokes; k++) emit('op', "'", start, start)
      return emit('op', "'", start, end)
    }
    const prose = loose ? proseOperators.get(c) : undefined
    if (prose === 'calL') return emit('name', prose, start, end)
    if (prose !== undefined) return emit('op', prose, start, end)
    const operator = unicodeOperators.get(c)
    if (operator !== undefined) return emit('op', operator, start, end)
    const fraction = vulgarFractions.get(c)
    if (fraction !== undefined) return emit('number', fraction, start, end)
    const letter = greekLetters.get(c)
    if (letter !== undefined) {
      const digits = latex ? '' : (match(/\d+/y, text, end) ?? '')
      return emit('name', letter + digits, start, end + digits.length, !functionSymbols.has(c) || digits !== '')
    }
    // A letter with its accent in one character, such as ȳ.
    const [base, accent] = [...c.normalize('NFD')]
    const composed = combiningMarks.get(accent ?? '')
    if (composed && base && /[A-Za-z]/.test(base)) {
      emit('name', base, start, end)
      return emit('op', `post-${composed}`, end, end)
    }
    if (loose) return emit('op', /\p{Emoji_Presentation}|\p{Zs}|\p{Cf}/u.test(c) ? 'words' : 'unknown', start, end)
    fail(/\p{L}/u.test(c) ? `a letter that formulas do not use: ${c}` : `stray character ${JSON.stringify(c)}`, start, end)
  }

  const emitWord = (): undefined => {
    const long = longSymbols.find(([symbol]) => text.startsWith(symbol, at))
    if (long) return emit('name', long[1], at, at + long[0].length)
    const whole = match(latex ? shortWord : word, text, at) ?? ''
    const underscored = loose
      ? (match(/[A-Za-z][A-Za-z0-9]*_(?:hat|bar|mle|MLE|ML|ml|max|min|star|tilde)(?![A-Za-z0-9])/y, text, at) ?? '')
      : ''
    if (underscored !== '') return emit('name', underscored, at, at + underscored.length)
    const run = latex ? ([whole, match(letters, text, at) ?? ''].find(w => w.length > 1 && known(w)) ?? whole[0] ?? '') : whole
    emit(!latex && wordOperators.has(run) ? 'op' : 'name', run, at, at + run.length)
  }

  while (at < text.length) {
    const c = text[at] ?? ''
    if (
      c === ' ' ||
      c === '\t' ||
      c === '\n' ||
      c === '\r' ||
      c === '\u00a0' ||
      c === '\u2009' ||
      c === '\u202f' ||
      c === '$' ||
      c === '~'
    ) {
      space = true
      at++
    } else if (isDigit(c) || (c === '.' && isDigit(text[at + 1]))) {
      const digits = match(latex ? number : numberWithExponent, text, at) ?? c
      emit('number', digits, at, at + digits.length)
    } else if (/[A-Za-z]/.test(c)) emitWord()
    else if (c === '\\') emitCommand()
    else if (c.charCodeAt(0) > 127) emitOther()
    else {
      const arrow = loose ? match(/<=+>|[=-]+>(?!=)|:=|=!=|<-+>|\\u2026/y, text, at) : undefined
      if (arrow !== undefined) {
        emit(
          'op',
          arrow === ':=' || arrow === '=!=' ? '=' : arrow.startsWith('<') ? '⇔' : arrow === '->' ? 'to' : '⇒',
          at,
          at + arrow.length,
        )
        continue
      }
      const operator = asciiOperators.find(o => text.startsWith(o, at))
      if (operator === undefined && loose)
        emit('op', c === '.' ? '.' : c === '%' || c === '#' || c === '@' || c === '`' ? 'words' : 'unknown', at, at + 1)
      else if (operator === undefined) fail(`stray character ${JSON.stringify(c)}`, at, at + 1)
      else emit('op', spelled[operator] ?? operator, at, at + operator.length)
    }
  }
  emit('end', '', text.length, text.length)
  return tokens
}
