// Carries what comes behind the page, or changes with a choice, to the page's component.

export default function ({ data }) {
  const hub = (window.letterAlignerCompare = window.letterAlignerCompare || { states: {} });
  hub.states[data.name] = data.state;
  if (hub.take) hub.take(data.name);
}
