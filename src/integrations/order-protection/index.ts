export { createOrderProtection, type OrderProtection, type OrderProtectionAccess } from './client';
export { parseWebhook, type WebhookReading } from './parse-webhook';
export { type Answered, type ReportOutcome, type ReportRoute } from './report/route';
