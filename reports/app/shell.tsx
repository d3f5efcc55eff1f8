import { useEffect, useRef } from 'preact/hooks';
import { inWords } from '../contract/duration.js';
import { Administrator } from './administrator.js';
import { report, requirementById, scenarioById } from './data.js';
import { Overview } from './overview.js';
import { Paper } from './paper.js';
import { RequirementPage } from './requirement.js';
import { type Route, route } from './route.js';
import { ScenarioPage } from './scenario.js';
import { Scenarios } from './scenarios.js';

/** The frame of every view: where one is, where one can go, what run this is. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  const { value: current } = route;
  const shown = keyOf(current);
  const before = useRef(shown);
  useEffect(() => {
    document.title = `${titleOf(current)} · connector-lab`;
    if (before.current === shown) return;
    before.current = shown;
    if (current.view === 'overview' && current.section) return;
    if (current.view === 'administrator' && current.request !== undefined) return;
    // As a browser does for a new page: to the top, and screen readers to its heading.
    scrollTo(0, 0);
    main.current?.querySelector('h1')?.focus();
  }, [shown]);
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        To the content
      </button>
      <header class="bar">
        <nav aria-label="Views">
          <strong>connector-lab</strong>
          <Tab to="#/" is={current.view === 'overview'} label="Overview" />
          {report.isCheck ? (
            <Tab to="#/scenario/check" is={current.view === 'scenario'} label="The site" />
          ) : (
            <Tab to="#/scenarios" is={current.view === 'scenarios'} label="Scenarios" />
          )}
          <Tab to="#/administrator" is={current.view === 'administrator'} label="For the administrator" />
        </nav>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <View route={current} />
      </main>
      <footer>
        <RunLine />
      </footer>
    </>
  );
}

function View({ route }: { route: Route }) {
  switch (route.view) {
    case 'overview':
      return <Overview section={route.section} />;
    case 'scenarios':
      return <Scenarios />;
    case 'administrator':
      return <Administrator request={route.request} />;
    case 'paper':
      return <Paper />;
    case 'requirement': {
      const requirement = requirementById.get(route.id);
      return requirement ? <RequirementPage requirement={requirement} /> : <Missing what={route.id} />;
    }
    case 'scenario': {
      const scenario = scenarioById.get(route.id);
      return scenario ? (
        <ScenarioPage key={route.id} scenario={scenario} event={route.event} />
      ) : (
        <Missing what={route.id} />
      );
    }
    default:
      return <Missing what={route.path} />;
  }
}

function Missing({ what }: { what: string }) {
  return (
    <>
      <h1 tabIndex={-1}>Not in this report</h1>
      <p>
        There is no <code>{what}</code> here. <a href="#/">To the overview</a>
      </p>
    </>
  );
}

function Tab({ to, is, label }: { to: string; is: boolean; label: string }) {
  return (
    <a href={to} aria-current={is ? 'page' : undefined}>
      {label}
    </a>
  );
}

function RunLine() {
  const { engine, edition, startedAt, durationMs, seed, repeat, weaknesses = [] } = report.run;
  return (
    <p class="quiet">
      Engine {engine}. Requirements page of {edition}. Run of {startedAt.replace('T', ' ').slice(0, 16)} UTC,
      took {inWords(durationMs)}
      {repeat !== undefined && `, every scenario ${repeat} times`}
      {seed !== undefined && `, started in the order of seed ${seed}`}.{' '}
      {weaknesses.length > 0 && `The engine confined machines less: ${weaknesses.join('; ')}. `}
      {report.omittedEvents > 0 &&
        `For this file to stay small, ${report.omittedEvents} events that only say that something went as it should are not in it; `}
      {report.omittedEvents > 0
        ? 'events.jsonl beside it has them all.'
        : 'This file holds every event of the run; events.jsonl beside it has them as they were written.'}
    </p>
  );
}

function keyOf(route: Route): string {
  return 'id' in route ? `${route.view} ${route.id}` : route.view;
}

function titleOf(route: Route): string {
  switch (route.view) {
    case 'scenario':
      return scenarioById.get(route.id)?.title ?? route.id;
    case 'requirement':
      return route.id;
    case 'scenarios':
      return 'Scenarios';
    case 'administrator':
      return 'For the administrator';
    default: {
      const { passed, failed } = report.run.summary;
      return report.isCheck ? `Check of ${report.site ?? 'a site'}` : `${passed} passed, ${failed} failed`;
    }
  }
}
