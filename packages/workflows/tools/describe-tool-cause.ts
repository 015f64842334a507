import type { ToolCause } from '@pipelines/contracts';

interface Described {
  readonly message: string;
  readonly fix: string;
}

const sentences: Record<ToolCause, Described> = {
  egress_blocked: {
    message: 'This server does not connect to that address.',
    fix: 'Use a public https address, or ask the operator to allow it with EGRESS_ALLOW.',
  },
  dns_failed: { message: 'The host name could not be resolved.', fix: 'Check the host name in the address.' },
  connection_refused: {
    message: 'The host did not accept the connection.',
    fix: 'Check the port, and that the server is running and reachable from here.',
  },
  tls_failed: { message: 'The TLS connection could not be trusted.', fix: 'Check the certificate of the host, and http against https.' },
  timed_out: { message: 'It did not answer in time.', fix: 'Try again; if it stays, look at the server.' },
  redirected: {
    message: 'It answered with a redirect, which is never followed: a credential could end up elsewhere.',
    fix: 'Enter the address that it leads to, often the same one with or without a slash at its end.',
  },
  connection_lost: { message: 'The connection ended before the answer was complete.', fix: 'Try again; if it stays, look at the server.' },
  response_too_large: { message: 'The answer is larger than is taken.', fix: 'Let the server answer with less.' },
  bad_credential: { message: 'It did not accept the credential.', fix: 'Enter the credential again, or choose another way to authorise.' },
  not_found: { message: 'There is nothing at that address.', fix: 'Check the path. MCP servers often live at /mcp.' },
  rate_limited: { message: 'It takes no more calls right now.', fix: 'Wait a while, then try again.' },
  refused: { message: 'It refused the request.', fix: 'Check the address, and that the server takes what is asked of it.' },
  server_failed: { message: 'The server failed.', fix: 'Try again; if it stays, look at the server’s own log.' },
  not_mcp: {
    message: 'The answer is not that of an MCP server over streamable HTTP.',
    fix: 'Enter the address of the MCP endpoint itself. Servers that speak only the older SSE transport are not offered.',
  },
  mcp_version: { message: 'The MCP server speaks a version of the protocol that is not known here.', fix: 'Update the MCP server.' },
  mcp_failed: { message: 'The MCP server answered with an error.', fix: 'Look at the server’s own log.' },
  not_json_or_yaml: {
    message: 'The document is neither JSON nor YAML.',
    fix: 'Enter the address of the document itself, not of its page.',
  },
  not_openapi: { message: 'This is not an OpenAPI 3 document.', fix: 'It must have "openapi": "3…" and "paths".' },
  old_openapi: { message: 'This is a Swagger 2 document.', fix: 'Convert it to OpenAPI 3; Swagger’s editor does it with one click.' },
  no_tools: {
    message: 'There is no tool in it.',
    fix: 'An MCP server must list tools; an OpenAPI document must have operations that take JSON or no body.',
  },
};

/** A cause in our words: what happened, and what to do. */
export function describeToolCause(cause: ToolCause): Described {
  return sentences[cause];
}
