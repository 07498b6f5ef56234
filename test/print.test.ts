/** How formulas look: the standard of a printed derivation, line by line; and that abbreviations never change a meaning. */
import fc from 'fast-check'
import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { latex, nameParts, plain, type Style, unicode } from '../src/print/index.ts'
import { parseTerm } from '../src/read/parser.ts'
import { same } from '../src/term/order.ts'
import { add, and, at, call, type Expr, le, lt, mul, pow, sub, sym, type Term } from '../src/term/term.ts'
import { substitute, sum } from '../src/term/walk.ts'
import { exprs, scope as names } from './arbitraries.ts'

const scope = {
  symbols: new Set([
    'n',
    'p',
    'k',
    'm',
    'r',
    'v',
    'b',
    'c',
    'mu',
    'alpha',
    'beta',
    'theta',
    'lambda',
    'sigma2',
    'mu1',
    'xm',
    'rate',
    'x',
    'phi',
    'N',
    'T',
  ]),
  arrays: new Set(['y']),
  calls: new Set(['ell', 'L', 'se']),
}
const withData = { ...scope, symbols: new Set([...scope.symbols].filter(s => s !== 'x')), arrays: new Set(['x', 'y', 'w']) }
/** Reads x as a symbol, unless entries x[i] are meant. */
const term = (text: string): Term => parseTerm(text, /\bx\[/.test(text) ? withData : scope)
const expr = (text: string): Expr => term(text) as Expr

const S = expr('sum(x[i], i, 1, n)')
const T = expr('sum(log(x[i]), i, 1, n)')
const Q = expr('sum((x[i] - mu)^2, i, 1, n)')
const bernoulli: Style = { parameters: ['p'], data: ['x'], names: [{ name: 'k', term: S }] }
const gamma: Style = {
  parameters: ['alpha', 'beta'],
  data: ['x'],
  names: [
    { name: 'S', term: S },
    { name: 'T', term: T },
  ],
}
const normal: Style = { parameters: ['mu', 'v'], data: ['x'] }
const of = (...parameters: string[]): Style => ({ parameters, data: ['x', 'y'] })

const shown = (style: Style | undefined, rows: readonly (readonly [string | Term, string, string?])[]): void => {
  for (const [source, asLatex, asUnicode] of rows) {
    const t = typeof source === 'string' ? term(source) : source
    expect(latex(t, style)).toBe(asLatex)
    if (asUnicode !== undefined) expect(unicode(t, style)).toBe(asUnicode)
    katex.renderToString(asLatex, { throwOnError: true, strict: 'error', displayMode: true })
  }
}

describe('lines of a derivation', () => {
  it('Bernoulli', () => {
    shown(bernoulli, [
      ['prod(p^x[i]*(1-p)^(1-x[i]), i, 1, n)', '\\prod_{i=1}^{n}p^{x_i}(1-p)^{1-x_i}', '∏ᵢ₌₁ⁿ p^(xᵢ)(1 − p)^(1−xᵢ)'],
      ['p^sum(x[i],i,1,n)*(1-p)^(n-sum(x[i],i,1,n))', 'p^{k}(1-p)^{n-k}', 'pᵏ(1 − p)ⁿ⁻ᵏ'],
      ['log(p^sum(x[i],i,1,n)) + log((1-p)^(n-sum(x[i],i,1,n)))', '\\log p^{k}+\\log(1-p)^{n-k}', 'log pᵏ + log[(1 − p)ⁿ⁻ᵏ]'],
      ['log(p^sum(x[i],i,1,n)*(1-p)^(n-sum(x[i],i,1,n)))', '\\log[p^{k}(1-p)^{n-k}]'],
      ['sum(x[i],i,1,n)*log(p) + (n-sum(x[i],i,1,n))*log(1-p)', 'k\\log p+(n-k)\\log(1-p)', 'k log p + (n − k) log(1 − p)'],
      ['diff(sum(x[i],i,1,n)*log(p), p)', '\\frac{d}{dp}[k\\log p]', 'd/dp[k log p]'],
      ['sum(x[i],i,1,n)/p - (n-sum(x[i],i,1,n))/(1-p)', '\\frac{k}{p}-\\frac{n-k}{1-p}', 'k/p − (n − k)/(1 − p)'],
      ['sum(x[i],i,1,n)*(1-p) = (n-sum(x[i],i,1,n))*p', 'k(1-p)=(n-k)p', 'k(1 − p) = (n − k) p'],
      ['sum(x[i],i,1,n) - p*sum(x[i],i,1,n) = n*p - p*sum(x[i],i,1,n)', 'k-k p=n p-k p'],
      ['-sum(x[i],i,1,n)/p^2 - (n-sum(x[i],i,1,n))/(1-p)^2', '-\\frac{k}{p^{2}}-\\frac{n-k}{(1-p)^{2}}', '−k/p² − (n − k)/(1 − p)²'],
      [and(lt(expr('0'), S), lt(S, sym('n'))), '0<k<n', '0 < k < n'],
    ])
    shown({ ...of('p'), hats: new Set(['p']) }, [
      ['n/(p*(1-p))', '\\frac{n}{\\hat{p}(1-\\hat{p})}', 'n/(p̂(1 − p̂))'],
      ['sqrt(p*(1-p)/n)', '\\sqrt{\\frac{\\hat{p}(1-\\hat{p})}{n}}', '√(p̂(1 − p̂)/n)'],
    ])
    shown(of('p'), [
      [
        'sum(x[i],i,1,n)*log(p) + (n-sum(x[i],i,1,n))*log(1-p)',
        '\\left(\\sum_{i=1}^{n}x_i\\right)\\log p+\\left(n-\\sum_{i=1}^{n}x_i\\right)\\log(1-p)',
      ],
    ])
  })

  it('normal', () => {
    shown(normal, [
      [
        '1/sqrt(2*pi*v)*exp(-(x-mu)^2/(2*v))',
        '\\frac{1}{\\sqrt{2\\pi v}}\\exp\\left(-\\frac{(x-\\mu)^{2}}{2v}\\right)',
        '(1/√(2π v)) exp(−(x − μ)²/(2v))',
      ],
      [
        '(2*pi*v)^(-n/2)*exp(-sum((x[i]-mu)^2,i,1,n)/(2*v))',
        '(2\\pi v)^{-n/2}\\exp\\left(-\\frac{1}{2v}\\sum_{i=1}^{n}(x_i-\\mu)^{2}\\right)',
      ],
      ['log((2*pi*v)^(-n/2))', '\\log[(2\\pi v)^{-n/2}]'],
      [
        '-n/2*log(2*pi*v) - sum((x[i]-mu)^2,i,1,n)/(2*v)',
        '-\\frac{n}{2}\\log(2\\pi v)-\\frac{1}{2v}\\sum_{i=1}^{n}(x_i-\\mu)^{2}',
        '−(n/2) log(2π v) − (1/(2v)) ∑ᵢ₌₁ⁿ (xᵢ − μ)²',
      ],
      [
        '-sum(2*(x[i]-mu)*diff(x[i]-mu,mu),i,1,n)/(2*v)',
        '-\\frac{1}{2v}\\sum_{i=1}^{n}2(x_i-\\mu)\\,\\frac{\\partial}{\\partial\\mu}[x_i-\\mu]',
      ],
      ['sum(x[i]-mu,i,1,n)/v = 0', '\\frac{1}{v}\\sum_{i=1}^{n}(x_i-\\mu)=0'],
      ['-n/(2*v) + sum((x[i]-mu)^2,i,1,n)/(2*v^2)', '-\\frac{n}{2v}+\\frac{1}{2v^{2}}\\sum_{i=1}^{n}(x_i-\\mu)^{2}'],
      ['sum(x[i],i,1,n) - n*mu', '\\sum_{i=1}^{n}x_i-n\\mu'],
      [call('ell', [sym('mu'), sym('v')], [1, 0]), '\\frac{\\partial\\ell}{\\partial\\mu}', '∂ℓ/∂μ'],
      [call('ell', [sym('mu'), sym('v')], [1, 1]), '\\frac{\\partial^{2}\\ell}{\\partial\\mu\\,\\partial v}'],
      [call('ell', [sym('mu'), sym('v')], [0, 2]), '\\frac{\\partial^{2}\\ell}{\\partial v^{2}}'],
      [
        call('ell', [expr('sum(x[i],i,1,n)/n'), sym('v')], [0, 1]),
        '\\frac{\\partial\\ell}{\\partial v}\\left(\\frac{1}{n}\\sum_{i=1}^{n}x_i,v\\right)',
      ],
    ])
    shown({ ...normal, names: [{ name: 'S', term: Q }] }, [
      ['-n/(2*v) + sum((x[i]-mu)^2,i,1,n)/(2*v^2) = 0', '\\frac{S}{2v^{2}}-\\frac{n}{2v}=0', 'S/(2v²) − n/(2v) = 0'],
      ['sum((x[i]-mu)^2,i,1,n) - n*v', 'S-n v'],
    ])
    shown({ ...normal, means: true }, [
      ['n/v*(sum(x[i],i,1,n)/n - mu)', '\\frac{n}{v}(\\bar{x}-\\mu)', '(n/v)(x̄ − μ)'],
      ['sum((x[i] - sum(x[j],j,1,n)/n)^2,i,1,n)/n', '\\frac{1}{n}\\sum_{i=1}^{n}(x_i-\\bar{x})^{2}'],
    ])
  })

  it('gamma', () => {
    const raw: Style = { ...gamma, names: [] }
    shown(raw, [
      ['beta^alpha/gamma(alpha)*x^(alpha-1)*exp(-beta*x)', '\\frac{\\beta^{\\alpha}}{\\Gamma(\\alpha)}x^{\\alpha-1}e^{-\\beta x}'],
      [
        'beta^(n*alpha)/gamma(alpha)^n*prod(x[i],i,1,n)^(alpha-1)*exp(-beta*sum(x[i],i,1,n))',
        '\\frac{\\beta^{n\\alpha}}{\\Gamma(\\alpha)^{n}}\\left(\\prod_{i=1}^{n}x_i\\right)^{\\alpha-1}e^{-\\beta\\sum_{i=1}^{n}x_i}',
      ],
      [
        'n*alpha*log(beta) - n*log(gamma(alpha)) + (alpha-1)*sum(log(x[i]),i,1,n) - beta*sum(x[i],i,1,n)',
        'n\\alpha\\log\\beta-n\\log\\Gamma(\\alpha)+(\\alpha-1)\\sum_{i=1}^{n}\\log x_i-\\beta\\sum_{i=1}^{n}x_i',
      ],
    ])
    shown(gamma, [
      [
        'n*alpha*log(beta) - n*log(gamma(alpha)) + (alpha-1)*sum(log(x[i]),i,1,n) - beta*sum(x[i],i,1,n)',
        'n\\alpha\\log\\beta-n\\log\\Gamma(\\alpha)+(\\alpha-1)T-\\beta S',
        'n α log β − n log Γ(α) + (α − 1) T − β S',
      ],
      ['n*alpha/beta - sum(x[i],i,1,n)', '\\frac{n\\alpha}{\\beta}-S'],
      ['n^2/beta^2*(alpha*trigamma(alpha) - 1)', "\\frac{n^{2}}{\\beta^{2}}(\\alpha\\psi'(\\alpha)-1)"],
      ['polygamma(2, alpha)', '\\psi^{(2)}(\\alpha)', 'ψ⁽²⁾(α)'],
    ])
    shown({ ...raw, means: true }, [
      ['n*alpha/sum(x[i],i,1,n)', '\\frac{\\alpha}{\\bar{x}}', 'α/x̄'],
      ['n*log(n*alpha/sum(x[i],i,1,n))', 'n\\log\\frac{\\alpha}{\\bar{x}}', 'n log(α/x̄)'],
      [
        'log(alpha) - digamma(alpha) = log(sum(x[i],i,1,n)/n) - sum(log(x[i]),i,1,n)/n',
        '\\log\\alpha-\\psi(\\alpha)=\\log\\bar{x}-\\overline{\\log x}',
      ],
    ])
  })

  it('supports that move, order statistics', () =>
    shown(of('theta'), [
      ['1/theta*indicator(0 <= x <= theta)', '\\frac{1}{\\theta}\\,\\mathbf{1}\\{0\\le x\\le \\theta\\}', '(1/θ) 𝟏{0 ≤ x ≤ θ}'],
      ['theta^(-n)*indicator(max(x[i],i,1,n) <= theta)', '\\theta^{-n}\\,\\mathbf{1}\\{x_{(n)}\\le \\theta\\}', 'θ⁻ⁿ 𝟏{x₍ₙ₎ ≤ θ}'],
      ['min(x[i],i,1,n)', 'x_{(1)}', 'x₍₁₎'],
      ['max(abs(x[i]),i,1,n)', '\\max_{1\\le i\\le n}\\left|x_i\\right|', 'max_(1≤i≤n) |xᵢ|'],
      ['max(x[i],i,1,m)', '\\max_{1\\le i\\le m}x_i'],
      ['order(r,x[i],i,1,n)', 'x_{(r)}'],
      ['-n/theta', '-\\frac{n}{\\theta}'],
      ['x >= c', 'x\\ge c', 'x ≥ c'],
      ['c < theta', '\\theta>c'],
      ['x <= theta', 'x\\le \\theta'],
    ]))

  it('other densities', () => {
    shown(of('lambda'), [
      ['lambda^x*exp(-lambda)/x!', '\\frac{\\lambda^{x}e^{-\\lambda}}{x!}', 'λˣ exp(−λ)/x!'],
      [
        'lambda^sum(x[i],i,1,n)*exp(-n*lambda)/prod(x[i]!,i,1,n)',
        '\\frac{\\lambda^{\\sum_{i=1}^{n}x_i}e^{-n\\lambda}}{\\prod_{i=1}^{n}x_i!}',
      ],
      ['sum(x[i],i,1,n)/lambda^2', '\\frac{1}{\\lambda^{2}}\\sum_{i=1}^{n}x_i'],
    ])
    shown({ ...of('lambda'), names: [{ name: 'S', term: S }] }, [
      ['sum(x[i],i,1,n)*log(lambda) - n*lambda - sum(log(x[i]!),i,1,n)', 'S\\log\\lambda-n\\lambda-\\sum_{i=1}^{n}\\log x_i!'],
    ])
    shown(of('theta'), [
      ['theta*x^(theta-1)', '\\theta x^{\\theta-1}', 'θ xᶿ⁻¹'],
      ['(theta+1)*x^theta', '(\\theta+1)x^{\\theta}'],
      ['theta*(theta+1)*x^(theta-1)*(1-x)', '\\theta(\\theta+1)x^{\\theta-1}(1-x)'],
      ['27*theta^8*(1-theta)^4', '27\\theta^{8}(1-\\theta)^{4}'],
      ['x/theta^2*exp(-x/theta)', '\\frac{x}{\\theta^{2}}e^{-x/\\theta}', '(x/θ²) exp(−x/θ)'],
      ['binomial(m,x)*theta^x*(1-theta)^(m-x)', '\\binom{m}{x}\\theta^{x}(1-\\theta)^{m-x}'],
    ])
    shown(of('alpha'), [['alpha*xm^alpha/x^(alpha+1)', '\\frac{\\alpha x_m^{\\alpha}}{x^{\\alpha+1}}']])
    shown(of('mu', 'v'), [
      ['1/(x*sqrt(2*pi*v))*exp(-(log(x)-mu)^2/(2*v))', '\\frac{1}{x\\sqrt{2\\pi v}}\\exp\\left(-\\frac{(\\log x-\\mu)^{2}}{2v}\\right)'],
    ])
  })
})

describe('signs, fractions, roots, powers', () => {
  it('a positive summand stands first where there is one', () =>
    shown(of('p', 'alpha'), [
      ['-p + 1', '1-p'],
      ['-1 + alpha', '\\alpha-1'],
      ['-n*p + k', 'k-n p'],
      ['-k + n', 'n-k'],
      ['-alpha - 1', '-\\alpha-1'],
      ['1 + alpha', '\\alpha+1'],
      ['x^2 - 2*p*x + p^2', 'x^{2}-2p x+p^{2}'],
      ['1 + x^2', '1+x^{2}'],
      ['1 + exp(-x)', '1+e^{-x}'],
      ['-(p + 1)', '-(p+1)'],
      ['k - (p + 1)', 'k-(p+1)'],
    ]))
  it('fractions', () =>
    shown(of('p'), [
      ['1/2', '\\frac{1}{2}', '1/2'],
      ['-k/2', '-\\frac{k}{2}'],
      ['3*k/2', '\\frac{3k}{2}'],
      ['(k+p)/2', '\\frac{p+k}{2}'],
      ['log(p)/2', '\\frac{1}{2}\\log p'],
      ['(2*v)^(-1)', '(2v)^{-1}'],
      ['(x^2)^(-1)', '(x^{2})^{-1}'],
      ['v^(-3/2)', '\\frac{1}{v^{3/2}}'],
      ['v^(-n/2)', 'v^{-n/2}'],
      ['(1/2)^n', '\\left(\\frac{1}{2}\\right)^{n}'],
      [mul(expr('1/n'), call('ell', [sym('p')])), '\\frac{\\ell(p)}{n}', 'ℓ(p)/n'],
    ]))
  it('fractions in running text', () =>
    shown({ ...of('p'), inline: true }, [
      ['k/n', 'k/n'],
      ['n/(2*v^2)', 'n/(2v^{2})'],
      ['(n-k)/(1-p)', '(n-k)/(1-p)'],
      ['sum(x[i],i,1,n)/n', '\\frac{1}{n}\\sum_{i=1}^{n}x_i'],
      ['sqrt(v/n)', '\\sqrt{v/n}'],
    ]))
  it('powers', () =>
    shown(of('p'), [
      ['log(x)^2', '(\\log x)^{2}', '(log x)²'],
      ['log(x^2)', '\\log x^{2}'],
      ['sqrt(x+1)', '\\sqrt{x+1}', '√(x + 1)'],
      ['2*3^k', '2\\cdot 3^{k}'],
      ['(-2)^k', '(-2)^{k}'],
      ['sigma2^2', '\\sigma^{4}', 'σ⁴'],
      ['sigma2^(-n/2)', '(\\sigma^{2})^{-n/2}'],
      ['sqrt(sigma2)', '\\sqrt{\\sigma^{2}}'],
      ['x^(alpha*beta)', 'x^{\\alpha\\beta}', 'x^(α β)'],
      ['exp(exp(x))', 'e^{e^{x}}'],
      ['exp(x)^2', '(e^{x})^{2}'],
      ['(x!)!', '(x!)!'],
      ['gamma(x)^2', '\\Gamma(x)^{2}'],
    ]))
  it('functions', () =>
    shown(of('p'), [
      ['abs(x-m)/b', '\\frac{\\left|x-m\\right|}{b}', '|x − m|/b'],
      ['floor(k*N/x)', '\\left\\lfloor \\frac{N k}{x}\\right\\rfloor ', '⌊N k/x⌋'],
      ['log(p)*log(x)', '\\log p\\log x'],
      ['exp(x)*log(p)', '\\log(p)e^{x}'],
      ['E(ell(p))', '\\operatorname{E}\\left[\\ell(p)\\right]'],
      [call('ell', [sym('p')], [2]), "\\ell''(p)", 'ℓ″(p)'],
      [call('se', [sym('p')]), '\\operatorname{se}(p)'],
      ["limit(log(p), p, 0, '+')", '\\lim_{p\\to 0^{+}}\\log p', 'lim_(p→0⁺) log p'],
      ['x <= c ? x : 0', '\\begin{cases}x&\\text{if }x\\le c\\\\0&\\text{otherwise}\\end{cases}', 'x ≤ c ? x : 0'],
    ]))
})

describe('statements and sets', () => {
  it('relations', () =>
    shown(of('p'), [
      ['0 < p < 1', '0<p<1', '0 < p < 1'],
      ['0 < x', 'x>0'],
      ['x != 0', 'x\\ne 0', 'x ≠ 0'],
      ['x in {0, 1}', 'x\\in \\{0,1\\}', 'x ∈ {0, 1}'],
      ['x in {0..}', 'x\\in \\{0,1,2,\\dots\\}', 'x ∈ {0, 1, 2, …}'],
      ['x in {0..m}', 'x\\in \\{0,1,\\dots,m\\}'],
      ['p in [0, 1)', 'p\\in [0,1)'],
      ['v in (0, inf)', 'v\\in (0,\\infty)', 'v ∈ (0, ∞)'],
      ['x in R', 'x\\in \\mathbb{R}', 'x ∈ ℝ'],
      ['not (x in {1})', 'x\\notin \\{1\\}'],
      ['x < 1 or x > 2 and k = 1', 'x<1\\text{ or }(x>2\\text{ and }k=1)'],
      ['x! = 1', 'x! =1'],
    ]))
  it('for every index', () =>
    shown(of('p'), [['x[i] > 0, i in 1..n', 'x_i>0\\text{ for every }i=1,\\dots,n', 'xᵢ > 0 for every i = 1, …, n']]))
})

describe('names', () => {
  it('of models', () => {
    shown({}, [
      ['mu1', '\\mu_1', 'μ₁'],
      ['sigma2', '\\sigma^{2}', 'σ²'],
      ['xm', 'x_m', 'xₘ'],
      ['rate*x', '\\mathrm{rate}\\,x', 'rate x'],
      ['theta', '\\theta', 'θ'],
    ])
    shown({ hats: new Set(['sigma2', 'theta', 'mu1']) }, [
      ['sigma2', '\\hat{\\sigma}^{2}', 'σ̂²'],
      ['theta', '\\hat{\\theta}', 'θ̂'],
      ['mu1', '\\hat{\\mu}_1', 'μ̂₁'],
    ])
    shown({ parameters: ['sigma1', 'sigma2'] }, [['sigma2', '\\sigma_2', 'σ₂']])
    shown(
      {
        names: [
          { name: 'S_1', term: S },
          { name: 'xbar', term: T },
        ],
      },
      [
        ['sum(x[i],i,1,n)', 'S_1', 'S₁'],
        ['sum(log(x[i]),i,1,n)', '\\bar{x}', 'x̄'],
      ],
    )
  })
  it('cannot break LaTeX or HTML, whatever they are', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), name => {
        const t = sym(name)
        const shown = latex(mul(t, pow(at(name, t), t)), { hats: new Set([name]) })
        katex.renderToString(shown, { throwOnError: true, strict: 'error' })
        expect(shown).not.toMatch(/[<>&"$%#]/)
        expect(nameParts(name).unicode).not.toMatch(/[<>&"]/)
      }),
      { seed: 1, numRuns: 300 },
    ))
})

describe('index letters', () => {
  const double = sum(sym('m'), i => sum(sym('n'), j => at('w', i, j)))
  it('are free letters, the wanted one first', () => {
    shown({}, [[double, '\\sum_{i=1}^{m}\\sum_{j=1}^{n}w_{i j}', '∑ᵢ₌₁ᵐ ∑ⱼ₌₁ⁿ wᵢⱼ']])
    shown({ letters: { w: 't' } }, [[double, '\\sum_{t=1}^{m}\\sum_{i=1}^{n}w_{t i}']])
    shown({ letters: { x: 't' } }, [['sum(x[i],i,1,n)', '\\sum_{t=1}^{n}x_t']])
    shown({}, [
      [
        mul(
          sym('i'),
          sum(sym('n'), k => at('x', k)),
        ),
        'i\\sum_{j=1}^{n}x_j',
      ],
    ])
    shown({ parameters: ['i', 'j'] }, [['sum(x[i],i,1,n)', '\\sum_{k=1}^{n}x_k']])
  })
  it('of lags', () => shown({}, [['sum((x[i]-phi*x[i-1])^2,i,2,n)', '\\sum_{i=2}^{n}(x_i-\\phi x_{i-1})^{2}']]))
})

describe('abbreviations', () => {
  const inner = exprs(2)
  /** Terms in which the statistics occur. */
  const about = fc.array(fc.oneof(inner, fc.constantFrom<Expr>(S, T, mul(expr('1/n'), S), mul(expr('-1'), S), add(S, T))), {
    minLength: 2,
    maxLength: 4,
  })
  const build = fc.oneof(
    about.map(l => add(...l)),
    about.map(l => mul(...l)),
    about.map(l => pow(l[0] as Expr, l[1] as Expr)),
    about.map(l => sub(l[0] as Expr, l[1] as Expr)),
  )
  const lists: fc.Arbitrary<readonly { name: string; term: Expr }[]> = fc.constantFrom(
    [
      { name: 'S', term: S },
      { name: 'T', term: T },
    ],
    [{ name: 'M', term: mul(expr('1/n'), S) }],
    [{ name: 'S', term: mul(expr('-1'), S) }],
    [{ name: 'U', term: add(S, T) }],
  )
  it('stand for exactly what they abbreviate', () =>
    fc.assert(
      fc.property(build, lists, (t, list) => {
        const read = parseTerm(`\\displaystyle ${latex(t, { names: list })}`, {
          ...names,
          symbols: new Set([...names.symbols, ...list.map(l => l.name)]),
        })
        expect(same(substitute(read, new Map(list.map(l => [l.name, l.term]))), t)).toBe(true)
      }),
      { seed: 1, numRuns: 400 },
    ))
  it('means read back', () => {
    for (const text of [
      'sum(x[i],i,1,n)/n',
      'alpha*n/sum(x[i],i,1,n)',
      'sum(log(x[i]),i,1,n)/(n*p)',
      'sum(x[i]*y[i],i,1,n)/n - p*sum(x[i]^2,i,1,n)/n',
    ])
      expect(plain(parseTerm(latex(term(text), { means: true }), withData))).toBe(plain(term(text)))
  })
  it('are found inside longer sums and products', () => {
    shown({ names: [{ name: 'M', term: mul(expr('1/n'), S) }] }, [['2*theta*sum(x[i],i,1,n)/n', '2\\theta M']])
    shown({ names: [{ name: 'U', term: sub(T, mul(sym('n'), expr('log(c)'))) }] }, [
      ['theta + sum(log(x[i]),i,1,n) - n*log(c)', '\\theta+U'],
      ['n*log(c) - sum(log(x[i]),i,1,n)', '-U'],
    ])
  })
})

describe('plain', () => {
  it('is expanded, with quotients at the end', () => {
    for (const text of [
      'sum(x[i], i, 1, n)/n',
      'k/p - (n - k)/(1 - p)',
      '(2*pi*v)^(-n/2)*exp(-sum((x[i] - mu)^2, i, 1, n)/(2*v))',
      'x[1] > 0',
      "ell''(p)",
      'x <= c ? x : 0',
      'diff(log(p), p, 2)',
      'order(r, x[i], i, 1, n)',
      'not (x in {0, 1})',
      "limit(log(p), p, 0, '+')",
      'log(p)^2',
      '(x!)!',
      'x in {0..}',
      '0 < p < 1',
      '-1/2',
      '(1/2)^k',
    ])
      expect(plain(parseTerm(text, text.includes('x[') ? withData : scope))).toBe(text)
    expect(plain(le(expr('0'), sym('x')))).toBe('x >= 0')
  })
})
