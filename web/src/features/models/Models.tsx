import { useSearchParams } from 'react-router'
import { Page } from '@/shared/ui/page'
import { Tabs } from '@/shared/ui/tabs'
import { useRole } from '@/shared/useRole'
import { models } from '.'
import { Detect } from './Detect'
import { ForecastTab } from './ForecastTab'
import { useText } from './texts'
import { Versions } from './Versions'

export default function Models() {
  const t = useText()
  const { canWork } = useRole()
  const [search, setSearch] = useSearchParams()
  return (
    <Page title={t(models.name)} note={t('models.note')}>
      <Tabs
        label={t(models.name)}
        value={search.get('tab') ?? 'versions'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        tabs={[
          { value: 'versions', label: t('models.versions'), content: <Versions /> },
          ...(canWork
            ? [
                { value: 'forecast', label: t('models.forecast'), content: <ForecastTab /> },
                { value: 'detect', label: t('models.detect'), content: <Detect /> },
              ]
            : []),
        ]}
      />
    </Page>
  )
}
