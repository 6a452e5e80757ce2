export interface ServerEvent {
  readonly id: string
  readonly type: string
  readonly data: string
}

/** Reads server-sent events from text that comes in pieces. */
export class EventParser {
  private rest = ''

  push(text: string): ServerEvent[] {
    const blocks = (this.rest + text).replace(/\r\n?/g, '\n').split('\n\n')
    this.rest = blocks.pop() ?? ''
    return blocks.map(read).filter((event) => event.data !== '')
  }
}

function read(block: string): ServerEvent {
  const fields = { id: '', event: 'message', data: [] as string[] }
  for (const line of block.split('\n')) {
    const at = line.indexOf(':')
    const [name, value] = at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).replace(/^ /, '')]
    if (name === 'data') fields.data.push(value)
    else if (name === 'id') fields.id = value
    else if (name === 'event') fields.event = value
  }
  return { id: fields.id, type: fields.event, data: fields.data.join('\n') }
}
