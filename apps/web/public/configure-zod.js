// The content security policy forbids making code from text, which zod would otherwise try as soon as it is loaded.
globalThis.__zod_globalConfig = { jitless: true };
