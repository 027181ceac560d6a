import { createEncoder } from './encode.ts';
import { openModelMemory, type ModelMemory, type SharedModel } from './shared-model.ts';

export interface StaticModel {
  modelId: string;
  dimension: number;
  /** A unit vector of its own; all zeros when the text holds nothing that the model knows. */
  embed(text: string): Float32Array;
}

/** To be changed with the weights: vectors of other weights are those of another model. */
export const staticModelId = 'static-en-zh-1';
/** The model was trained so that the first of its dimensions stand for all of them. */
export const staticDimensions: readonly number[] = [256, 128, 64];
export const staticDimension = 256;

/** The built-in model over shared memory, read by the first who asks. Throws `EmbeddingError` MODEL_MISSING. */
export function openStaticModel(shared: SharedModel, dimension: number = staticDimension): StaticModel {
  const memory = openModelMemory(shared);
  const encode = createEncoder(memory, memory.layout.hasPhrases);
  const pool = createPool(memory, Math.min(dimension, memory.layout.dimensions));
  return {
    modelId: staticModelId,
    dimension: Math.min(dimension, memory.layout.dimensions),
    embed: (text) => pool(encode(text)),
  };
}

/** The weighted sum of the tokens' rows, made a unit vector; in float64 and in the order of the specification, so that it is the same bit for bit. */
function createPool(memory: ModelMemory, dimension: number): (ids: Uint32Array) => Float32Array {
  const { scales, rows, layout } = memory;
  const sum = new Float64Array(dimension);
  const weight = [(count: number) => count, () => 1, Math.sqrt][layout.tfMode] ?? Math.sqrt;
  return (ids) => {
    ids.sort();
    sum.fill(0);
    for (let at = 0; at < ids.length;) {
      const id = ids[at] ?? 0;
      const first = at;
      while (at < ids.length && ids[at] === id) at++;
      const factor = weight(at - first) * (scales[id] ?? 0);
      const row = id * layout.dimensions;
      for (let d = 0; d < dimension; d++) sum[d] = (sum[d] ?? 0) + factor * (rows[row + d] ?? 0);
    }
    let squares = 0;
    for (const value of sum) squares += value * value;
    const norm = Math.sqrt(squares);
    return norm === 0 ? new Float32Array(dimension) : Float32Array.from(sum, (value) => value / norm);
  };
}
