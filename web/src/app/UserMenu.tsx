import { LogOut } from 'lucide-react'
import { call } from '@/shared/api/client'
import { forget, useSession } from '@/shared/api/session'
import { Button } from '@/shared/ui/button'
import { useText } from './texts'

export function UserMenu() {
  const t = useText()
  const user = useSession((state) => state.user)
  if (!user) return null
  return (
    <div className="flex items-center gap-2">
      <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-full bg-raised text-xs font-semibold uppercase">
        {user.email.slice(0, 2)}
      </span>
      <span className="min-w-0 flex-1 text-xs">
        <span className="block truncate font-medium" title={user.email}>
          {user.email}
        </span>
        <span className="block text-muted">{t(`role.${user.role}`)}</span>
      </span>
      <Button
        variant="ghost"
        size="icon"
        aria-label={t('account.signOut')}
        onClick={() => void call('DELETE /api/v1/auth/session').finally(forget)}
      >
        <LogOut aria-hidden />
      </Button>
    </div>
  )
}
