import { getRouteApi } from '@tanstack/react-router';
import ModelPage from './model-page/model-page.tsx';

const route = getRouteApi('/shell/models/$slug');

export function ModelRoute() {
  const { slug } = route.useParams();
  return <ModelPage key={slug} slug={slug} />;
}
