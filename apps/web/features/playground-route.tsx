import { getRouteApi } from '@tanstack/react-router';
import Playground from './playground/playground.tsx';

const route = getRouteApi('/shell/playground');

export function PlaygroundRoute() {
  const { model } = route.useSearch();
  return <Playground {...(model ? { slug: model } : {})} />;
}
