// TypeScript of an OpenAPI 3.1 document: an interface for each schema, and one table of routes.

const isIdentifier = (name) => /^[A-Za-z_]\w*$/.test(name)
const key = (name) => (isIdentifier(name) ? name : JSON.stringify(name))
const nameOf = (reference) => reference.split('/').at(-1)
const byName = ([a], [b]) => (a < b ? -1 : 1)

/** @returns the type of a schema */
export function typeOf(schema) {
  if (schema === undefined || schema === true) return 'unknown'
  if (schema.$ref) return nameOf(schema.$ref)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ')
  if (Array.isArray(schema.type)) return [...new Set(schema.type.map((type) => typeOf({ ...schema, type })))].join(' | ')
  switch (schema.type) {
    case 'string':
      return 'string'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array':
      return `readonly ${wrapped(typeOf(schema.items))}[]`
    case 'object':
      return objectOf(schema)
    default:
      return 'unknown'
  }
}

const wrapped = (type) => (/[ |]/.test(type) ? `(${type})` : type)

function objectOf(schema) {
  if (!schema.properties) return `Readonly<Record<string, ${typeOf(schema.additionalProperties)}>>`
  const required = new Set(schema.required ?? [])
  return `{ ${Object.entries(schema.properties)
    .map(([name, property]) => `readonly ${key(name)}${required.has(name) ? '' : '?'}: ${typeOf(property)}`)
    .join('; ')} }`
}

function interfaceOf([name, schema]) {
  if (!schema.properties) return `export type ${name} = ${typeOf(schema)}\n`
  const required = new Set(schema.required ?? [])
  const lines = Object.entries(schema.properties).map(
    ([property, own]) => `  readonly ${key(property)}${required.has(property) ? '' : '?'}: ${typeOf(own)}\n`,
  )
  return `export interface ${name} {\n${lines.join('')}}\n`
}

function routeOf(method, path, operation) {
  const parameters = (place) => (operation.parameters ?? []).filter((parameter) => parameter.in === place)
  const fields = (place) => {
    const own = parameters(place)
    return own.length === 0
      ? 'never'
      : `{ ${own.map((parameter) => `readonly ${key(parameter.name)}${parameter.required ? '' : '?'}: ${typeOf(parameter.schema)}`).join('; ')} }`
  }
  const body = operation.requestBody?.content?.['application/json']?.schema
  const results = Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([, response]) => (response.content?.['application/json'] ? typeOf(response.content['application/json'].schema) : 'undefined'))
  return `  ${JSON.stringify(`${method.toUpperCase()} ${path}`)}: { path: ${fields('path')}; query: ${fields('query')}; body: ${body ? typeOf(body) : 'never'}; result: ${[...new Set(results)].join(' | ')} }\n`
}

/** @returns the whole file */
export function typesOf(document) {
  const schemas = Object.entries(document.components.schemas).sort(byName).map(interfaceOf)
  const routes = Object.entries(document.paths)
    .sort(byName)
    .flatMap(([path, operations]) =>
      Object.entries(operations)
        .sort(byName)
        .map(([method, operation]) => routeOf(method, path, operation)),
    )
  return `// Made by web/generate from the API's OpenAPI document.\n\n${schemas.join('\n')}\nexport interface Routes {\n${routes.join('')}}\n`
}
