import { ProtocolError } from './xml.js';

const shape = /^(?:(\d{1,7})\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?$/;

/** Milliseconds as .NET writes a time span: `00:00:10`, `1.06:00:00`, `00:00:00.2000000`. */
export function encodeTimeSpan(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const days = Math.floor(whole / 86_400);
  const fraction = Math.round((ms % 1000) * 10_000);
  const time = [Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60].map(two).join(':');
  return `${days ? `${days}.` : ''}${time}${fraction ? `.${String(fraction).padStart(7, '0')}` : ''}`;
}

/** @throws ProtocolError */
export function decodeTimeSpan(text: string): number {
  const [, days = '0', hours = '', minutes = '', seconds = '', fraction = '0'] = shape.exec(text) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59 || !seconds)
    throw new ProtocolError(`${JSON.stringify(text.slice(0, 40))} is no time span`);
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Number(fraction.padEnd(7, '0')) / 10_000;
}
