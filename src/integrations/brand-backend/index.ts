export { createBrandBackend, type BrandBackend, type BrandBackendAccess } from './client';
export {
  escalate,
  readCommandTerms,
  remindOf,
  requestResolution,
  tellProtection,
  withdraw,
  type Command,
  type RequestContext,
} from './compose';
