import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { call } from '@/shared/api/client'
import type { Model } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Empty, Fetched } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'
import { useRole } from '@/shared/useRole'
import { Comparison } from './Comparison'
import { History } from './History'
import { LiveFigures } from './LiveFigures'
import { VersionList } from './VersionList'

const often = 15_000

export function Versions() {
  const t = useText()
  const [search, setSearch] = useSearchParams()
  const models = useQuery({ queryKey: ['models'], queryFn: ({ signal }) => call('GET /api/v1/models', { signal }), refetchInterval: often })
  return (
    <Fetched query={models} rows={8}>
      {({ items }) => {
        const model = items.find((one) => one.name === search.get('model')) ?? items[0]
        if (!model)
          return (
            <Card>
              <Empty title={t('models.none')}>
                {t('models.noneText')}
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
      <Table label={t('models.all')}>
        <Head>
          <Th>{t('models.name')}</Th>
          <Th>{t('models.predicts')}</Th>
          <Th numeric>{t('models.versions')}</Th>
          <Th>{t('models.production')}</Th>
          <Th>{t('models.changed')}</Th>
        </Head>
        <tbody>
          {models.map((model) => (
            <Row key={model.name}>
              <Td>
                <button
                  type="button"
                  aria-pressed={model.name === chosen}
                  className="font-medium text-accent hover:underline"
                  onClick={() => onChoose(model.name)}
                >
                  {model.name}
                </button>
              </Td>
              <Td lang="en">{model.description}</Td>
              <Td numeric>{format.whole(model.versions)}</Td>
              <Td>{model.production === null ? t('models.nothing') : t('models.version', { version: model.production })}</Td>
              <Td className="whitespace-nowrap text-muted">{format.moment(model.changed_at)}</Td>
            </Row>
          ))}
        </tbody>
      </Table>
    </Card>
  )
}

function OfModel({ model }: { readonly model: string }) {
  const versions = useQuery({
    queryKey: ['model-versions', model],
    queryFn: ({ signal }) => call('GET /api/v1/models/{name}/versions', { path: { name: model }, signal }),
    refetchInterval: often,
  })
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

function Train() {
  const t = useText()
  const { canWork } = useRole()
  return canWork ? (
    <Button asChild size="small">
      <Link to="/runs?start=retail.forecast">{t('models.train')}</Link>
    </Button>
  ) : null
}
