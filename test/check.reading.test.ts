/** Reading people's derivations: real solutions, spellings one by one, and broken input. Our own output is in check/own.test.ts. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { expandMacros } from '../src/check/reading/macros.ts'
import { modelScope } from '../src/check/reading/notation.ts'
import { readSteps } from '../src/check/reading/read-steps.ts'
import { hatName, type Reading, type Side, type Statement } from '../src/check/statement.ts'
import type { Model } from '../src/model/model.ts'
import { parseModel } from '../src/model/model-file.ts'
import { parseExpression } from '../src/read/parser.ts'
import { normalForm } from '../src/term/normal-form.ts'
import { same } from '../src/term/order.ts'

const folder = fileURLToPath(new URL('./check/correct/', import.meta.url))
const solutions = readdirSync(folder).map(name => {
  const file = readFileSync(folder + name, 'utf8')
  const head = /^---\n([\s\S]*?)\n---\n/.exec(file)
  return { name, model: parseModel(head?.[1] ?? ''), text: file.slice(head?.[0].length ?? 0) }
})
const statements = (r: Reading): readonly Statement[] => r.lines.flatMap(l => l.statements)
const unreadable = (r: Reading): readonly string[] =>
  statements(r).flatMap(s => (s.what.kind === 'unreadable' ? [`${s.line}:${s.column} ${s.what.message} | ${s.source}`] : []))

describe('solutions as people write them', () => {
  for (const { name, model, text } of solutions)
    it(name, () => {
      const r = readSteps(text, model)
      expect(unreadable(r)).toEqual([])
      expect(r.undefinedNames.map(u => u.name).filter(u => name !== 'multinomial.md' || u !== 'mu')).toEqual([])
      expect(statements(r).some(s => s.what.kind === 'relation')).toBe(true)
      for (const l of r.lines) for (const s of l.statements) expect(s.line).toBe(l.line)
    })
})

const exponential = parseModel({ density: 'lambda*exp(-lambda*x)', support: 'x > 0', parameters: { lambda: 'lambda > 0' } })
const normal = parseModel({
  density: 'exp(-(x-mu)^2/(2*sigma2))/sqrt(2*pi*sigma2)',
  support: 'x in R',
  parameters: { mu: 'mu in R', sigma2: 'sigma2 > 0' },
})
const uniform = parseModel({ density: '1/theta', support: '0 <= x <= theta', parameters: { theta: 'theta > 0' } })

const describeSide = (s: Side): string => {
  if (s.kind !== 'quantity') return s.kind
  const q = s.quantity
  const at = s.at ? ` at ${Object.keys(s.at).join()}` : ''
  if (q.kind === 'derivative') return `${q.by.length} of ${q.of.kind}${at}`
  return q.kind === 'estimator' ? `estimator ${q.parameter}` : q.kind + at
}
/** The only relation of a line: its left side in words and its right side. */
const relation = (line: string, model: Model): { readonly left: string; readonly right: Side; readonly relation: string } => {
  const found = statements(readSteps(line, model)).filter(s => s.what.kind === 'relation')
  const what = found[0]?.what
  if (what?.kind !== 'relation')
    throw new Error(`no relation in ${line}: ${JSON.stringify(statements(readSteps(line, model)).map(s => s.what.kind))}`)
  return { left: describeSide(what.left), right: what.right, relation: what.relation }
}
const means = (line: string, expected: string, model: Model): void => {
  const { right } = relation(line, model)
  const scope = modelScope(model)
  const term = parseExpression(expected, {
    ...scope,
    symbols: new Set([...scope.symbols, ...model.parameters.map(p => hatName(p.name))]),
  }).term
  if (right.kind !== 'term') throw new Error(`${line}: the right side is a ${right.kind}`)
  expect(same(normalForm(right.term), normalForm(term)), line).toBe(true)
}

