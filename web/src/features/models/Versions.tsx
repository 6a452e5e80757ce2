import { Link, useSearchParams } from 'react-router'
import { call } from '@/shared/api/client'
import type { Model } from '@/shared/api/schema'
import { useOffers } from '@/shared/feature'
import { useFormat } from '@/shared/format'
import { pathToStart } from '@/shared/runs/paths'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Empty, Fetched } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useRead } from '@/shared/useRead'
import { useRole } from '@/shared/useRole'
import { Comparison } from './Comparison'
import { History } from './History'
import { LiveFigures } from './LiveFigures'
import { useText } from './texts'
import { VersionList } from './VersionList'

const often = 15_000

export function Versions() {
  const t = useText()
  const [search, setSearch] = useSearchParams()
  const { trainings } = useOffers()
  const models = useRead(['models'], (signal) => call('GET /api/v1/models', { signal }), often)
  return (
    <Fetched query={models} rows={8}>
      {({ items }) => {
        const model = items.find((one) => one.name === search.get('model')) ?? items[0]
        if (!model)
          return (
            <Card>
              <Empty title={t('models.none')}>
                {trainings.map(({ note }) => t(note)).join(' ')}
                <Train />
              </Empty>
            </Card>
          )
        return (
          <div className="grid gap-4">
            <List models={items} chosen={model.name} onChoose={(name) => setSearch({ tab: 'versions', model: name }, { replace: true })} />
            <OfModel key={model.name} model={model.name} />
          </div>
        )
      }}
    </Fetched>
  )
}

function List({
  models,
  chosen,
  onChoose,
}: {
  readonly models: readonly Model[]
  readonly chosen: string
  readonly onChoose: (name: string) => void
}) {
  const t = useText()
  const format = useFormat()
  return (
    <Card title={t('models.all')} flush actions={<Train />}>
      <Table
        label={t('models.all')}
        rows={models}
        keyOf={(model) => model.name}
        columns={[
          {
            head: t('models.name'),
            cell: (model) => (
              <button
                type="button"
                aria-pressed={model.name === chosen}
                className="font-medium text-accent hover:underline"
                onClick={() => onChoose(model.name)}
              >
                {model.name}
              </button>
            ),
          },
          { head: t('models.predicts'), props: () => ({ lang: 'en' }), cell: (model) => model.description },
          { head: t('models.versions'), isNumeric: true, cell: (model) => format.whole(model.versions) },
          {
            head: t('models.production'),
            cell: (model) => (model.production === null ? t('models.nothing') : t('models.version', { version: model.production })),
          },
          { head: t('models.changed'), className: 'whitespace-nowrap text-muted', cell: (model) => format.moment(model.changed_at) },
        ]}
      />
    </Card>
  )
}

function OfModel({ model }: { readonly model: string }) {
  const versions = useRead(
    ['model-versions', model],
    (signal) => call('GET /api/v1/models/{name}/versions', { path: { name: model }, signal }),
    often,
  )
  return (
    <Fetched query={versions} rows={8}>
      {({ items }) => (
        <>
          <VersionList model={model} versions={items} />
          <Comparison versions={items} />
          <LiveFigures versions={items} />
          <History model={model} production={items.find((version) => version.stage === 'production')?.version} />
        </>
      )}
    </Fetched>
  )
}

/** A button for each job that trains a model. */
function Train() {
  const t = useText()
  const { canWork } = useRole()
  const { trainings } = useOffers()
  if (!canWork) return null
  return trainings.map(({ job }) => (
    <Button key={job} asChild size="small">
      <Link to={pathToStart(job)}>{t('models.train')}</Link>
    </Button>
  ))
}
