import { useSearchParams } from 'react-router'
import { useText } from '@/shared/i18n'
import { Card } from '@/shared/ui/card'
import { Page } from '@/shared/ui/page'
import { Empty } from '@/shared/ui/states'
import { Tabs } from '@/shared/ui/tabs'
import { useRole } from '@/shared/useRole'
import { Detect } from './Detect'
import { ForecastTab } from './ForecastTab'

export default function Models() {
  const t = useText()
  const { canWork } = useRole()
  const [search, setSearch] = useSearchParams()
  return (
    <Page title={t('nav.models')} note={t('models.note')}>
      {canWork ? (
        <Tabs
          label={t('nav.models')}
          value={search.get('tab') ?? 'forecast'}
          onChange={(tab) => setSearch({ tab }, { replace: true })}
          tabs={[
            { value: 'forecast', label: t('models.forecast'), content: <ForecastTab /> },
            { value: 'detect', label: t('models.detect'), content: <Detect /> },
          ]}
        />
      ) : <Card><Empty title={t('models.notAllowed')} /></Card>}
    </Page>
  )
}
