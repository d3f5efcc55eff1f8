import { render } from 'preact';
import './style/style.js';
import { Shell } from './shell.js';

const app = document.getElementById('app');
if (app) render(<Shell />, app);

// What is folded on the screen is told on paper.
addEventListener('beforeprint', () => {
  for (const one of document.querySelectorAll('details')) one.open = true;
});