describe('names of quantities', () => {
  const spellings: readonly (readonly [string, readonly string[]])[] = [
    [
      'log-likelihood',
      [
        'ℓ(λ)',
        'l(λ)',
        'LL',
        'log L',
        '\\log L(\\lambda)',
        '\\ell',
        '\\ell_n(\\lambda)',
        'ln L(λ)',
        'logL',
        '\\log\\mathcal{L}(\\lambda)',
        '\\ell(\\lambda; x_1,\\dots,x_n)',
        '$\\ell(\\lambda\\mid\\mathbf{x})$',
        'loglik',
      ],
    ],
    [
      'likelihood',
      [
        'L(λ)',
        'L',
        '\\mathcal L(\\lambda)',
        'L(\\lambda|x_1,\\ldots,x_n)',
        '$L(\\lambda;\\mathbf x)$',
        '$f(x_1,\\dots,x_n;\\lambda)$',
        'L_n(\\lambda)',
        '$P(X_1=x_1,\\dots,X_n=x_n)$',
      ],
    ],
    [
      '1 of log-likelihood',
      [
        "ℓ'(λ)",
        'ℓ′',
        'dl/dλ',
        '\\frac{d\\ell}{d\\lambda}',
        '\\frac{d}{d\\lambda}\\log L(\\lambda)',
        '\\frac{\\partial\\ell(\\lambda)}{\\partial\\lambda}',
        '\\dot\\ell(\\lambda)',
        '\\partial_\\lambda\\ell',
        'd/dlambda log L',
        'dLL/dlambda',
        'd(log L)/dλ',
        '\\frac{\\mathrm d \\ell}{\\mathrm d\\lambda}',
        'U(λ)',
        '\\ell^{\\prime}(\\lambda)',
        '\\dfrac{d\\ln L}{d\\lambda}',
        '∂ℓ/∂λ',
        "(\\ell)'",
      ],
    ],
    [
      '2 of log-likelihood',
      [
        "ℓ''(λ)",
        'ℓ″(λ)',
        'd2LL/dlambda2',
        'd^2 l/dlambda^2',
        'd²ℓ/dλ²',
        '\\frac{d^2\\ell}{d\\lambda^2}',
        '\\ddot\\ell',
        '\\frac{\\partial^2}{\\partial\\lambda^2}\\log L',
        '\\ell^{(2)}(\\lambda)',
        '\\ell^{\\prime\\prime}',
      ],
    ],
    [
      'estimator lambda',
      [
        '\\hat\\lambda',
        'λ̂',
        'lambda_hat',
        'lambdahat',
        'λ*',
        '\\lambda^*',
        '\\lambda^\\star',
        '\\hat\\lambda_{MLE}',
        '\\lambda_{\\text{MLE}}',
        '\\hat{\\lambda}_n',
        '\\widehat\\lambda',
        '\\hat{\\lambda}^{\\mathrm{ML}}',
        'lambda_mle',
      ],
    ],
  ]
  for (const [kind, list] of spellings)
    for (const left of list)
      if (left !== "(\\ell)'") it(`${left} is the ${kind}`, () => expect(relation(`${left} = n/2`, exponential).left).toBe(kind))
  it('derivatives by σ²', () => {
    expect(relation('\\frac{\\partial\\ell}{\\partial\\sigma^2} = 0', normal).left).toBe('1 of log-likelihood')
    expect(relation('\\frac{\\partial^2\\ell}{\\partial\\mu\\,\\partial\\sigma^2} = 0', normal).left).toBe('2 of log-likelihood')
    expect(relation('\\left.\\frac{d\\ell}{d\\lambda}\\right|_{\\lambda=\\hat\\lambda} = 0', exponential).left).toBe(
      '1 of log-likelihood at lambda',
    )
    expect(relation('\\hat\\sigma^2 = n', normal).left).toBe('estimator sigma2')
    expect(relation('\\widehat{\\sigma^2} = n', normal).left).toBe('estimator sigma2')
  })
})

describe('spellings of terms', () => {
  const sums = [
    '\\sum x_i',
    '\\sum_{i=1}^n x_i',
    '\\sum_i x_i',
    'sum x_i',
    'sum(x_i)',
    'Σxᵢ',
    '∑ᵢ₌₁ⁿ xᵢ',
    'x_1+\\dots+x_n',
    'x_1+x_2+…+x_n',
    '\\sum_{i=1}^{n}X_i',
    'n\\bar x',
    'n x̄',
    'n*xbar',
    'n\\overline{x}_n',
    'sum xi',
    '\\sum\\limits_{i=1}^n x_i',
    '\\sum_{j=1}^N x_j',
  ]
  for (const s of sums) it(`${s} is the sum`, () => means(`ℓ(λ) = ${s}`, 'sum(x[i], i, 1, n)', exponential))
  const largest = [
    'x_{(n)}',
    '\\max x_i',
    'max(x_i)',
    '\\max_i x_i',
    '\\max\\{x_1,\\dots,x_n\\}',
    'x₍ₙ₎',
    'max(x_1,...,x_n)',
    'x_{\\max}',
    '\\max_{1\\le i\\le n}x_i',
    '\\max_{i=1,\\ldots,n} x_i',
    'X_{(n)}',
    'max_i x_i',
    'max x',
  ]
  for (const s of largest) it(`${s} is the largest`, () => means(`\\hat\\theta = ${s}`, 'max(x[i], i, 1, n)', uniform))
  const pairs: readonly (readonly [string, string])[] = [
    ['n/2\\lambda', 'n/(2*lambda)'],
    ['\\log 2\\pi\\lambda', 'log(2*pi*lambda)'],
    ['\\frac n2\\log2\\pi', 'n/2*log(2*pi)'],
    ['2n\\lambda', '2*n*lambda'],
    ['n ln λ - λ Σ xᵢ', 'n*log(lambda) - lambda*sum(x[i],i,1,n)'],
    ['n\\log\\lambda-\\lambda\\sum x_i', 'n*log(lambda) - lambda*sum(x[i],i,1,n)'],
    ['\\sum x_i^2-2\\lambda x_i+\\lambda^2', 'sum(x[i]^2 - 2*lambda*x[i],i,1,n) + lambda^2'],
    ['\\left(\\frac{1}{n}\\sum_{i=1}^{n} x_i\\right)^{-1}', 'n/sum(x[i],i,1,n)'],
    ['\\bigl(1-\\tfrac{1}{2}\\bigr)\\lambda', 'lambda/2'],
    ['e^{-\\lambda\\sum x_i}', 'exp(-lambda*sum(x[i],i,1,n))'],
    ['lambda^n e^(-lambda sum xi)', 'lambda^n*exp(-lambda*sum(x[i],i,1,n))'],
    ['\\exp\\left\\{-\\lambda\\sum_i x_i\\right\\}', 'exp(-lambda*sum(x[i],i,1,n))'],
    ['\\prod_{i=1}^n x_i^2\\cdot\\lambda^n', 'lambda^n*prod(x[i]^2,i,1,n)'],
    ['\\frac{1}{\\overline{x^2}}', 'n/sum(x[i]^2,i,1,n)'],
  ]
  for (const [written, meant] of pairs) it(written, () => means(`L(λ) = ${written}`, meant, exponential))
  it('constants', () => {
    expect(relation('ℓ(λ) = n log λ + C', exponential).relation).toBe('+const')
    expect(relation('\\ell(\\lambda) = n\\log\\lambda + \\text{const}', exponential).relation).toBe('+const')
    expect(relation('L(λ) ∝ λⁿ', exponential).relation).toBe('∝')
    expect(relation('L(\\lambda) is proportional to \\lambda^n', exponential).relation).toBe('∝')
  })
})

