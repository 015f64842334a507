export { startMcpServer, type TestMcpServer } from './start-mcp-server.ts';
export { startWeatherService, type WeatherService } from './start-weather-service.ts';
