/**
 * The commands, their options and their help. What a command needs is loaded when it runs. Exit codes: 0 answered,
 * 1 a wrong line (check), 2 bad usage or input, 3 undecided or unsupported, 70 a bug or a line that failed proofreading.
 */
import { Command, CommanderError, Option } from 'commander'
import { exit, type Terminal, UsageError } from './terminal.ts'
import { version } from './version.ts'

/** The options of the model, as commander delivers them. */
export interface ModelOptions {
  readonly name?: string
  readonly density?: string
  readonly contribution?: string
  readonly observation?: string
  readonly support?: readonly string[]
  readonly parameter?: readonly string[]
  readonly known?: readonly string[]
  readonly covariate?: readonly string[]
  readonly constraint?: readonly string[]
  readonly size?: string
  readonly assume?: readonly string[]
  readonly of?: readonly string[]
  readonly set?: readonly string[]
}
export interface DeriveOptions extends ModelOptions {
  readonly data?: readonly string[]
  readonly format: 'text' | 'latex' | 'markdown' | 'html' | 'json'
  readonly fragment?: boolean
  readonly detail?: 'brief' | 'textbook' | 'full'
  readonly notation?: string
  readonly verify?: boolean
  readonly output?: string
}
export interface EstimateOptions extends ModelOptions {
  readonly data?: readonly string[]
  readonly format: 'text' | 'json'
}

export interface CheckOptions extends ModelOptions {
  readonly data?: readonly string[]
  readonly format: 'text' | 'markdown' | 'html' | 'json'
  readonly require?: readonly string[]
  readonly hint?: boolean
  readonly stages?: boolean
  readonly output?: string
}

const several = (value: string, earlier: readonly string[] | undefined): readonly string[] => [...(earlier ?? []), value]

const withModelOptions = (c: Command): Command =>
  c
    .option('--density <formula>', 'pmf or pdf of one observation, in place of MODEL')
    .option('--support <domain>', "values of an observation, e.g. '0 < x < 1' (repeat for several parts)", several)
    .option('--parameter <domain>', "an unknown parameter, e.g. 'theta: theta > 0' (repeatable)", several)
    .option('--known <domain>', "a known constant, e.g. 'v: v > 0' or 'v = 4' (repeatable)", several)
    .option('--observation <names>', 'name of the observation if it is not x; t,d for two parts')
    .option('--covariate <name>', 'a covariate, known per observation, with its domain if it has one: t: t > 0 (repeatable)', several)
    .option('--constraint <condition>', "a joint constraint, e.g. 'a < b' (repeatable)", several)
    .option('--contribution <formula>', 'a likelihood contribution that is no density by itself')
    .option('--size <name>', 'name of the sample size if it is not n')
    .option('--name <title>', 'title of the derivation')
    .option('--set <name=value>', 'value of a known constant (repeatable)', several)

const deriveExamples = `
Examples:
  thetahat derive poisson
  thetahat derive bernoulli --data 1,0,1,1 --of 'p/(1-p)'
  thetahat derive normal-mean --format html --output normal.html
  thetahat derive --density 'theta*x^(theta-1)' --support '0 < x < 1' --parameter 'theta: theta > 0'
  thetahat derive poisson --detail brief --notation ln,no-limits
  thetahat derive model.yaml --format latex --fragment --verify`

const estimateExamples = `
Examples:
  thetahat estimate poisson --data 3,1,4,1,5
  thetahat estimate normal-mean --data heights.csv --set v=4 --format json
  thetahat estimate model.yaml --data sample.json`

const checkExamples = `
Examples:
  thetahat check poisson solution.md
  thetahat check bernoulli answer.tex --format html --output report.html
  thetahat check normal-mean - --hint < answer.txt
  thetahat check model.yaml --stages`

const programNotes = `
MODEL is a model file (YAML or JSON), the name of a built-in model ("thetahat models" lists them), or - for standard input.

Examples:
  thetahat derive poisson
  thetahat derive --density 'theta*x^(theta-1)' --support '0 < x < 1' --parameter 'theta: theta > 0'
  thetahat estimate bernoulli --data 1,0,1,1
  thetahat models
  thetahat rules log.product

Exit codes: 0 answered, 1 a wrong line was found (check), 2 bad usage or input, 3 undecided or unsupported, 70 a bug or a line that failed proofreading.`

/** One command: its line in the list of commands, and how its arguments and options are declared. */
interface Listed {
  readonly name: string
  readonly summary: string
  readonly declare: (c: Command, io: Terminal, finish: (code: number) => void) => void
}

const formatOf = (...formats: readonly string[]): Option =>
  new Option('--format <format>', 'output format').choices(formats).default('text')

