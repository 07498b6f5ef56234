/** The renderers: every formula is valid KaTeX, author's words are safe in every format, names come into force where they are introduced. */
import katex from 'katex'
import { describe, expect, test } from 'vitest'
import { ruleById } from '../rules/index.ts'
import { derive } from '../src/derive/derive.ts'
import type { Block, Chain, Derivation } from '../src/document/document.ts'
import { readDerivation } from '../src/document/json.ts'
import { parseModel } from '../src/model/model-file.ts'
import { notation } from '../src/print/build.ts'
import { toLatex } from '../src/print/latex.ts'
import { htmlText, latexText, markdownText, terminalText } from '../src/render/escape.ts'
import { renderHtml } from '../src/render/html.ts'
import { columns, fitted } from '../src/render/measure.ts'
import { wrapPhrase } from '../src/render/phrase.ts'
import { formats, type Handlers, type RenderOptions, render } from '../src/render/render.ts'
import { brokenSum, typesetWidth } from '../src/render/width.ts'
import { add, div, eq, mul, num, sym } from '../src/term/term.ts'
import { bernoulli, everything, total } from './render-fixture.ts'

const documents = [
  ['a derivation', bernoulli],
  ['every kind of block', everything],
] as const
const full: RenderOptions = { detail: 'full' }

/** Formulas of a text: displays first, then what stands between single dollars; escaped dollars are text. */
const formulasOf = (text: string): { readonly math: string; readonly display: boolean }[] => {
  const found: { math: string; display: boolean }[] = []
  const take =
    (display: boolean) =>
    (_: string, math: string): string => {
      found.push({ math, display })
      return ' '
    }
  const rest = text
    .replace(/\\(?:textbackslash|\\)(?:\{\})?(?=\\[[\]])/g, '')
    .replace(/^\\\[\n([\s\S]*?)\n\\\]$/gm, take(true))
    .replace(/\$\$([\s\S]*?)\$\$/g, take(true))
    .replace(/\\\$/g, '')
  rest.replace(/\$([^$]+)\$/g, take(false))
  return found
}
const refuse = (math: string, display: boolean): string | undefined => {
  try {
    katex.renderToString(math, { displayMode: display, strict: 'error', throwOnError: true, trust: false })
    return undefined
  } catch (error) {
    return `${(error as Error).message}\n${math}`
  }
}

describe.each(documents)('%s', (_, d) => {
  test.each([
    ['latex', {}],
    ['latex', full],
    ['markdown', {}],
    ['markdown', full],
  ] as const)('every formula in %s is valid KaTeX (%j)', (format, options) => {
    const formulas = formulasOf(render(d, format, options))
    expect(formulas.length).toBeGreaterThan(10)
    expect(formulas.map(f => refuse(f.math, f.display)).filter(e => e !== undefined)).toEqual([])
  })
  test.each(formats)('%s is the same every time and ends with a newline', format => {
    expect(render(d, format)).toBe(render(d, format))
    expect(render(d, format).endsWith('\n')).toBe(true)
  })
  test('terminal lines stay within the width', () => {
    for (const width of [80, 100, 120])
      for (const line of render(d, 'text', { width }).split('\n')) expect(columns(line), line).toBeLessThanOrEqual(width)
  })
  test('no line ends with spaces, none is undefined', () => {
    for (const format of ['latex', 'markdown', 'text'] as const) {
      const text = render(d, format, full)
      expect(text).not.toMatch(/[ \t]+$/m)
      expect(text).not.toMatch(/undefined|\[object/)
    }
  })
})

describe('HTML', () => {
  const pages = documents.map(([name, d]) => [name, renderHtml(d), renderHtml(d, full)] as const)
  test.each(pages)('%s: KaTeX takes every formula', (_, page, detailed) => {
    expect(page).not.toContain('class="source"')
    expect(detailed).not.toContain('class="source"')
    expect(page).toContain('<math xmlns="http://www.w3.org/1998/Math/MathML"')
  })
  test.each(pages)('%s: self-contained, without scripts', (_, page) => {
    expect(page).not.toMatch(/<script|javascript:|\son\w+=/i)
    const links = [...page.matchAll(/(?:src|href)="([^"]*)"|url\(([^)]*)\)/g)].map(m => m[1] ?? m[2] ?? '')
    expect(links.filter(l => !l.startsWith('data:font/woff2'))).toEqual([])
    expect(page).not.toMatch(/@import/)
  })
  test.each(pages)('%s: tags are balanced and ids unique', (_, page) => {
    const open: string[] = []
    const single = new Set(['meta', 'br', 'path', 'hr'])
    for (const [, close, name = '', self] of page
      .replace(/<style>[\s\S]*?<\/style>/, '')
      .matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/g)) {
      if (single.has(name) || self) continue
      if (!close) open.push(name)
      else expect(open.pop()).toBe(name)
    }
    expect(open).toEqual([])
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(m => m[1])
    expect(new Set(ids).size).toBe(ids.length)
  })
  test('embeds the fonts of the page and no others', () => {
    const page = renderHtml(bernoulli)
    expect(page).toContain('@font-face{font-family:KaTeX_Main;')
    expect(page).toContain('@font-face{font-family:KaTeX_Math;')
    expect(page).not.toContain('@font-face{font-family:KaTeX_Fraktur;')
    expect(page.length).toBeLessThan(500_000)
  })
  test('has a title, a language, headings and a table with scopes', () => {
    const page = renderHtml(bernoulli)
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('<title>Maximum likelihood for the Bernoulli distribution</title>')
    expect(page).toMatch(/<th scope="col">/)
    expect(page).toMatch(/<th scope="row">/)
    expect(page).toMatch(/<h2 id="section-1"><span class="number">1\.<\/span>Likelihood<\/h2>/)
  })
  test('a fragment is only the article', () => {
    const fragment = renderHtml(bernoulli, { fragment: true })
    expect(fragment.startsWith('<article')).toBe(true)
    expect(fragment).not.toMatch(/<style|<h1|<html/)
  })
})

