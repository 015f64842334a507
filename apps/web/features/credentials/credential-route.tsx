import { getRouteApi } from '@tanstack/react-router';
import { CredentialPage } from './credential-page.tsx';

const route = getRouteApi('/shell/credentials/$id');

export function CredentialRoute() {
  const { id } = route.useParams();
  return <CredentialPage key={id} id={id} />;
}