const commands: readonly Listed[] = [
  {
    name: 'derive',
    summary: 'derive the maximum-likelihood estimator, every step shown and checked',
    declare: (c, io, finish) =>
      withModelOptions(c.argument('[model]', 'file, built-in name, or -'))
        .option('--data <file|list>', 'a CSV or JSON file, or a list such as 1,0,1 or t=1,2;d=0,1', several)
        .option('--of <function>', "a function of the parameters to carry through, e.g. 'p/(1-p)' (repeatable)", several)
        .option('--assume <fact>', "a fact about the sample, e.g. 'x[i] = 1, i in 1..n' (repeatable)", several)
        .addOption(formatOf('text', 'latex', 'markdown', 'html', 'json'))
        .addOption(
          new Option('--detail <level>', 'key lines only, one law a line, or every single rule')
            .choices(['brief', 'textbook', 'full'])
            .default('textbook'),
        )
        .option('--notation <switches>', 'of log, ln, limits, no-limits, bars, no-bars, index=j, size=m, with commas between them')
        .option('--fragment', 'no document around it, for inclusion (latex, html)')
        .option('--verify', 'complete the certificate: independent evaluators and brute-force maximisation')
        .option('--output <file>', 'write to a file')
        .addHelpText('after', deriveExamples)
        .action(async (model: string | undefined, options: DeriveOptions) =>
          finish(await (await import('./derive-command.ts')).deriveCommand(model, options, io)),
        ),
  },
  {
    name: 'estimate',
    summary: 'estimate the parameters from data by the derived formulas',
    declare: (c, io, finish) =>
      withModelOptions(c.argument('[model]', 'file, built-in name, or -'))
        .option('--data <file|list>', 'a CSV or JSON file, or a list such as 1,0,1 or t=1,2;d=0,1', several)
        .addOption(formatOf('text', 'json'))
        .addHelpText('after', estimateExamples)
        .action(async (model: string | undefined, options: EstimateOptions) =>
          finish(await (await import('./estimate-command.ts')).estimateCommand(model, options, io)),
        ),
  },
  {
    name: 'check',
    summary: "check somebody else's derivation line by line",
    declare: (c, io, finish) =>
      withModelOptions(
        c.argument('[model]', 'file, built-in name, or -').argument('[steps]', 'file with the derivation (LaTeX, Markdown or text), or -'),
      )
        .option('--data <file|list>', 'the sample, where the task gives one: a CSV or JSON file, or a list such as 1,0,1', several)
        .option('--assume <fact>', "a fact about the sample, e.g. 'x[i] = 1, i in 1..n' (repeatable)", several)
        .option('--require <parts>', 'what a full answer needs: estimate, second-order, boundary …, or none', several)
        .option('--hint', 'only the next nudge, not the solution')
        .option('--stages', 'list the lines of a full answer and the laws between them')
        .addOption(formatOf('text', 'markdown', 'html', 'json'))
        .option('--output <file>', 'write to a file')
        .addHelpText('after', checkExamples)
        .action(async (model: string | undefined, steps: string | undefined, options: CheckOptions) =>
          finish(await (await import('./check-command.ts')).checkCommand(model, steps, options, io)),
        ),
  },
  {
    name: 'models',
    summary: 'list the built-in models, or show one',
    declare: (c, io, finish) =>
      c
        .argument('[name]')
        .addOption(formatOf('text', 'json'))
        .addHelpText('after', '\nExamples:\n  thetahat models\n  thetahat models pareto --format json')
        .action(async (name: string | undefined, options: { format: 'text' | 'json' }) =>
          finish(await (await import('./list-commands.ts')).modelsCommand(name, options.format, io)),
        ),
  },
  {
    name: 'rules',
    summary: 'list the laws used in derivations, or show one',
    declare: (c, io, finish) =>
      c
        .argument('[id]')
        .addOption(formatOf('text', 'json'))
        .addHelpText('after', '\nExamples:\n  thetahat rules\n  thetahat rules log.product')
        .action(async (id: string | undefined, options: { format: 'text' | 'json' }) =>
          finish(await (await import('./list-commands.ts')).rulesCommand(id, options.format, io)),
        ),
  },
]

/** Where the line begins with a command, its options alone are declared: dozens of options are dear at the start. */
const program = (args: readonly string[], io: Terminal, finish: (code: number) => void): Command => {
  const p = new Command('thetahat')
    .description('Maximum-likelihood derivations, step by step, for any density.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', programNotes)
    .showHelpAfterError('(thetahat --help shows the commands with examples)')
    .configureOutput({ writeOut: io.out, writeErr: io.err, getOutHasColors: () => false, getErrHasColors: () => false })
    .exitOverride()
  const named = commands.find(c => c.name === args[0])
  for (const command of commands) {
    const c = p.command(command.name).description(command.summary)
    if (named === undefined || named === command) command.declare(c, io, finish)
  }
  return p
}

/** Runs the command line. @returns the exit code; everything thrown has become a message on standard error */
export const run = async (args: readonly string[], io: Terminal): Promise<number> => {
  let code: number = exit.answered
  try {
    const p = program(args, io, c => {
      code = c
    })
    if (args.length === 0) {
      io.err(p.helpInformation())
      return exit.usage
    }
    await p.parseAsync([...args], { from: 'user' })
    return code
  } catch (e) {
    return report(e, io)
  }
}

/** One message for one error. Names, not classes, are compared: loading the classes would load the readers. */
const report = (e: unknown, io: Terminal): number => {
  if (e instanceof CommanderError) return e.exitCode === 0 ? exit.answered : exit.usage
  if (e instanceof UsageError) {
    io.err(`thetahat: ${e.message}\n`)
    return exit.usage
  }
  if (e instanceof Error && e.name === 'ModelError' && 'format' in e && typeof e.format === 'function') {
    io.err(`${String(e.format())}\n`)
    return exit.usage
  }
  if (e instanceof Error && e.name === 'DataError') {
    io.err(`thetahat: ${e.message}\n`)
    return exit.usage
  }
  io.err(`thetahat: this is a bug: ${e instanceof Error ? e.message : String(e)}\n`)
  if (process.env.THETAHAT_DEBUG && e instanceof Error) io.err(`${e.stack}\n`)
  return exit.bug
}
