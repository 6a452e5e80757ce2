import { useSession } from './api/session'

/** What the user may do; the server decides, this only hides what it would refuse. */
export function useRole() {
  const role = useSession((session) => session.user?.role)
  return { canWork: role === 'admin' || role === 'analyst', isAdmin: role === 'admin' }
}