describe('an author’s words', () => {
  test('are text in LaTeX', () => {
    const latex = render(everything, 'latex')
    expect(latex).not.toMatch(/\\input|\$x\$/)
    expect(latex).toContain('\\textbackslash{}input\\{a\\}')
    expect(latex).toContain('\\textless{}script\\textgreater{}')
    expect(latex).toContain('[U+5206]')
  })
  test('are text in Markdown', () => {
    const markdown = render(everything, 'markdown')
    expect(markdown).not.toContain('<script')
    expect(markdown).toContain('\\$x\\$')
    expect(markdown).toContain('\\*d\\*')
  })
  test('are text in HTML', () => {
    const html = renderHtml(everything)
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;')
  })
  test('move no cursor in the terminal', () => {
    const text = render(everything, 'text')
    for (const c of ['\u001b', '\u202e']) expect(text).not.toContain(c)
    expect(text).toContain('“quoted” it’s')
  })
  test('escapes are complete for printable ASCII', () => {
    const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')
    expect(refuse(`\\text{${latexText(ascii)}}`, false)).toBeUndefined()
    expect(htmlText('<>&"\'')).toBe('&lt;&gt;&amp;&quot;&#39;')
    expect(markdownText('1. a', true)).toBe('1\\. a')
    expect(markdownText('- a', true)).toBe('\\- a')
    expect(markdownText('1. a')).toBe('1. a')
    expect(terminalText('a\u001b[0mb')).toBe('a[0mb')
  })
  test('accents and Greek are set by TeX’s own fonts', () => {
    expect(latexText('Poincaré, Łódź θ̂')).not.toContain('é')
    expect(refuse(`\\text{${latexText('Poincaré naïve Öl ŷ θ ≤ ∞ ℓ – “a” ½')}}`, false)).toBeUndefined()
  })
})

const sectionOf = (text: string, start: string, end: string): string => text.slice(text.indexOf(start), text.indexOf(end))

