import { useSearchParams } from 'react-router'
import { Page } from '@/shared/ui/page'
import { Tabs } from '@/shared/ui/tabs'
import { trading } from '.'
import { Market } from './Market'
import { Returns } from './returns/Returns'
import { useText } from './texts'

export default function Trading() {
  const t = useText()
  const [search, setSearch] = useSearchParams()
  const tabs = [
    { value: 'market', label: t('trading.market'), content: <Market /> },
    { value: 'returns', label: t('trading.returns'), content: <Returns /> },
  ]
  const asked = search.get('tab')
  return (
    <Page title={t(trading.name)} note={t('trading.note')}>
      <Tabs
        label={t(trading.name)}
        value={tabs.find((tab) => tab.value === asked)?.value ?? 'market'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        tabs={tabs}
      />
    </Page>
  )
}
