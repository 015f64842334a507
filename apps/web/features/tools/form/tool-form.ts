import type {
  CreateToolEndpointBody,
  ToolAuthKind,
  ToolCredentialFields,
  ToolDiscoveryBody,
  ToolEndpoint,
  ToolEndpointKind,
  UpdateToolEndpointBody,
} from '@pipelines/contracts';

/** What is typed. Fields of the kind and auth kind that are not chosen keep their text and are not sent. */
export interface ToolFormValues {
  name: string;
  kind: ToolEndpointKind;
  url: string;
  source: 'url' | 'pasted';
  document_url: string;
  document: string;
  auth_kind: ToolAuthKind;
  token: string;
  headers: { name: string; value: string }[];
}

export const emptyToolForm: ToolFormValues = {
  name: '',
  kind: 'mcp',
  url: '',
  source: 'url',
  document_url: '',
  document: '',
  auth_kind: 'none',
  token: '',
  headers: [{ name: '', value: '' }],
};

/** The form of a saved endpoint. Its credential stays where it is: the fields are empty. */
export function toolFormOf({ name, kind, url, document_url, auth_kind }: ToolEndpoint): ToolFormValues {
  const source = document_url === null ? 'pasted' : 'url';
  return { ...emptyToolForm, name, kind, url, source, document_url: document_url ?? '', auth_kind };
}

export function discoveryBody(values: ToolFormValues): ToolDiscoveryBody {
  const { kind, url } = values;
  if (kind === 'mcp') return { kind, url, ...authorisationOf(values) };
  return { kind, ...(url.trim() !== '' && { url }), ...documentOf(values), ...authorisationOf(values) };
}

export function createBody(values: ToolFormValues, disabled_tools: readonly string[]): CreateToolEndpointBody {
  const { kind, url, name } = values;
  const common = { name, url, ...authorisationOf(values), disabled_tools: [...disabled_tools] };
  return kind === 'mcp' ? { kind, ...common } : { kind, ...common, ...documentOf(values) };
}

/** What differs from the saved endpoint, and a credential where one has been entered. */
export function updateBody(values: ToolFormValues, saved: ToolEndpoint): UpdateToolEndpointBody {
  const { name, url, auth_kind } = values;
  const { credential } = authorisationOf(values);
  const isNewDocument = values.source === 'url' ? values.document_url !== (saved.document_url ?? '') : values.document.trim() !== '';
  return {
    ...(name !== saved.name && { name }),
    ...(url !== saved.url && { url }),
    ...(auth_kind !== saved.auth_kind && { auth_kind }),
    ...(credential !== undefined && { credential }),
    ...(saved.kind === 'http' && isNewDocument && documentOf(values)),
  };
}

/** Exactly what a look at the tools depends on: another key, another look. */
export function connectionKey(values: ToolFormValues): string {
  return JSON.stringify(discoveryBody(values));
}

function documentOf({ source, document_url, document }: ToolFormValues): { document_url?: string; document?: string } {
  return source === 'url' ? { document_url } : { document };
}

function authorisationOf(values: ToolFormValues): { auth_kind: ToolAuthKind; credential?: ToolCredentialFields } {
  const { auth_kind, token } = values;
  if (auth_kind === 'bearer') return { auth_kind, ...(token !== '' && { credential: { token } }) };
  const headers = values.headers.filter((header) => header.name.trim() !== '' && header.value !== '');
  if (auth_kind === 'none' || headers.length === 0) return { auth_kind };
  return { auth_kind, credential: { headers: Object.fromEntries(headers.map(({ name, value }) => [name.trim(), value])) } };
}
