/** What a form knows about one argument of a job. */
export interface ArgumentField {
  readonly name: string
  readonly kind: 'text' | 'number' | 'integer' | 'flag' | 'choice' | 'date' | 'list'
  readonly description: string
  readonly isRequired: boolean
  readonly choices: readonly string[]
  readonly usual: string
  readonly least?: number
  readonly most?: number
}

interface Property {
  readonly type?: string | readonly string[]
  readonly enum?: readonly (string | null)[]
  readonly format?: string
  readonly description?: string
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Property
  readonly 'x-role'?: string
  readonly 'x-free-up-to'?: number
}

/** Whether what is reserved for a role is offered to this user: nobody is the operator of the machine here. */
export const isFor = (role: string | undefined, isAdmin: boolean) =>
  role === undefined || role === 'analyst' || (role === 'admin' && isAdmin)

/** The fields of a form, from the JSON schema of a job's arguments; required ones first, and none that the user may not fill. */
export function fieldsOf(schema: Readonly<Record<string, unknown>>, isAdmin: boolean): readonly ArgumentField[] {
  const required = new Set((schema.required as readonly string[] | undefined) ?? [])
  return Object.entries((schema.properties as Record<string, Property> | undefined) ?? {})
    .filter(([, property]) => isFor(property['x-role'], isAdmin) || property['x-free-up-to'] !== undefined)
    .map(([name, property]): ArgumentField => ({
      name,
      kind: kindOf(property),
      description: property.description ?? '',
      isRequired: required.has(name),
      choices: (property.enum ?? []).filter((choice): choice is string => choice !== null),
      usual: property.default === undefined || property.default === null ? '' : String(property.default),
      least: property.minimum,
      most: isFor(property['x-role'], isAdmin) ? property.maximum : property['x-free-up-to'],
    }))
    .sort((a, b) => Number(b.isRequired) - Number(a.isRequired))
}

function kindOf(property: Property): ArgumentField['kind'] {
  const type = Array.isArray(property.type) ? property.type.find((one: string) => one !== 'null') : property.type
  if (property.enum) return 'choice'
  if (type === 'boolean') return 'flag'
  if (type === 'integer') return 'integer'
  if (type === 'number') return 'number'
  if (type === 'array') return 'list'
  return property.format === 'date' ? 'date' : 'text'
}

/** The arguments that a form says, as JSON; what was left empty is left out. */
export function argumentsOf(fields: readonly ArgumentField[], values: Readonly<Record<string, string>>): Record<string, unknown> {
  const said = fields.flatMap((field): [string, unknown][] => {
    const text = (values[field.name] ?? '').trim()
    if (text === '' || (field.kind === 'flag' && text === 'false')) return []
    switch (field.kind) {
      case 'flag':
        return [[field.name, true]]
      case 'integer':
      case 'number':
        return [[field.name, Number.isNaN(Number(text)) ? text : Number(text)]]
      case 'list':
        return [
          [
            field.name,
            text
              .split(',')
              .map((part) => part.trim())
              .filter(Boolean),
          ],
        ]
      default:
        return [[field.name, text]]
    }
  })
  return Object.fromEntries(said)
}