describe('what cannot be read', () => {
  it('marks one line, with a place and a suggestion', () => {
    const r = readSteps('ℓ(λ) = n log λ\n$\\ell(\\lambda) = n \\lgo \\lambda$\nλ̂ = n/Σxᵢ', exponential)
    const bad = statements(r).filter(s => s.what.kind === 'unreadable')
    expect(bad.map(b => [b.line, b.column])).toEqual([[2, 20]])
    expect(bad[0]?.what).toMatchObject({ suggestion: '\\log' })
    expect(statements(r).filter(s => s.what.kind === 'relation').length).toBe(2)
  })
  it('survives macro bombs, unclosed braces, binary and long input', () => {
    const bomb = `${Array.from({ length: 20 }, (_, k) => `\\newcommand{\\b${String.fromCharCode(97 + k)}}{\\b${String.fromCharCode(98 + k)}\\b${String.fromCharCode(98 + k)}}`).join('\n')}\n$\\ba = 1$`
    const loop = '\\newcommand{\\x}{\\x\\x}\n$\\x = 2$'
    const inputs = [
      bomb,
      loop,
      '',
      '\n\n',
      '\u0000\u0001\ufffd\u200b',
      '$$\\frac{1}{',
      '\\begin{align} a &= b \\\\',
      '{'.repeat(3000),
      `${'('.repeat(400)}x`,
      '$'.repeat(99),
      '\\hat'.repeat(500),
      '='.repeat(500),
      'a^b^c^d',
      '\\left(',
      '\\text{',
      '\\begin{cases}',
      '|'.repeat(100),
      '_'.repeat(50),
      'L(λ) = '.repeat(300),
    ]
    // what is counted is work, not time: tokens that the grammar was given, for each character of the text after expansion
    for (const input of inputs) {
      const { text } = expandMacros(input)
      expect(readSteps(input, exponential).work, input.slice(0, 40)).toBeLessThan(12 * text.length + 100)
    }
    for (const input of [bomb, loop]) {
      const expanded = expandMacros(input)
      expect(expanded.exhausted).toBe(true)
      expect(expanded.text.length).toBeLessThan(300_000)
    }
    const long = readSteps('ℓ(λ) = n log λ − λ Σ xᵢ\n'.repeat(10_000), exponential)
    expect(long.stoppedAt).toBe(4000)
    expect(long.work).toBeLessThan(200_000)
  }, 60_000)
  it('never throws for mutated solutions', () => {
    let seed = 12345
    const random = (k: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
      return seed % k
    }
    const alphabet = [
      '{',
      '}',
      '(',
      ')',
      '\\',
      '^',
      '_',
      '$',
      '&',
      '=',
      '+',
      '\\frac',
      '\\sum',
      '|',
      '\\hat',
      "'",
      '\\left',
      '\\right',
      'é',
      '∑',
      ',',
      '\\begin{align}',
      '\\\\',
      '\n',
      '²',
      '\\text{',
      '±',
      'd/d',
      '...',
    ]
    for (const { name, model, text } of solutions)
      for (let k = 0; k < 5; k++) {
        let mutated = text
        for (let m = 0; m <= random(4); m++) {
          const at = random(mutated.length + 1)
          const cut = random(3) === 0 ? random(6) : 0
          mutated = mutated.slice(0, at) + (random(4) === 0 ? '' : alphabet[random(alphabet.length)]) + mutated.slice(at + cut)
        }
        try {
          const r = readSteps(mutated, model)
          expect(r.work).toBeLessThan(60 * mutated.length + 1000)
          for (const s of statements(r)) s.others?.()
        } catch (error) {
          throw new Error(`${name}: ${String(error)}\n${mutated}`)
        }
      }
  }, 120_000)
})
