import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagram } from './steps/diagram.mjs';
import { duckdb, mysql, postgres } from './steps/dialects.mjs';
import { staging } from './steps/staging.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = ['auth', 'catalog', 'orders', 'payments'];

const read = name => readFileSync(join(root, 'schemas/retail', `${name}.dbml`), 'utf8');

/** Path from the root of the repository → text, for everything that is generated. */
function generateAll() {
  const files = new Map();
  for (const name of [...sources, 'warehouse']) {
    const dbml = read(name);
    const complete = name === 'warehouse' ? dbml + staging(sources.map(read)) : dbml;
    const header = `-- Generated from schemas/retail/${name}.dbml by schemas/generate. Change that file, not this one.\n\n`;
    for (const [dialect, write] of Object.entries({ mysql, postgres, duckdb })) {
      files.set(`schemas/retail/generated/${name}.${dialect}.sql`, header + write(complete));
    }

    files.set(`docs/images/schemas/retail-${name}.svg`, diagram(dbml));
  }

  return files;
}

function write(files) {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  console.log(`${files.size} files written.`);
}

function check(files) {
  const problems = [];
  for (const [path, text] of files) {
    const file = join(root, path);
    if (!existsSync(file)) {
      problems.push(`${path} is missing.`);
    } else if (readFileSync(file, 'utf8') !== text) {
      const diff = spawnSync('diff', ['-u', '--label', `${path} (committed)`, '--label', `${path} (generated)`, file, '-'], { input: text, encoding: 'utf8' });
      problems.push(`${path} differs from what the DBML files say:\n${diff.stdout ?? ''}`);
    }
  }

  const folder = join(root, 'schemas/retail/generated');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (!files.has(relative(root, join(folder, name)))) {
      problems.push(`schemas/retail/generated/${name} comes from no DBML file.`);
    }
  }

  if (problems.length > 0) {
    console.error(problems.join('\n'));
    console.error(`${problems.length} generated file(s) are out of date. Run schemas/generate and commit the result.`);
    process.exit(1);
  }

  console.log(`${files.size} generated files are up to date.`);
}

const [option, ...rest] = process.argv.slice(2);
if (rest.length > 0 || (option !== undefined && option !== '--check')) {
  console.error(`Usage: schemas/generate [--check], not ${process.argv.slice(2).join(' ')}`);
  process.exit(2);
}

(option === '--check' ? check : write)(generateAll());
