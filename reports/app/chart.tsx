import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

/** Bars with a name below each. What it shows stands in a table too, for those who cannot see it. */
export function BarChart({
  label,
  names,
  values,
  format,
  most,
}: {
  label: string;
  names: readonly string[];
  values: readonly number[];
  format: (value: number) => string;
  /** End of the scale; that of the data where absent. */
  most?: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = box;
    if (!current) return;
    const dark = matchMedia('(prefers-color-scheme: dark)');
    let chart: uPlot | undefined;
    const draw = () => {
      chart?.destroy();
      chart = new uPlot(
        options(current, names, format, most),
        [names.map((_, index) => index), [...values]],
        current,
      );
    };
    draw();
    const resized = new ResizeObserver(() => chart?.setSize({ width: current.clientWidth, height }));
    resized.observe(current);
    dark.addEventListener('change', draw);
    return () => {
      resized.disconnect();
      dark.removeEventListener('change', draw);
      chart?.destroy();
    };
  }, [names, values, format, most]);
  return (
    <figure class="chart">
      <figcaption>{label}</figcaption>
      <div ref={box} role="img" aria-label={`${label}; the table below has the numbers`} />
    </figure>
  );
}

const height = 190;

function options(
  box: HTMLElement,
  names: readonly string[],
  format: (value: number) => string,
  most: number | undefined,
): uPlot.Options {
  const style = getComputedStyle(box);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const font = '12px system-ui, sans-serif';
  const text = { stroke: colour('--soft'), font };
  return {
    width: box.clientWidth,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [-0.6, names.length - 0.4] },
      y: { range: (_, __, max) => [0, most ?? (max > 0 ? max * 1.1 : 1)] },
    },
    series: [
      {},
      {
        fill: colour('--bar'),
        stroke: colour('--bar'),
        width: 0,
        points: { show: false },
        ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.6, 48] }) }),
      },
    ],
    axes: [
      {
        ...text,
        splits: () => names.map((_, index) => index),
        values: (_, at) => at.map((index) => names[index] ?? ''),
        grid: { show: false },
        ticks: { show: false },
      },
      {
        ...text,
        size: 64,
        values: (_, at) => at.map(format),
        grid: { stroke: colour('--line'), width: 1 },
        ticks: { show: false },
      },
    ],
  };
}
