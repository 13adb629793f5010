import uPlot from 'uplot';
import type { Bucket } from '../../src-core/latency/histogram.ts';
import { bucketEdge, LEAST_MS } from './plot-models.ts';

export type Colors = (name: string) => string;
type Look = Pick<uPlot.Options, 'scales' | 'axes' | 'series'>;

const FONT = "10.5px 'Inter Variable', system-ui, sans-serif";
const X_HEIGHT = 20;
const Y_WIDTH = 46;

function axes(color: Colors, x: Partial<uPlot.Axis>, y: Partial<uPlot.Axis>): uPlot.Axis[] {
  const line = { stroke: color('--border'), width: 1 };
  const plain = { font: FONT, stroke: color('--text-dim'), gap: 3, ticks: { show: false } };
  return [
    { ...plain, size: X_HEIGHT, grid: { show: false }, border: { ...line, show: true }, ...x },
    { ...plain, size: Y_WIDTH, grid: line, space: 24, ...y },
  ];
}

/** Beyond the last point by less than a pixel: at its very end uPlot leaves out all but one point. */
const timeRange: uPlot.Range.Function = (_plot, _min, max) => [0, Math.max(1, max) * 1.001];

const timeAxis: Partial<uPlot.Axis> = {
  space: 60,
  values: (_plot, splits) => {
    const inSeconds = (splits.at(-1) ?? 0) >= 2000;
    return splits.map((ms) => (inSeconds ? `${ms / 1000} s` : `${ms} ms`));
  },
};

function decadeLabel(ms: number): string {
  return ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`;
}
/** Of the marks of a logarithmic axis those that are powers of ten. */
function decades(_plot: uPlot, splits: number[]): (number | null)[] {
  return splits.map((ms) =>
    Math.abs(Math.log10(ms) - Math.round(Math.log10(ms))) < 1e-9 ? ms : null,
  );
}

function points(color: string, size: number): uPlot.Series.Points {
  return { show: true, size, width: 0, fill: color, stroke: color, space: 0 };
}

/** Gaps as points, stalls as sticks, over a logarithmic axis. */
export function gapLook(color: Colors): Look {
  const stall = color('--warn');
  return {
    scales: {
      x: { time: false, range: timeRange },
      y: {
        distr: 3,
        range: (_plot, _min, max) => [LEAST_MS, 10 ** Math.ceil(Math.log10(Math.max(1, max)))],
      },
    },
    axes: axes(color, timeAxis, {
      filter: decades,
      grid: { stroke: color('--border'), width: 1, filter: decades },
      values: (_plot, splits) => splits.map((ms) => (ms === null ? null : decadeLabel(ms))),
    }),
    series: [
      {},
      { scale: 'y', paths: () => null, points: points(color('--kind-text'), 3) },
      {
        scale: 'y',
        stroke: stall,
        fill: stall,
        width: 0,
        paths: uPlot.paths.bars!({ size: [0, 2, 2] }),
        points: points(stall, 5),
      },
    ],
  };
}

/** Characters as steps. */
export function growthLook(color: Colors): Look {
  return {
    scales: {
      x: { time: false, range: timeRange },
      y: { range: (_plot, _min, max) => [0, Math.max(1, max)] },
    },
    axes: axes(color, timeAxis, {
      values: (_plot, splits) => splits.map((value) => value.toLocaleString('en')),
    }),
    series: [
      {},
      {
        scale: 'y',
        stroke: color('--kind-text'),
        fill: color('--fragment'),
        width: 1.5,
        paths: uPlot.paths.stepped!({ align: 1 }),
        points: { show: false },
      },
    ],
  };
}

/** A bar for each order of size, its lower edge below it. */
export function histogramLook(color: Colors, buckets: () => readonly Bucket[]): Look {
  return {
    scales: {
      x: { time: false, range: (_plot, _min, max) => [-0.5, Math.max(0.5, max + 0.5)] },
      y: { range: (_plot, _min, max) => [0, Math.max(1, max)] },
    },
    axes: axes(
      color,
      {
        space: 30,
        incrs: [1, 2, 3, 5, 10],
        values: (_plot, splits) =>
          splits.map((at) => {
            const bucket = buckets()[at];
            return bucket ? bucketEdge(bucket) : null;
          }),
      },
      {
        incrs: [1, 2, 5]
          .flatMap((one) => [1, 10, 100, 1e3, 1e4, 1e5].map((ten) => one * ten))
          .sort((a, b) => a - b),
        values: (_plot, splits) => splits.map((value) => value.toLocaleString('en')),
      },
    ),
    series: [
      {},
      {
        scale: 'y',
        stroke: color('--accent'),
        fill: color('--accent-soft'),
        width: 1,
        paths: uPlot.paths.bars!({ size: [0.8, 40, 2] }),
        points: { show: false },
      },
    ],
  };
}
