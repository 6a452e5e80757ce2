import { useQuery } from '@tanstack/react-query'
import { ZoomIn, ZoomOut } from 'lucide-react'
import { useState } from 'react'
import { call } from '@/shared/api/client'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Select } from '@/shared/ui/field'
import { type DiagramName, diagrams } from './diagrams'
import { useText } from './texts'

const step = 1.25
const [least, most] = [0.25, 4]

/** The tables of the shop and of its warehouse, and how they refer to each other. */
export default function Diagrams({ onOpen }: { readonly onOpen: (table: string) => void }) {
  const t = useText()
  const [name, choose] = useState<DiagramName>('warehouse')
  const [zoom, setZoom] = useState(1)
  const tables = useQuery({ queryKey: ['tables'], queryFn: ({ signal }) => call('GET /api/v1/tables', { signal }), staleTime: 60_000 })
  const diagram = diagrams.find((one) => one.name === name)!
  const stored = new Set(tables.data?.items.map((table) => table.name))
  const storedAs = (table: string) => [table, `stg_${table}`].find((one) => stored.has(one))
  const label = t('diagram.alt', {
    name: t(`diagram.${name}`),
    tables: diagram.tables.join(', '),
    references: diagram.references.join(', ') || t('diagram.noReferences'),
  })
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_16rem]">
      <Card
        title={t('diagram.title')}
        flush
        actions={
          <>
            <Select
              aria-label={t('diagram.which')}
              className="w-60"
              value={name}
              onChange={(event) => {
                choose(event.target.value as DiagramName)
                setZoom(1)
              }}
              options={diagrams.map((one) => [one.name, t(`diagram.${one.name}`)])}
            />
            <Button size="icon" aria-label={t('diagram.smaller')} disabled={zoom <= least} onClick={() => setZoom(zoom / step)}>
              <ZoomOut aria-hidden />
            </Button>
            <Button size="icon" aria-label={t('diagram.larger')} disabled={zoom >= most} onClick={() => setZoom(zoom * step)}>
              <ZoomIn aria-hidden />
            </Button>
            <Button size="small" onClick={() => setZoom(1)}>
              {t('diagram.whole')}
            </Button>
          </>
        }
      >
        {/* The box scrolls with the arrow keys once it has the focus. */}
        <div
          role="group"
          aria-label={t('diagram.title')}
          tabIndex={0}
          className="max-h-[70vh] overflow-auto rounded-b-lg p-4 focus-visible:-outline-offset-2"
        >
          <img
            src={diagram.image}
            alt={label}
            className="mx-auto block max-w-none dark:hue-rotate-180 dark:invert"
            style={{ width: `${zoom * 100}%` }}
          />
        </div>
      </Card>
      <Card title={t('diagram.tables')} note={t('diagram.open')} flush>
        <ul className="p-1.5">
          {diagram.tables.map((table) => {
            const target = storedAs(table)
            return (
              <li key={table} className="font-mono text-xs">
                {target ? (
                  <button
                    type="button"
                    className="block w-full rounded-md px-2.5 py-1.5 text-start text-accent hover:bg-raised"
                    onClick={() => onOpen(target)}
                  >
                    {table}
                    {target !== table && <span className="text-muted"> {target}</span>}
                  </button>
                ) : (
                  <span className="block px-2.5 py-1.5 text-muted">{table}</span>
                )}
              </li>
            )
          })}
        </ul>
      </Card>
    </div>
  )
}
