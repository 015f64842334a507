export { composeProduct, type Product, type ProductOptions } from './compose.ts';
export { type Config, readConfig, type Secrets } from './config/read-config.ts';
