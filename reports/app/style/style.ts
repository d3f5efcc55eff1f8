// In this order: later ones say what is different on small screens and on paper.
import './base.css';
import './frame.css';
import './tables.css';
import './overview.css';
import './matrix.css';
import './measured.css';
import './plot.css';
import './scenarios.css';
import './scenario.css';
import './drawing.css';
import './administrator.css';
import './narrow.css';
import './print.css';
