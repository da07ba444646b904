export { claimWorkflow } from './claim-workflow';
export { protectionWorkflow } from './protection-workflow';
