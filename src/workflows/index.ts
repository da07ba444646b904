export { claimWorkflow } from './claim-workflow';
export { protectionWorkflow } from './protection-workflow';
export { refreshKlaimsWorkflow } from './refresh-workflow';
