import { useSearchParams } from 'react-router'
import { Page } from '@/shared/ui/page'
import { Tabs } from '@/shared/ui/tabs'
import { marketplace } from '.'
import { Accuracy } from './Accuracy'
import { Market } from './Market'
import { Products } from './Products'
import { Suspects } from './Suspects'
import { useText } from './texts'

export default function Marketplace() {
  const t = useText()
  const [search, setSearch] = useSearchParams()
  const tabs = [
    { value: 'products', label: t('marketplace.products'), content: <Products /> },
    { value: 'market', label: t('marketplace.market'), content: <Market /> },
    { value: 'suspects', label: t('marketplace.guard'), content: <Suspects /> },
    { value: 'accuracy', label: t('marketplace.accuracy'), content: <Accuracy /> },
  ]
  const asked = search.get('tab')
  return (
    <Page title={t(marketplace.name)} note={t('marketplace.note')}>
      <Tabs
        label={t(marketplace.name)}
        value={tabs.find((tab) => tab.value === asked)?.value ?? 'products'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        tabs={tabs}
      />
    </Page>
  )
}
