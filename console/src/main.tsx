import { render } from 'preact';
import './styles/theme.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/layout.css';
import './styles/requests.css';
import './styles/operator.css';
import './ui/theme';
import { App } from './app';

render(<App />, document.getElementById('app')!);
