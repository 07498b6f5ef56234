/** The command line: what it prints where, and its exit codes. Runs in this process with a terminal of its own. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { run } from '../src/cli/program.ts'
import type { Terminal } from '../src/cli/terminal.ts'
import { version } from '../src/cli/version.ts'

interface Result {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly written: Readonly<Record<string, string>>
}

const coin = 'name: Coin\ndensity: p^x * (1 - p)^(1 - x)\nsupport: x in {0, 1}\nparameters:\n  p: 0 <= p <= 1\n'

const thetahat = async (args: readonly string[], files: Readonly<Record<string, string>> = {}, input = ''): Promise<Result> => {
  let [out, err] = ['', '']
  const written: Record<string, string> = {}
  const io: Terminal = {
    out: t => {
      out += t
    },
    err: t => {
      err += t
    },
    input: () => input,
    read: file => (Object.hasOwn(files, file) ? files[file] : undefined),
    write: (file, text) => {
      written[file] = text
    },
  }
  return { code: await run(args, io), out, err, written }
}
const oneLine = ['--density', 'theta*x^(theta-1)', '--support', '0 < x < 1', '--parameter', 'theta: theta > 0']

describe('help', () => {
  it.each([[], ['derive'], ['estimate'], ['check'], ['models'], ['rules']])('of %j has a usage line', async (...command) => {
    const r = await thetahat([...command.flat(), '--help'])
    expect(r).toMatchObject({ code: 0, err: '' })
    expect(r.out).toMatch(/^Usage: thetahat/)
  })

  it.each([[], ['derive'], ['estimate'], ['check'], ['models'], ['rules']])('of %j has examples', async (...command) => {
    expect((await thetahat([...command.flat(), '--help'])).out).toMatch(/Examples:\n {2}thetahat /)
  })

  it('without a command goes to standard error', async () => {
    const r = await thetahat([])
    expect(r).toMatchObject({ code: 2, out: '' })
    expect(r.err).toMatch(/^Usage/)
  })

  it('the version is that of the package', async () => {
    expect(version).toBe(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version)
    expect((await thetahat(['--version'])).out).toBe(`${version}\n`)
  })
})

describe('bad usage', () => {
  it.each([
    [['derve', 'poisson'], /unknown command 'derve'[\s\S]*Did you mean derive/],
    [['derive', 'poisson', '--fromat', 'json'], /unknown option '--fromat'[\s\S]*Did you mean --format/],
    [['derive', 'poisson', '--format', 'pdf'], /Allowed choices are text, latex, markdown, html, json/],
    [['derive'], /no model: give a file/],
    [['derive', 'poison'], /no file and no built-in model "poison"; did you mean poisson\?/],
    [['derive', 'poisson', '--density', 'x'], /--density describes a model/],
    [['derive', 'bad.yaml'], /^bad\.yaml:1:14: undeclared symbol q\n {2}density: p\^x\*q\n {15}\^\nexpected /],
    [['derive', '-'], /^standard input:1:1: the model file is empty/],
    [['derive', '--density', 'p^y', '--support', 'x in {0,1}', '--parameter', 'p: 0<p<1'], /^--density:1:3: undeclared symbol y/],
    [['derive', '--density', 'p', '--support', 'x in {0,1', '--parameter', 'p: 0<p<1'], /^--support:1:6: /],
    [['derive', '--density', 'p', '--support', 'x in {0,1}'], /no parameter/],
    [['derive', '--density', 'p', '--support', 'x in {0,1}', '--parameter', 'p: q>0'], /^--parameter:1:1: this is a domain of q/],
    [['derive', '--density', 'p', '--support', 'x > 0', '--parameter', 'p > 0', '--parameter', 'p < 1'], /declares "p" twice/],
    [['derive', 'poisson', '--assume', 'x[i] = '], /^--assume:1:/],
    [['derive', 'poisson', '--of', 'exp(-mu)'], /^--of:1:6: undeclared symbol mu/],
    [['derive', 'poisson', '--set', 'v'], /--set expects a name and a number/],
    [['derive', 'poisson', '--set', 'v=4'], /no known constant "v"/],
    [['derive', 'normal-mean', '--set', 'v=-4'], /--set v=-4: the value is outside of the domain of "v" \(v > 0\)/],
    [['derive', 'normal-mean', '--set', 'v=4', '--set', 'v=5'], /--set gives "v" twice/],
    [['derive', 'poisson', '--data', 'nothing.csv'], /no data file "nothing.csv"/],
    [['estimate', 'poisson'], /estimate needs data/],
    [['estimate', 'poisson', '--data', '1,-2'], /row 2 of "x" is -2/],
    [['estimate', 'poisson', '--data', '1,b'], /"b", no number/],
    [['check', 'poisson'], /no derivation to check/],
    [['check', 'poisson', 'none.md'], /there is no file "none\.md"/],
    [['check', 'poison', 'none.md'], /no file and no built-in model "poison"/],
    [['check', 'poisson', 'bad.yaml', '--require', 'everything'], /"everything" is none of estimate, /],
    [['models', 'poison'], /did you mean poisson/],
    [['rules', 'log.produkt'], /did you mean log\.product/],
  ] as const)('%j', async (args, message) => {
    const r = await thetahat(args, { 'bad.yaml': 'density: p^x*q\nsupport: x in {0, 1}\nparameters:\n  p: 0 <= p <= 1\n' })
    expect(r.err).toMatch(message)
    expect(r.err).not.toMatch(/\n {4}at /)
    expect(r).toMatchObject({ code: 2, out: '' })
  })
})

describe('check', () => {
  const right = 'ℓ(λ) = −nλ + Σxᵢ log λ − Σ log xᵢ!\nℓ′(λ) = −n + Σxᵢ/λ = 0 ⇒ λ̂ = x̄\nℓ″(λ) = −Σxᵢ/λ² < 0, so it is a maximum\n'
  const wrong = right.replace('−nλ +', '−λ +')
  const files = { 'right.txt': right, 'wrong.txt': wrong, 'words.txt': 'I do not know.\n', 'empty.txt': '' }
  it('tells right from wrong, and nothing from something', async () => {
    expect(await thetahat(['check', 'poisson', 'right.txt'], files)).toMatchObject({ code: 0, err: '' })
    const r = await thetahat(['check', 'poisson', 'wrong.txt'], files)
    expect(r).toMatchObject({ code: 1, err: '' })
    expect(r.out).toMatch(/^Line 1 is the first that is not true\.\n/)
    expect(r.out).toMatch(/✗ 1 │ ℓ\(λ\)/)
    expect(await thetahat(['check', 'poisson', 'words.txt'], files)).toMatchObject({ code: 2 })
    expect(await thetahat(['check', 'poisson', 'empty.txt'], files)).toMatchObject({ code: 2 })
    expect(await thetahat(['check', 'poisson', '-'], files, right)).toMatchObject({ code: 0 })
  })
  it.each([
    ['text', /✗ 1 │/],
    ['markdown', /^\*\*Line 1 is the first/],
    ['json', /^\{\n {2}"verdict": "wrong"/],
    ['html', /<mark class="wrong">[\s\S]*<\/html>\n$/],
  ])('as %s', async (format, expected) => {
    expect((await thetahat(['check', 'poisson', 'wrong.txt', '--format', format], files)).out).toMatch(expected)
  })
  it('a hint says where, not what', async () => {
    const r = await thetahat(['check', 'poisson', 'wrong.txt', '--hint'], files)
    expect(r.out).toMatch(/Line 1/)
    expect(r.out).not.toMatch(/Expected|left side is/)
  })
  it('a task with numbers, known constants and further facts', async () => {
    const steps = { 'numbers.txt': 'λ̂ = 2.5\nℓ″(λ) < 0, so it is a maximum\n', 'mean.txt': 'μ̂ = 3\nℓ″(μ) = -1/2 < 0, so it is a maximum\n' }
    expect(await thetahat(['check', 'poisson', 'numbers.txt', '--data', '1,4,2,3'], steps)).toMatchObject({ code: 0, err: '' })
    expect(await thetahat(['check', 'poisson', 'numbers.txt', '--data', '1,4,2,4'], steps)).toMatchObject({ code: 1, err: '' })
    expect(await thetahat(['check', 'normal-mean', 'mean.txt', '--data', '2,4', '--set', 'v=4'], steps)).toMatchObject({ code: 0, err: '' })
    const none = { 'none.txt': 'No maximum exists.\n' }
    expect(await thetahat(['check', 'poisson', 'none.txt', '--assume', 'x[i] = 0, i in 1..n'], none)).toMatchObject({ code: 0, err: '' })
    expect(await thetahat(['check', 'poisson', 'numbers.txt', '--data', '1,-4'], steps)).toMatchObject({ code: 2, out: '' })
  })
  it('stages are the lines of a full answer', async () => {
    const r = await thetahat(['check', 'poisson', '--stages'])
    expect(r).toMatchObject({ code: 0, err: '' })
    expect(r.out).toMatch(/^Likelihood\n[\s\S]*\nScore\n[\s\S]*by: /)
  })
})

describe('derive', () => {
  it.each([
    ['a built-in model', ['poisson'], {}, ''],
    ['a file', ['coin.yaml'], { 'coin.yaml': coin }, ''],
    ['standard input', ['-'], {}, coin],
    ['one line', oneLine, {}, ''],
  ])('takes %s', async (_, args, files, input) => {
    const r = await thetahat(['derive', ...args], files as Record<string, string>, input)
    expect(r).toMatchObject({ code: 0, err: '' })
    expect(r.out).toContain('Score')
  })

  it.each([
    ['latex', /\\documentclass[\s\S]*\\end\{document\}\n$/],
    ['markdown', /^# /],
    ['json', /^\{/],
    ['html', /^<!doctype html>/i],
    ['text', /θ|λ/],
  ])('writes %s', async (format, shape) => {
    const r = await thetahat(['derive', 'poisson', '--format', format])
    expect(r).toMatchObject({ code: 0, err: '' })
    expect(r.out).toMatch(shape)
  })

  it('writes fragments without a document around them', async () => {
    expect((await thetahat(['derive', 'poisson', '--format', 'latex', '--fragment'])).out).not.toContain('\\documentclass')
    expect((await thetahat(['derive', 'poisson', '--format', 'html', '--fragment'])).out).not.toMatch(/<html/i)
  })

  it('writes to a file', async () => {
    const r = await thetahat(['derive', 'poisson', '--output', 'p.txt'])
    expect(r).toMatchObject({ code: 0, out: '' })
    expect(r.written['p.txt']).toBe((await thetahat(['derive', 'poisson'])).out)
  })

  it('takes facts, functions and data', async () => {
    const answer = JSON.parse((await thetahat(['derive', 'bernoulli', '--of', 'p/(1-p)', '--format', 'json'])).out).answer
    expect(Object.keys(answer.functions)).toEqual(['p/(1-p)'])
    const ones = JSON.parse((await thetahat(['derive', 'bernoulli', '--assume', 'x[i] = 1, i in 1..n', '--format', 'json'])).out).answer
    expect(ones.outcome).toBe('boundary')
    expect((await thetahat(['derive', 'normal-mean', '--set', 'v=4'])).out).toContain('v = 4 is known')
    const numbers = await thetahat(['derive', 'bernoulli', '--data', '1,0,1,1'])
    expect(numbers.out).toMatch(/0\.75/)
  })

  it('warns of a density whose mass is not 1', async () => {
    const r = await thetahat(['derive', '--density', '2*lambda*exp(-lambda*x)', '--support', 'x > 0', '--parameter', 'lambda > 0'])
    expect(r.code).toBe(0)
    expect(r.err).toMatch(/^warning: the density integrates to 2 /)
  })

  it('says which budget was spent', async () => {
    const deep = Array.from({ length: 200 }).reduce<string>(t => `log(1+${t})`, 'theta')
    const r = await thetahat(['derive', '--density', `${deep}*exp(-${deep}*x)`, '--support', 'x > 0', '--parameter', 'theta: theta > 0'])
    expect(r.code).toBe(3)
    expect(r.out).toMatch(/left a term of more than 40000 parts, which is\s+the budget/)
  })

  it('says how far it got when it cannot decide', async () => {
    const r = await thetahat([
      'derive',
      '--density',
      '1/(log(1+1/t)*(t+x))',
      '--support',
      '0 < x < 1',
      '--parameter',
      't: t > 0',
      '--format',
      'json',
    ])
    expect(r.code).toBe(3)
    expect(JSON.parse(r.out).answer.obstacle.reason).toBeTruthy()
  })

  it('stops honestly where no numbers confirm', async () => {
    const far = Array.from({ length: 50 }, (_, i) => `(theta-${i + 1})^2`).join('*')
    const r = await thetahat(['derive', '--density', `${far}*exp(-x*theta)`, '--support', 'x > 0', '--parameter', 'theta: theta > 0'])
    expect(r.code).toBe(3)
    expect(r.out).toMatch(/could\s+not\s+be\s+compared\s+with\s+numbers/)
  })

  it('names keep from doing harm in every format', async () => {
    const name = '<script>alert(1)</script> \\input{/etc/passwd} $x$ `rm`'
    for (const format of ['html', 'latex', 'markdown', 'text']) {
      const r = await thetahat(['derive', ...oneLine, '--name', name, '--format', format])
      expect(r.code).toBe(0)
      expect(r.out).not.toContain(format === 'latex' ? '\\input{' : format === 'html' || format === 'markdown' ? '<script>alert' : '\u001b')
    }
  })
})

describe('estimate', () => {
  it('gives numbers', async () => {
    const r = JSON.parse((await thetahat(['estimate', 'bernoulli', '--data', '1,0,1,1', '--format', 'json'])).out)
    expect(r).toMatchObject({ status: 'maximum', parameters: { p: 0.75 } })
    expect((await thetahat(['estimate', 'bernoulli', '--data', '1,0,1,1'])).out).toMatch(/p = 0\.75/)
  })

  it('reads files and knowns', async () => {
    const files = { 'h.csv': 'x\n1\n2\n6\n', 'h.json': '{"x": [1, 2, 6], "known": {"v": 4}}' }
    for (const args of [['h.csv', '--set', 'v=4'], ['h.json']]) {
      const r = JSON.parse((await thetahat(['estimate', 'normal-mean', '--data', ...args, '--format', 'json'], files)).out)
      expect(r.parameters.mu).toBeCloseTo(3, 12)
      expect(r.standardErrors.mu).toBeCloseTo(Math.sqrt(4 / 3), 12)
    }
  })

  it('answers that there is no maximum', async () => {
    const r = await thetahat(['estimate', 'poisson', '--data', '0,0,0'])
    expect(r.code).toBe(0)
    expect(r.out).toMatch(/No maximum exists/)
  })
})

describe('models and rules', () => {
  it('are listed', async () => {
    expect((await thetahat(['models'])).out).toMatch(/^poisson +Poisson +lambda\^x/m)
    expect((await thetahat(['rules'])).out).toMatch(/^log\.product +log of a product/m)
  })

  it('are shown one by one', async () => {
    expect((await thetahat(['models', 'pareto'])).out).toMatch(/^known +c: c > 0/m)
    expect((await thetahat(['rules', 'log.product'])).out).toMatch(/^example +log/m)
  })

  it('are data', async () => {
    const models = JSON.parse((await thetahat(['models', '--format', 'json'])).out)
    expect(models.find((m: { id: string }) => m.id === 'poisson')).toMatchObject({
      title: 'Poisson',
      parameters: { lambda: 'lambda > 0' },
      outcome: 'interior',
    })
    expect(JSON.parse((await thetahat(['rules', 'log.product', '--format', 'json'])).out)).toMatchObject({ id: 'log.product' })
  })
})
