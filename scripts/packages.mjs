// Writes README's table of the packages that the program and its page stand on, from the lock files; --check only compares.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const [begin, end] = ['<!-- packages: written by scripts/packages.mjs -->\n', '<!-- end of packages -->']
const read = (...parts) => readFileSync(path.join(root, ...parts), 'utf8')
const json = (...parts) => JSON.parse(read(...parts))
const explained = json('scripts', 'packages.json')
const folder = process.env.NUGET_PACKAGES ?? path.join(homedir(), '.nuget', 'packages')

const locks = readdirSync(path.join(root, 'src'), { recursive: true }).filter((name) => path.basename(name) === 'packages.lock.json' && !/(^|\/)(bin|obj)\//.test(name))

/** Every package of the lock files of src: whether a project names it, and its version. */
function nuget() {
  const found = new Map()
  for (const lock of locks) {
    for (const packages of Object.values(json('src', lock).dependencies)) {
      for (const [name, { type, resolved }] of Object.entries(packages)) {
        if (resolved) found.set(name, { name, version: resolved, isDirect: type === 'Direct' || found.get(name)?.isDirect === true })
      }
    }
  }
  return [...found.values()].map((one) => ({ ...one, licence: licenceOf(one) }))
}

function licenceOf({ name, version }) {
  const id = name.toLowerCase()
  const file = path.join(folder, id, version.toLowerCase(), `${id}.nuspec`)
  if (!existsSync(file)) throw new Error(`${name} ${version} is not in ${folder}; build first.`)
  const licence = /<license type="expression">([^<]+)</.exec(readFileSync(file, 'utf8'))?.[1] ?? explained.licences[name]
  if (!licence) throw new Error(`${name} does not name its licence, and scripts/packages.json does not either.`)
  return licence
}

function npm() {
  const lock = json('web', 'package-lock.json').packages
  return Object.keys(lock[''].dependencies).map((name) => {
    const { version, license } = lock[`node_modules/${name}`]
    return { name, version, licence: license }
  })
}

function table() {
  const all = nuget()
  const direct = [...all.filter((one) => one.isDirect), ...npm()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
  const unexplained = direct.filter((one) => !(one.name in explained.why)).map((one) => one.name)
  if (unexplained.length > 0) throw new Error(`scripts/packages.json does not say what ${unexplained.join(', ')} is for.`)
  const rows = direct.map((one) => `| ${one.name} ${one.version} | ${one.licence} | ${explained.why[one.name]} |`)
  const counts = new Map()
  for (const { licence } of all.filter((one) => !one.isDirect)) counts.set(licence, (counts.get(licence) ?? 0) + 1)
  const others = [...counts].sort((a, b) => b[1] - a[1]).map(([licence, count]) => `${count} under ${licence}`)
  return `| package | licence | for |\n| --- | --- | --- |\n${rows.join('\n')}\n\nThese need others in turn: ${others.join(', ')}.\n`
}

const readme = read('README.md')
const [from, to] = [readme.indexOf(begin) + begin.length, readme.indexOf(end)]
if (from < begin.length || to < from) throw new Error(`README.md has no part between ${begin.trim()} and ${end}.`)
const next = `${readme.slice(0, from)}${table()}${readme.slice(to)}`
if (process.argv.includes('--check')) {
  if (next !== readme) {
    console.error('The packages in README.md are not those of the lock files; run make format.')
    process.exitCode = 1
  }
} else {
  writeFileSync(path.join(root, 'README.md'), next)
}
