export { type ApiClient, type ApiResponse, createApiClient } from './api-client.ts';
export { startServer, type TestServer, type TestServerOptions } from './start-server.ts';
