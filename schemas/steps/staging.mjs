// The staging tables of the warehouse, as DBML: a table stg_x for each source table x.
import { parse } from './dialects.mjs';

/** Columns that the extract never reads. */
const secrets = ['password_hash'];

/** What the transformations look rows up by. */
const indexes = {
  stg_customers: ['id'],
  stg_orders: ['id', 'customer_id'],
  stg_order_items: ['order_id'],
  stg_payments: ['id', 'order_id'],
};

export const staging = sources => sources
  .flatMap(source => parse(source).schemas[0].tables)
  .map(table => `
Table stg_${table.name} {
${columns(table).map(line => `  ${line}\n`).join('')}${indexed(`stg_${table.name}`)}
  Note: 'Rows of ${table.name} as they came, not judged yet.'
}
`).join('');

// What arrives may be empty or too long; the rules judge it, not a type.
const columns = table => [
  ...table.fields.filter(f => !secrets.includes(f.name)).map(f => `${f.name} ${f.type.type_name.replace(/^varchar\(\d+\)$/, 'text')}`),
  `bucket int [not null, note: 'the day or block the row is compared in']`,
  `row_hash bigint [not null, note: 'hash of all columns']`,
];

const indexed = name => (indexes[name] ?? []).length === 0 ? '' : `
  indexes {
${indexes[name].map(column => `    ${column} [name: 'ix_${name}_${column}']\n`).join('')}  }
`;
