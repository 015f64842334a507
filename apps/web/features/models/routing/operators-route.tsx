import type { ModelRouting } from '@pipelines/contracts';
import { Part } from './part.tsx';
import { RouteStateWord } from './route-state-word.tsx';

/** How a platform model is reached, which is the operator's, and how that fares. */
export function OperatorsRoute({ routing }: { readonly routing: ModelRouting }) {
  return (
    <Part
      title="Credential"
      help="The operator’s, for every organization. What is set below holds for the calls of your organization, and for nobody else’s."
    >
      {routing.routes.map((route) => (
        <div key={route.destination.base_url} className="flex flex-wrap items-center gap-x-4 gap-y-1 text-[13px]">
          <span className="break-all text-muted">{route.destination.base_url}</span>
          <RouteStateWord route={route} />
        </div>
      ))}
    </Part>
  );
}