describe('names in force', () => {
  const markdown = render(bernoulli, 'markdown')
  const likelihood = sectionOf(markdown, '## 1.', '## 2.')
  test('not before the line that introduces them', () => {
    expect(sectionOf(markdown, '**Model.**', '## 1.')).not.toMatch(/\bk\b/)
    const rows = likelihood.split('\n').filter(l => l.includes('&'))
    expect(rows.slice(0, 2).join()).not.toMatch(/\bk\b/)
    expect(rows[2]).toMatch(/p\^\{?k/)
  })
  test('the introducing reason shows the term expanded', () => {
    expect(likelihood).toMatch(/write \}.*k\s*=.*\\sum/)
  })
  test('in every later section', () => {
    expect(sectionOf(markdown, '## 2.', '## 3.')).not.toContain('\\sum')
    expect(sectionOf(markdown, '## 4.', '## 5.')).not.toContain('\\sum')
  })
  test('the box shows the named, the expanded and the mean form once each, with a hat', () => {
    expect(sectionOf(markdown, '\\boxed', '| sample')).toMatch(/\\hat\{?\s*p\}?\s*=\\frac\{k\}\{n\}=.*\\sum_\{i=1\}\^\{n\}.*=\\bar\{?\s*x/)
  })
  test('a name given anew replaces the old one', () => {
    const chain = (name: string, id: string): Chain => ({
      type: 'chain',
      subject: sym('A'),
      start: total,
      origin: { kind: 'term' },
      given: [],
      lines: [{ type: 'line', id, relation: '=', term: total, steps: [], reason: [], why: [], names: [{ name, term: total }] }],
    })
    const blocks: Block[] = [chain('k', 'a'), chain('S', 'b'), { type: 'prose', content: [{ math: div(total, sym('n')) }] }]
    const d: Derivation = { ...bernoulli, sections: [{ type: 'section', id: 'score', title: 'A', blocks }] }
    expect(render(d, 'text')).toContain('A = S')
  })
})

describe('the terminal', () => {
  const text = render(bernoulli, 'text')
  test('relation signs of a chain stand in one column', () => {
    const lines = sectionOf(text, '4. Score equation', '5. ')
      .split('\n')
      .filter(l => / = /.test(l) && l.startsWith('  '))
    expect(lines.length).toBeGreaterThanOrEqual(5)
    expect(new Set(lines.map(l => columns(l.slice(0, l.indexOf(' = '))))).size).toBe(1)
  })
  test('reasons of a chain stand in one column', () => {
    const lines = sectionOf(text, '2. Log-likelihood', '3. ')
      .split('\n')
      .filter(l => /definition|log of a/.test(l))
    expect(lines).toHaveLength(3)
    expect(new Set(lines.map(l => columns(l.slice(0, l.search(/definition|log of a/))))).size).toBe(1)
  })
  test('the answer is in a box', () => {
    expect(text).toMatch(/┌─+┐\n {2}│ {2}p̂ = .*│ {3}for every sample\.\n {2}└─+┘/)
  })
})

describe('options', () => {
  test('a fragment of LaTeX has no preamble, a document has', () => {
    expect(render(bernoulli, 'latex')).toMatch(/^\\documentclass[\s\S]*\\begin\{document\}[\s\S]*\\end\{document\}\n$/)
    expect(render(bernoulli, 'latex', { fragment: true })).not.toMatch(/\\documentclass|\\begin\{document\}|\\usepackage/)
    expect(render(bernoulli, 'markdown', { fragment: true })).not.toMatch(/^# /m)
  })
  test('full detail shows the title of each rule and the term after it', () => {
    const title = ruleById('log.power')?.title ?? ''
    expect(title).not.toBe('')
    for (const format of ['latex', 'markdown', 'text'] as const) {
      expect(render(bernoulli, format, full)).toContain(title)
      expect(render(bernoulli, format, full).split('\n').length).toBeGreaterThan(render(bernoulli, format).split('\n').length)
    }
  })
  test('an author replaces an entry of the table', () => {
    const handlers: Partial<Handlers> = {
      remark: (_, pen) => `REMARK IN ${pen.number}`,
      section: (s, pen) => `SECTION ${pen.number} ${s.id} of ${pen.derivation.title}`,
    }
    expect(render(bernoulli, 'markdown', { handlers: { remark: handlers.remark as Handlers['remark'] } })).toContain('REMARK IN 4')
    expect(render(bernoulli, 'text', { handlers })).toContain('SECTION 1 likelihood of Maximum likelihood')
  })
  test('the certificate is the last line', () => {
    expect(render(bernoulli, 'text').trimEnd().split('\n\n').at(-1)).toMatch(/^Proofread: 13 lines replayed/)
    expect(render({ ...bernoulli, certificate: null }, 'text')).not.toContain('Proofread')
    expect(render(everything, 'text')).toContain('Line a.1 is not verified: no rule.')
  })
})

describe('phrases', () => {
  const measure = (phrase: readonly unknown[]): number => phrase.reduce<number>((s, p) => s + (typeof p === 'string' ? p.length : 5), 0)
  test('lines break between words and keep formulas whole', () => {
    const math = { math: eq(sym('a'), sym('b')) }
    const lines = wrapPhrase(['one two (', math, '), three four'], 10, measure)
    expect(lines).toEqual([['one two'], ['(', math, '),'], ['three four']])
    expect(wrapPhrase([], 9, measure)).toEqual([[]])
    expect(wrapPhrase(['verylongword x'], 4, measure)).toEqual([['verylongword'], ['x']])
  })
})

const derived = (
  density: string,
  support: string,
  parameters: Readonly<Record<string, string>>,
  known: Readonly<Record<string, string>> = {},
): Derivation => derive(parseModel({ density, support, parameters, known }))
const real: readonly (readonly [string, Derivation])[] = [
  ['a pmf', derived('lambda^x * exp(-lambda) / x!', 'x in {0..}', { lambda: 'lambda > 0' })],
  ['a moving support', derived('theta/x^2', 'x >= theta', { theta: 'theta > 0' })],
  [
    'long formulas',
    derived('sqrt(lambda/(2*pi*x^3)) * exp(-lambda*(x - mu)^2/(2*mu^2*x))', 'x > 0', { lambda: 'lambda > 0' }, { mu: 'mu > 0' }),
  ],
  ['a restricted parameter', derived('exp(-(x-mu)^2/2)/sqrt(2*pi)', 'x in R', { mu: 'mu >= 0' })],
]

describe.each(real)('derived: %s', (_, d) => {
  test('every formula is valid KaTeX, in every format that has LaTeX', () => {
    const found = [...formulasOf(render(d, 'latex')), ...formulasOf(render(d, 'markdown', full))]
    expect(found.map(f => refuse(f.math, f.display)).filter(e => e !== undefined)).toEqual([])
    expect(renderHtml(d)).not.toContain('class="source"')
  })
  test('terminal lines stay within 100 columns', () => {
    for (const line of render(d, 'text').split('\n')) expect(columns(line), line).toBeLessThanOrEqual(100)
  })
  test('JSON is read back as the same document', () => {
    expect(readDerivation(render(d, 'json'))).toEqual(d)
  })
})

describe('the density', () => {
  const density = (d: Derivation): string =>
    render(d, 'text')
      .split('\n')
      .find(l => l.startsWith('  f(')) ?? ''
  test('is printed as its author wrote it', () => {
    expect(density(derived('(1-p)^(1-x) * p^x', 'x in {0, 1}', { p: '0 <= p <= 1' }))).toContain('(1 − p)¹⁻ˣ pˣ')
    expect(density(derived('p^x * (1-p)^(1-x)', 'x in {0, 1}', { p: '0 <= p <= 1' }))).toContain('pˣ(1 − p)¹⁻ˣ')
  })
  test('opens the likelihood with the observation indexed, and keeps the indicator of its support', () => {
    expect(render(derived('theta/x^2', 'x >= theta', { theta: 'theta > 0' }), 'markdown')).toContain(
      'L(\\theta)&=\\prod_{i=1}^{n}\\frac{\\theta}{x_i^{2}}\\,\\mathbf{1}\\{\\theta\\le x_i\\}',
    )
  })
  test('has its support said as a book says it', () => {
    expect(density(derived('theta/x^2', 'x >= theta', { theta: 'theta > 0' }))).toContain('x ≥ θ')
    expect(density(derived('1/theta', '0 <= x <= theta', { theta: 'theta > 0' }))).toContain('0 ≤ x ≤ θ')
    expect(density(derived('exp(-(x-mu)^2/2)/sqrt(2*pi)', 'x in R', { mu: 'mu in R' }))).toContain('x ∈ ℝ')
  })
  test('of a text that cannot be read gives way to the term', () => {
    const [sample] = bernoulli.model.samples
    if (!sample) throw new Error('no sample')
    const d: Derivation = { ...bernoulli, model: { ...bernoulli.model, samples: [{ ...sample, densityText: '((' }] } }
    expect(density(d)).toContain('pˣ(1 − p)¹⁻ˣ')
  })
})

describe('widths', () => {
  test('columns of a table shrink widest first and never below their least', () => {
    expect(fitted([40, 10, 50], [5, 5, 5], 60)).toEqual([25, 10, 25])
    expect(fitted([40, 10], [30, 10], 20)).toEqual([30, 10])
    expect(fitted([4, 5], [1, 1], 20)).toEqual([4, 5])
  })
  test('a long sum is broken before its signs', () => {
    const t = notation(add(...['a', 'b', 'c', 'd'].map(name => mul(num(-1), sym(name)))))
    const parts = brokenSum(t, 8)
    expect(parts.parts.length).toBeGreaterThan(1)
    expect(parts.parts.map(toLatex).join('')).toBe(toLatex(t))
    expect(brokenSum(t, 100)).toEqual({ parts: [t], widest: typesetWidth(t) })
  })
  test('a fraction is as wide as its longer part', () => {
    const [a, b] = [add(sym('a'), sym('b')), sym('c')]
    expect(typesetWidth(notation(div(a, b)))).toBeLessThan(typesetWidth(notation(a)) + 2)
  })
})
