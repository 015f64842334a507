/** Which generation of the registry is in memory as a whole: every change up to it has been loaded. */
export interface GenerationFollower {
  readonly loaded: number;
  /** A change was announced. `scope`: what has to be loaded for it (null: everything); undefined: nothing here. */
  announced(generation: number | null, scope: string | null | undefined): void;
  /** A load of the scope begins. Returns what to call when it has worked, or has not. */
  begin(scope: string | null): { readonly worked: (generation: number | null) => void; readonly failed: () => void };
}

export function followGeneration(): GenerationFollower {
  let latest = 0;
  /** The first change of each scope that has not been loaded. */
  const waiting = new Map<string | null, number>();
  const running = new Set<number>();

  return {
    get loaded() {
      return Math.min(latest, ...[...waiting.values(), ...running].map((first) => first - 1));
    },
    announced(generation, scope) {
      // A gap means a missed notice: everything is loaded then.
      if (generation === null) return;
      if (generation === latest + 1) latest = generation;
      if (scope !== undefined && !waiting.has(scope)) waiting.set(scope, generation);
    },
    begin(scope) {
      const first = waiting.get(scope) ?? null;
      waiting.delete(scope);
      if (first !== null) running.add(first);
      const end = () => void (first !== null && running.delete(first));
      return {
        worked(generation) {
          end();
          if (scope !== null || generation === null) return;
          latest = Math.max(latest, generation);
          for (const [each, earliest] of waiting) if (earliest <= generation) waiting.delete(each);
        },
        failed() {
          end();
          if (first !== null) waiting.set(scope, Math.min(first, waiting.get(scope) ?? first));
        },
      };
    },
  };
}
