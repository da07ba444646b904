import { type DataConverter } from '@temporalio/common';
import { createCodec } from './codec';
import { type PayloadSeal } from './payload-seal';

/** The converters that run inside workflows too: the workflow bundle carries the same ones. */
export const CONVERTERS = {
  payloadConverterPath: require.resolve('./payload-converter'),
  failureConverterPath: require.resolve('./failure-converter'),
};

/** The data converter of every client and worker. */
export function createDataConverter(seal: PayloadSeal): DataConverter {
  return { ...CONVERTERS, payloadCodecs: [createCodec(seal)] };
}
