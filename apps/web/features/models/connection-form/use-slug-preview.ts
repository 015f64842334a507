import { routes, slugFromName, uniqueSlug } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { callApi } from '../../../api-client.ts';

/** The slug that a name will get, unique among the models of the organization. The server decides in the end. */
export function useSlugPreview(displayName: string): string | null {
  const base = slugFromName(displayName) || (displayName.trim() === '' ? '' : 'model');
  const [settled, setSettled] = useState(base);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(base), 200);
    return () => clearTimeout(timer);
  }, [base]);
  const { data } = useQuery({
    queryKey: ['models', 'slugs', settled],
    queryFn: ({ signal }) => callApi(routes.listModels, { query: { kind: 'custom', search: settled, limit: 200 }, signal }),
    enabled: settled !== '',
    select: (page) => page.data.map((model) => model.slug),
  });
  if (base === '') return null;
  const taken = new Set(base === settled ? data : []);
  return uniqueSlug(displayName, (slug) => taken.has(slug));
}
