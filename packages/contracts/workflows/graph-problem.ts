/** Something that keeps a workflow from being published. The same in the page and on the server. */
export interface GraphProblem {
  /** Name of the step it belongs to; null for the graph as a whole. */
  readonly step: string | null;
  /** The field of the step's configuration, dotted; null for the step as a whole. */
  readonly field: string | null;
  /** One sentence. */
  readonly message: string;
}
